import { describe, expect, it } from 'vitest';
import { chipsOf, emojiLabel } from '../../page/messages/emoji.ts';
import { failureText } from '../../page/messages/failure.ts';
import { readersOf } from '../../page/messages/reading.ts';
import { rowsOf } from '../../page/messages/rows.ts';
import { patternOf, piecesOf, postParts } from '../../page/messages/words.ts';
import { messageOf } from './window-messages.ts';

const pattern = patternOf(['王辛', '王辛夷', '支部助手']);
const show = (text: string): string[] => piecesOf(text, pattern).map(({ kind, text: part }) => `${kind}:${part}`);

describe('words', () => {
  it('sets known names apart, the longest first, and leaves others alone', () => {
    expect(show('@王辛夷 和@王辛到了')).toEqual(['mention:@王辛夷', 'text: 和', 'mention:@王辛', 'text:到了']);
    expect(show('@所有人 开会')).toEqual(['mention:@所有人', 'text: 开会']);
    expect(show('写给 a@b.c，@路人')).toEqual(['text:写给 a@b.c，@路人']);
  });

  it('finds links, without the sentence that goes on behind them', () => {
    expect(show('见https://www.12371.cn/a?b=1，谢谢')).toEqual([
      'text:见',
      'link:https://www.12371.cn/a?b=1',
      'text:，谢谢',
    ]);
    expect(show('(http://a.cn/b).')).toEqual(['text:(', 'link:http://a.cn/b', 'text:).']);
    expect(show('javascript:alert(1) ftp://a.cn')).toEqual(['text:javascript:alert(1) ftp://a.cn']);
  });

  it('finds links with words of their own', () => {
    expect(piecesOf('见[通知](https://a.cn/b?c=1)。', pattern)).toEqual([
      { kind: 'text', text: '见' },
      { kind: 'link', text: '通知', url: 'https://a.cn/b?c=1' },
      { kind: 'text', text: '。' },
    ]);
    expect(show('[通知](javascript:alert(1))')).toEqual(['text:[通知](javascript:alert(1))']);
  });

  it('takes signs in names as they are', () => {
    const odd = patternOf(['A.B(1)']);
    expect(piecesOf('@A.B(1)', odd)).toEqual([{ kind: 'mention', text: '@A.B(1)' }]);
    expect(piecesOf('@AxB(1)', odd)).toEqual([{ kind: 'text', text: '@AxB(1)' }]);
  });

  it('puts the pictures of a post where they stand', () => {
    expect(postParts('照片\n[图片]\n[图片]\n完', 2)).toEqual(['照片', 0, 1, '完']);
    expect(postParts('[图片]', 1)).toEqual([0]);
    expect(postParts('写了[图片]两个字', 2)).toEqual(['写了[图片]两个字', 0, 1]);
  });

  it('says why a click failed', () => {
    expect(failureText(200341)).toBe('出错了，请稍后重试 code：200341（超时无应答）');
    expect(failureText(299999)).toBe('出错了，请稍后重试 code：299999');
  });

  it('gathers reactions by emoji', () => {
    const reactions = [
      { by: 'a', emoji: 'OK' },
      { by: 'b', emoji: 'THUMBSUP' },
      { by: 'c', emoji: 'OK' },
    ];
    expect(chipsOf(reactions)).toEqual([
      { emoji: 'OK', by: ['a', 'c'] },
      { emoji: 'THUMBSUP', by: ['b'] },
    ]);
    expect([emojiLabel('THUMBSUP'), emojiLabel('Lemon')]).toEqual(['赞', 'Lemon']);
  });
});

describe('who has read a message', () => {
  const chat = { members: ['a', 'b', 'c'], reads: { a: 3, b: 2 } };
  it('counts everybody but the sender', () => {
    expect(readersOf(chat, messageOf(3, { from: 'bot' }))).toEqual({ read: ['a'], unread: ['b', 'c'] });
    expect(readersOf(chat, messageOf(2, { from: 'a' }))).toEqual({ read: ['b'], unread: ['c'] });
  });
});

describe('rows', () => {
  const at = (seq: number, time: string, more = {}) =>
    messageOf(seq, { created_at: `2026-11-${time}:00+08:00`, ...more });
  const flags = (...messages: ReturnType<typeof at>[]) =>
    rowsOf(messages).map(({ opensDay, opensGroup }) => [opensDay, opensGroup]);

  it('opens a day, and a group by sender and after five minutes', () => {
    expect(
      flags(
        at(1, '23T23:58'),
        at(2, '24T00:00'),
        at(3, '24T00:05'),
        at(4, '24T00:11'),
        at(5, '24T00:11', { from: 'bot' }),
      ),
    ).toEqual([
      [true, true],
      [true, true],
      [false, false],
      [false, true],
      [false, true],
    ]);
  });

  it('does not group around what was recalled', () => {
    expect(flags(at(1, '24T10:00'), at(2, '24T10:00', { recalled: true }), at(3, '24T10:00'))).toEqual([
      [true, true],
      [false, true],
      [false, true],
    ]);
  });
});
