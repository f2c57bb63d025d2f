/** 刚才那条实到写错了,应该是14不是41: which field, the new value, and the old one. */

import { numberOf } from './chinese-number.ts';
import { parseDate } from './date.ts';
import { itemOf } from './item.ts';
import { kindIn } from './rules-kind.ts';
import { parseTime } from './time.ts';
import type { Item, UtteranceContext } from './types.ts';

type Reader = (text: string, context: UtteranceContext) => string | number | null;
const count: Reader = (text) => {
  const match = text.match(/^[\s:]*(\d{1,4}|[〇零一二两三四五六七八九十百]{1,6})(?:个人|人|名|票)?$/)?.[1];
  return match === undefined ? null : numberOf(match);
};
const words: Reader = (text) => text.replace(/^[\s:]+|[\s吧了]+$/g, '') || null;
const moment: Reader = (text, context) => {
  const date = parseDate(text, { today: context.now.slice(0, 10), tense: 'past', month: null })?.reading.date ?? null;
  const time = parseTime(text)?.reading.start ?? null;
  return date && time ? `${date}T${time}` : (date ?? time);
};

const fields: readonly (readonly [RegExp, string, Reader])[] = [
  [/应到/, 'expected', count],
  [/实到|到会|参加人数|出席/, 'present', count],
  [/听课/, 'listeners', count],
  [/积极分子/, 'activists', count],
  [/赞成|同意/, 'yes', count],
  [/反对/, 'no', count],
  [/弃权/, 'abstain', count],
  [/主持/, 'host', words],
  [/记录人|记录员/, 'recorder', words],
  [/授课人|主讲|讲师/, 'lecturer', words],
  [/地点|地方|会场/, 'place', words],
  [/时间|日期/, 'startAt', moment],
  [/议题|主题(?!党日)|题目/, 'topics', words],
  [/类型/, 'kind', (text) => kindIn(text)],
];

const end = '(?=[,;。!\\s]|$)';
const shapes: readonly RegExp[] = [
  new RegExp(`(?:应该|应当|应(?=[是为])|其实)是?为?(?<set>[^,;。]+?)[,\\s]{0,2}(?:而)?不是(?<was>[^,;。]+?)${end}`),
  new RegExp(`不是(?<was>[^,;。]+?)[,\\s]{0,2}(?:而是|应该?是|是)(?<set>[^,;。]+?)${end}`),
  new RegExp(`[从由](?<was>[^,;。]+?)(?:改|更正|修改)[成为到](?<set>[^,;。]+?)${end}`),
  new RegExp(`(?:改|更正|修改)[成为到](?<set>[^,;。]+?)${end}`),
  new RegExp(`(?:应该|应当)是?为?(?<set>[^,;。]+?)${end}`),
];
const trigger =
  /写错|打错|记错|填错|报错|搞错|弄错|改[成为]|更正|(?:应该|应当|其实)是.+不是|不是.+(?:应该是|而是)|(?:实到|应到|地点|时间|主持人|记录人)不是.+是|(?:实到|应到|地点|时间|主持人|记录人)(?:应该|应当)是?/;

export const isCorrection = (line: string): boolean => trigger.test(line);

export const correctionItem = (line: string, context: UtteranceContext): Item => {
  const match = shapes.map((shape) => line.match(shape)).find((one) => one !== null);
  const subject = match ? line.slice(0, match.index) : line;
  const row = fields.find(([pattern]) => pattern.test(subject)) ?? fields.find(([pattern]) => pattern.test(line));
  const short =
    row && !match ? line.slice((line.match(row[0])?.index ?? 0) + (line.match(row[0])?.[0].length ?? 0)) : '';
  const read = (text: string | undefined) => (row && text !== undefined ? row[2](text, context) : null);
  const set = read(match?.groups?.set ?? short.match(/^人?[:\s]?([^,;。]+)$/)?.[1]);
  const was = read(match?.groups?.was);
  return itemOf('correct', {
    query: {
      set: row && set !== null ? { [row[1]]: set } : {},
      was: row && was !== null ? { [row[1]]: was } : {},
    },
    ask: row && set !== null ? [] : [{ field: row ? row[1] : 'field', why: 'unclear', options: [] }],
  });
};
