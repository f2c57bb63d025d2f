import { describe, expect, it } from 'vitest';
import { DraftBook } from '../../page/composer/draft-book.ts';
import { isUnheard, troubleOf } from '../../page/composer/hearing.ts';
import { kindOf, refusalOf } from '../../page/composer/limits.ts';
import { sizeText } from '../../page/core/size.ts';

describe('drafts', () => {
  const type = (book: DraftBook, text: string): void => book.note(text);

  it('keeps one for each place and finds it again', () => {
    const book = new DraftBook();
    book.look('A', '');
    type(book, '写到一半');
    expect(book.look('A', '写到一半')).toEqual({ text: '写到一半', written: false });
    expect(book.look('B', '写到一半')).toEqual({ text: '', written: false });
    expect(book.at('A')).toBe('写到一半');
    type(book, '另一句');
    expect(book.look('A', '另一句')).toEqual({ text: '写到一半', written: false });
    expect(book.look('B', '写到一半')).toEqual({ text: '另一句', written: false });
  });

  it('lets a text that comes along with a move stand, and keeps what was left behind', () => {
    const book = new DraftBook();
    book.look('A', '');
    type(book, '写到一半');
    expect(book.look('B', '示例')).toEqual({ text: '示例', written: true });
    expect(book.look('A', '示例')).toEqual({ text: '写到一半', written: false });
  });

  it('tells a text that somebody wrote from one that was typed', () => {
    const book = new DraftBook();
    book.look('A', '');
    expect(book.look('A', '示例')).toEqual({ text: '示例', written: true });
    expect(book.look('A', '示例')).toEqual({ text: '示例', written: false });
  });

  it('keeps a text for a place that is not open', () => {
    const book = new DraftBook();
    book.look('A', '');
    book.keep('B', '没发出去');
    expect(book.look('B', '')).toEqual({ text: '没发出去', written: false });
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
