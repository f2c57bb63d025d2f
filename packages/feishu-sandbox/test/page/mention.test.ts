import { describe, expect, it } from 'vitest';
import {
  type Edit,
  EVERYBODY,
  type Surroundings,
  suggestionsFor,
  withAt,
  withMention,
  withSlash,
} from '../../page/composer/suggest.ts';

const around: Surroundings = {
  bot: '支部助手',
  isGroup: true,
  people: [
    { key: 'bot', name: '支部助手', title: '机器人' },
    EVERYBODY,
    { key: 'A.secretary', name: '王辛', title: '第一支部 · 支部书记' },
    { key: 'A.member.01', name: '辛夷', title: '第一支部 · 党员' },
  ],
  commands: [
    { text: '/记录', label: '一句话记一次会' },
    { text: '/待办', label: '还有哪些没做' },
    { text: '/党课', label: '记一次党课' },
  ],
};
const inPrivate: Surroundings = { ...around, isGroup: false, people: [] };

/** A text in which | marks the caret. */
const at = (marked: string): Edit => ({ text: marked.replace('|', ''), caret: marked.indexOf('|') });
const shown = ({ text, caret }: Edit): string => `${text.slice(0, caret)}|${text.slice(caret)}`;
const names = (marked: string, where = around): string[] =>
  suggestionsFor(at(marked), where)?.options.map(({ name }) => name) ?? [];
const chosen = (marked: string, name: string, where = around): string => {
  const option = suggestionsFor(at(marked), where)?.options.find((one) => one.name === name);
  return option ? shown(option.edit) : `no ${name}`;
};

describe('mentions', () => {
  it('offers the bot first, then everybody, then the members', () => {
    expect(names('@|')).toEqual(['支部助手', '所有人', '王辛', '辛夷']);
    expect(suggestionsFor(at('@|'), around)?.options.map(({ face }) => face)).toEqual([
      'bot',
      null,
      'A.secretary',
      'A.member.01',
    ]);
  });

  it.each([
    ['by name, those that begin with it first', '请@辛|', ['辛夷', '王辛']],
    ['by title', '@书记|', ['王辛']],
    ['by the beginning of the key', '@a.s|', ['王辛']],
    ['not by the middle of the key', '@secr|', []],
    ['of nobody', '@孙|', []],
  ])('finds people %s', (_how, marked, expected) => {
    expect(names(marked)).toEqual(expected);
  });

  it.each([
    ['in an address', 'a@b|', []],
    ['behind a full stop of an address', 'x.@b|', []],
    ['behind a complete mention', '@王辛 |', []],
    ['with the caret before it', '|@王', []],
    ['right behind Chinese', '你好@王|', ['王辛']],
    ['on a new line', '一行\n@王|', ['王辛']],
  ])('asks %s', (_where, marked, expected) => {
    expect(names(marked)).toEqual(expected);
  });

  it('puts the name in with one space behind it, whatever follows', () => {
    expect(chosen('请@王|', '王辛')).toBe('请@王辛 |');
    expect(chosen('请@王|来', '王辛')).toBe('请@王辛 |来');
    expect(chosen('请@王| 来', '王辛')).toBe('请@王辛 |来');
  });

  it('has nobody to tell apart in a private chat', () => {
    expect(names('@|', inPrivate)).toEqual([]);
  });
});

describe('commands', () => {
  it.each([
    ['first', '/|', ['/记录', '/待办', '/党课']],
    ['behind the bot’s mention', '@支部助手 /|', ['/记录', '/待办', '/党课']],
    ['behind it without a space', '@支部助手/待|', ['/待办']],
    ['by label', '/没做|', ['/待办']],
    ['that begin so before those that only hold it', '/记|', ['/记录', '/党课']],
    ['not behind other words', '说 /|', []],
    ['not behind somebody else’s mention', '@王辛 /|', []],
    ['not once the word is complete', '/记录 |', []],
    ['that fit nothing', '/没有|', []],
  ])('offers those %s', (_what, marked, expected) => {
    expect(names(marked)).toEqual(expected);
  });

  it('writes the mention in a group, and none in a private chat', () => {
    expect(chosen('/待|', '/待办')).toBe('@支部助手 /待办 |');
    expect(chosen('@支部助手 /待|', '/待办')).toBe('@支部助手 /待办 |');
    expect(chosen('/待|', '/待办', inPrivate)).toBe('/待办 |');
    expect(chosen('/| 党史馆', '/党课')).toBe('@支部助手 /党课 |党史馆');
  });

  it('does not stand in the way of Enter where the command is whole', () => {
    expect(names('/待办|', inPrivate)).toEqual([]);
    expect(names('@支部助手 /待办|')).toEqual([]);
    expect(names('/待办|')).toEqual(['/待办']);
  });
});

describe('the tool bar', () => {
  it.each([
    ['|', '@|'],
    ['abc|', 'abc @|'],
    ['你好|世界', '你好@|世界'],
  ])('types an @ that asks: %s', (before, after) => {
    expect(shown(withAt(at(before)))).toBe(after);
    expect(names(after)).not.toEqual([]);
  });

  it.each([
    ['', '/|'],
    ['党史馆', '/|党史馆'],
    ['@支部助手 ', '@支部助手 /|'],
    ['@支部助手 /待 今天', '@支部助手 /待| 今天'],
  ])('puts a slash where it asks: %s', (before, after) => {
    expect(shown(withSlash(before, around.bot))).toBe(after);
    expect(names(after)).not.toEqual([]);
  });

  it('mentions the bot once', () => {
    expect(withMention('/待办', around.bot)).toBe('@支部助手 /待办');
    expect(withMention('请@支部助手 看', around.bot)).toBe('请@支部助手 看');
  });
});
