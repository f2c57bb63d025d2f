import { describe, expect, it } from 'vitest';
import { type Draft, markSent, standing, takeBack, typeIn, untouched } from '../../page/cards/interactive/draft.ts';

const typed = (version: number, values: Record<string, string>, from: Draft = untouched): Draft =>
  Object.entries(values).reduce((draft, [name, value]) => typeIn(draft, version, name, value), from);

describe('what was typed into a card', () => {
  it('stays when the card is updated in place', () => {
    const draft = typed(1, { title: '党课', place: '' });
    expect(standing(draft, 1)).toEqual({ title: '党课', place: '' });
    expect(standing(draft, 2)).toEqual({ title: '党课', place: '' });
  });

  it('stays after sending as long as the card does not change: the bot may only have complained', () => {
    const draft = markSent(typed(1, { title: '党课' }), 1);
    expect(standing(draft, 1)).toEqual({ title: '党课' });
  });

  it('gives way to the card that follows what was sent', () => {
    const draft = markSent(typed(1, { title: '党课' }), 1);
    expect(standing(draft, 2)).toEqual({});
    expect(standing(typed(2, { place: '党史馆' }, draft), 2)).toEqual({ place: '党史馆' });
  });

  it('stays when the bot did not take it, whatever the card becomes', () => {
    const draft = takeBack(markSent(typed(1, { title: '党课' }), 1));
    expect(standing(draft, 2)).toEqual({ title: '党课' });
  });

  it('stays when it was changed after sending', () => {
    const draft = typed(1, { title: '党员大会' }, markSent(typed(1, { title: '党课', place: '党史馆' }), 1));
    expect(standing(draft, 2)).toEqual({ title: '党员大会' });
  });

  it('is not lost again to a third version', () => {
    const answered = markSent(typed(1, { title: '党课' }), 1);
    const again = typed(2, { title: '支委会' }, answered);
    expect(standing(again, 3)).toEqual({ title: '支委会' });
  });
});
