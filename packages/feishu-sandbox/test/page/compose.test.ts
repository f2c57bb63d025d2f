import { describe, expect, it } from 'vitest';
import { isUnheard, troubleOf } from '../../page/composer/hearing.ts';
import { kindOf, refusalOf } from '../../page/composer/limits.ts';
import { draft, draftAt, place, setDraft } from '../../page/core/drafts.ts';
import { sizeText } from '../../page/core/size.ts';
import { chatKey, speakerKey } from '../../page/core/state.ts';

describe('drafts', () => {
  const go = (chat: string, speaker: string): void => {
    chatKey.value = chat;
    speakerKey.value = speaker;
  };

  it('are kept for each chat and speaker, and found again', () => {
    go('A', '王辛');
    setDraft('写到一半');
    go('B', '王辛');
    expect(draft.value).toBe('');
    setDraft('另一句');
    go('A', '钱乙');
    expect(draft.value).toBe('');
    go('A', '王辛');
    expect(draft.value).toBe('写到一半');
    go('B', '王辛');
    expect(draft.value).toBe('另一句');
  });

  it('may be put into the box of a place that is not open', () => {
    go('C', '王辛');
    const left = place.value;
    go('D', '王辛');
    setDraft('没发出去', left);
    expect([draft.value, draftAt(left)]).toEqual(['', '没发出去']);
    go('C', '王辛');
    expect(draft.value).toBe('没发出去');
  });
});

describe('what the bot cannot hear', () => {
  const people = [
    { key: 'bot', name: '支部助手', title: null },
    { key: 'A.secretary', name: '王辛', title: null },
  ];
  it.each([
    ['a command', '/待办', false, true],
    ['an answer to the bot', '全到', true, true],
    ['plain talk', '大家好', false, false],
    ['a command with the mention', '@支部助手 /待办', false, false],
    ['an answer that mentions somebody else', '@王辛 你看', true, false],
    ['a mention that is only text', '/待办 @孙丙', false, true],
    ['nothing', ' ', true, false],
  ])('%s', (_what, text, answersBot, expected) => {
    expect(isUnheard({ text, answersBot }, people)).toBe(expected);
  });
});

describe('the bot’s answer', () => {
  const said = (...statuses: (number | null)[]) =>
    statuses.map((status) => ({ message_id: 'om', event_id: null, status, ms: 1 }));
  it.each([
    ['all is well', [200, 200], null],
    ['it was not told', [null], null],
    ['it did not answer', [200, 0], '机器人没有应答，稍后会重新投递'],
    ['it failed', [500], '机器人应答 HTTP 500'],
  ])('%s', (_what, statuses, expected) => {
    expect(troubleOf(said(...statuses))).toBe(expected);
  });
});

describe('files', () => {
  const file = (name: string, megabytes: number) => ({ name, size: megabytes * (1 << 20) });
  it.each([
    ['a picture of 10 MB', file('a.JPG', 10), null],
    ['a larger picture', file('a.JPG', 10.1), '“a.JPG”有10.1 MB，图片最大10 MB'],
    ['a file of 30 MB', file('a.docx', 30), null],
    ['a larger file', file('a.docx', 31), '“a.docx”有31.0 MB，文件最大30 MB'],
    ['an empty file', file('a.txt', 0), '“a.txt”是空的，没有添加'],
  ])('%s', (_what, one, expected) => {
    expect(refusalOf(one, [])).toBe(expected);
  });

  it('may be 40 MB together', () => {
    expect(refusalOf(file('b.docx', 20), [file('a.docx', 20)])).toBeNull();
    expect(refusalOf(file('b.docx', 21), [file('a.docx', 20)])).toBe('加上“b.docx”超过40 MB，请分几次发');
  });

  it('are pictures by their ending', () => {
    expect(['a.png', 'b.JPEG', 'c.svg', 'png'].map(kindOf)).toEqual(['image', 'image', 'file', 'file']);
  });

  it('have readable sizes', () => {
    expect([78, 2048, 1_572_864].map(sizeText)).toEqual(['78 B', '2 KB', '1.5 MB']);
  });
});
