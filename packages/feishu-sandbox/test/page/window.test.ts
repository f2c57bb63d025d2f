import { describe, expect, it } from 'vitest';
import {
  type MessageWindow,
  opened,
  openedAround,
  portionsOf,
  trimmed,
  withEarlier,
  withLater,
  withNews,
} from '../../page/messages/window.ts';
import { messageOf, messagesOf } from './window-messages.ts';

const seqs = ({ items }: MessageWindow): number[] => items.map(({ seq }) => seq);
const middle: MessageWindow = { items: messagesOf(10, 12), fromStart: false, toEnd: false };
const atEnd: MessageWindow = { ...middle, toEnd: true };

describe('a window of messages', () => {
  it('opens at the end, and around a message', () => {
    expect(opened({ items: messagesOf(3, 4), more: true })).toEqual({
      items: messagesOf(3, 4),
      fromStart: false,
      toEnd: true,
    });
    const around = openedAround({ items: messagesOf(1, 2), more: false }, { items: messagesOf(3, 4), more: true });
    expect(around).toEqual({ items: messagesOf(1, 4), fromStart: true, toEnd: false });
  });

  it('grows at both ends by the pages that fit', () => {
    const earlier = withEarlier(middle, { items: messagesOf(8, 9), more: false }, 10);
    expect(seqs(earlier)).toEqual([8, 9, 10, 11, 12]);
    expect(earlier.fromStart).toBe(true);
    const later = withLater(middle, { items: messagesOf(13, 14), more: true }, 12);
    expect(seqs(later)).toEqual([10, 11, 12, 13, 14]);
    expect(later.toEnd).toBe(false);
  });

  it('lets a page go that was asked for at an edge which is no longer there', () => {
    expect(withEarlier(middle, { items: messagesOf(7, 8), more: true }, 9)).toBe(middle);
    expect(withLater(middle, { items: messagesOf(14, 15), more: true }, 13)).toBe(middle);
  });

  it('takes a new message in only when it reaches to the end', () => {
    expect(seqs(withNews(atEnd, [messageOf(13)]))).toEqual([10, 11, 12, 13]);
    expect(withNews(middle, [messageOf(13)])).toBe(middle);
  });

  it('puts in what comes late where it belongs', () => {
    expect(seqs(withNews(atEnd, [messageOf(15), messageOf(14), messageOf(13)]))).toEqual([10, 11, 12, 13, 14, 15]);
    expect(withNews(atEnd, [messageOf(9)])).toBe(atEnd);
    const whole = { ...atEnd, fromStart: true };
    expect(seqs(withNews(whole, [messageOf(9)]))).toEqual([9, 10, 11, 12]);
  });

  it('replaces a changed message and leaves its neighbours the same objects', () => {
    const recalled = messageOf(11, { recalled: true, change: 40 });
    const { items } = withNews(middle, [recalled]);
    expect(items[1]).toBe(recalled);
    expect(items[0]).toBe(middle.items[0]);
    expect(items[2]).toBe(middle.items[2]);
  });

  it('is not led back by an older state', () => {
    const newer = withNews(middle, [messageOf(11, { change: 40 })]);
    expect(withNews(newer, [messageOf(11, { change: 39 })])).toBe(newer);
    expect(withNews(newer, [messageOf(11, { change: 40 })])).toBe(newer);
  });

  it('drops what is too much and knows that there is more', () => {
    const whole: MessageWindow = { items: messagesOf(1, 5), fromStart: true, toEnd: true };
    expect(trimmed(whole, 5, 'start')).toBe(whole);
    expect(trimmed(whole, 3, 'start')).toEqual({ items: messagesOf(3, 5), fromStart: false, toEnd: true });
    expect(trimmed(whole, 3, 'end')).toEqual({ items: messagesOf(1, 3), fromStart: true, toEnd: false });
  });

  it('cuts a page into portions, the nearest first; only the last one knows whether there is more', () => {
    const page = { items: messagesOf(1, 5), more: false };
    const show = (way: 'earlier' | 'later') =>
      portionsOf(page, 2, way).map(({ items, more }) => [items.map(({ seq }) => seq), more]);
    expect(show('later')).toEqual([
      [[1, 2], true],
      [[3, 4], true],
      [[5], false],
    ]);
    expect(show('earlier')).toEqual([
      [[4, 5], true],
      [[2, 3], true],
      [[1], false],
    ]);
    expect(portionsOf({ items: [], more: false }, 2, 'later')).toEqual([{ items: [], more: false }]);
  });
});
