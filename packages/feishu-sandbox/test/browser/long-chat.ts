import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chatIdOf, messageIdOf } from '../../src/core/ids.ts';
import type { JournalRecord } from '../../src/core/records.ts';
import { button, card } from '../helpers.ts';

const START = Date.parse('2026-01-05T08:00:00+08:00');
const SPEAKERS = ['A.secretary', 'A.member.01', 'A.member.02'];
const WORDS = [
  '下午三点在党史馆集合',
  '材料放在群文件里了',
  '收到',
  '我请假，出差',
  '好的，记得带上笔记本，会后还要合影',
];

/** Every fifth message is a card of the bot, as in a busy group. */
function messageRecord(seq: number): JournalRecord {
  const at = START + seq * 1_800_000;
  const isCard = seq % 5 === 0;
  const content = isCard ? statusCard(seq) : JSON.stringify({ text: `${WORDS[seq % WORDS.length]}（第${seq}条）` });
  return {
    t: 'message',
    message: {
      seq,
      id: messageIdOf(seq),
      chatId: chatIdOf('A'),
      from: isCard ? 'bot' : (SPEAKERS[seq % SPEAKERS.length] ?? 'A.secretary'),
      type: isCard ? 'interactive' : 'text',
      content,
      mentions: [],
      parentId: null,
      rootId: null,
      threadId: null,
      createdAt: at,
      updatedAt: at,
      version: 1,
      edits: 0,
      recalledAt: null,
      uuid: null,
      urgent: [],
    },
  };
}

const statusCard = (seq: number): string =>
  card(
    [
      { tag: 'markdown', content: `**第${seq}条** · 11月20日（周五）15:00 · 党史馆 · 应到14 · 实到12` },
      { tag: 'markdown', content: '缺：赵甲（出差）、钱乙（病假）' },
      button('补主持人', { type: 'primary' }),
      button('改'),
      { tag: 'markdown', text_size: 'notation', content: "<font color='grey'>依据：支部工作条例第十六条</font>" },
    ],
    '11月主题党日已记下',
  );

/** Writes a journal from which a sandbox starts with one chat of `count` messages. */
export function seedLongChat(folder: string, count: number): void {
  const lines = Array.from({ length: count }, (_, index) => JSON.stringify(messageRecord(index + 1)));
  writeFileSync(join(folder, 'sandbox.jsonl'), `${lines.join('\n')}\n`);
}
