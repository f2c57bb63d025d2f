/** Who was absent and why: 缺赵甲(出差) 钱乙(病假), 请假2人(李丁出差、周戊病假), 缺1(产假), 全到, 除赵甲外全到. */
import type { Absence } from '../record/fields.ts';
import { numberOf, numeral } from './chinese-number.ts';
import { isName, isNameAfterLabel, letters } from './names.ts';
import type { Reading } from './reading.ts';
import { type Rule, rule, type ScanContext, type Taken } from './scan.ts';

const reason =
  '(?:因公出差|出差|因公外出|因公|公出|公差|公务|生病|住院|病假|因病|事假|因事|产假|陪产假|年假|休假|婚假|丧假|探亲假|探亲|外出实习|外出学习|外出培训|外出|实习|开会|培训|学习|带队|值班|上课|有课|有事|公假|隔离|下乡|驻村|在外地|回老家|看病)';
const state = '(?:请了?假|未到|没到|没来|没有来|未参加|缺席|未能参加)';
const item = new RegExp(
  `[\\s,、;和及]{0,3}(${letters}{2,4}?)(?:同志)?` +
    `(?:\\s?\\(([^()]{1,20})\\)|[:因]?(${reason})${state}?(?:(?![㐀-鿿])|(?=都|均|全|外|以外|其他|其余|没|未|应到|实到)))`,
  'y',
);
const afterItem = new RegExp(`${state}?`, 'y');
const bare = new RegExp(
  `([\\s,、和及]{0,3})(${letters}{2,4}?)(?:同志)?(?=$|[\\s,;。、和及]|应到|实到|主持|记录|外|以外|都|均|全到|其他|其余)`,
  'y',
);

type List = { readonly absent: readonly Absence[]; readonly length: number };
type Found = { readonly absence: Absence; readonly end: number };

const at = (pattern: RegExp, text: string, position: number): RegExpExecArray | null => {
  pattern.lastIndex = position;
  return pattern.exec(text);
};

/** The first of a list may be any name; a later one must be on the roster, look like a name with a reason, or follow 、. */
const reasonOf = (match: RegExpExecArray): string | null => match[2] ?? match[3] ?? null;
const hasReason = new RegExp(reason);
const nextAbsence = (text: string, position: number, first: boolean, context: ScanContext): Found | null => {
  const full = at(item, text, position);
  const name = full?.[1] ?? '';
  if (full && (first ? isNameAfterLabel(name) : isName(name, context)))
    return { absence: { name, reason: reasonOf(full) }, end: position + full[0].length };
  const alone = at(bare, text, position);
  const word = hasReason.test(alone?.[2] ?? '') ? '' : (alone?.[2] ?? '');
  const joined = /[、和及]/.test(alone?.[1] ?? '') && isName(word, context);
  const taken = alone && (joined || (first && isName(word, context)) || context.unit?.members.includes(word));
  return taken ? { absence: { name: word, reason: null }, end: position + alone[0].length } : null;
};

const listFrom = (text: string, start: number, context: ScanContext): List => {
  const absent: Absence[] = [];
  let position = start;
  for (;;) {
    const found = nextAbsence(text, position, absent.length === 0, context);
    if (!found) return { absent, length: position - start };
    absent.push(found.absence);
    position = found.end;
  }
};

/** In brackets behind a number: names, or else the one reason of all. */
const insideList = (inside: string, context: ScanContext): List => {
  const list = listFrom(inside, 0, context);
  const names = list.length === inside.length && list.absent.every((one) => isName(one.name ?? '', context));
  return names ? list : { absent: [], length: 0 };
};

const mostAbsent = 200;
const unnamed = (count: number, why: string | null): Reading =>
  count > mostAbsent
    ? { ask: [{ field: 'absent', why: 'range', options: [] }] }
    : { absent: Array.from({ length: count }, () => ({ name: null, reason: why })), absentCount: count };

/** A number of people, with what stands in brackets or after it. */
const counted = (count: number, list: List, inside: string | undefined): Reading => {
  if (count === 0) return { everyone: true };
  if (list.absent.length > 0) return { absent: list.absent, absentCount: count };
  return unnamed(count, inside ?? null);
};

const word =
  '(?:(?<![查短紧欠空残补不])缺(?:席|勤)?(?!乏|点|口|失|陷|少|勤率)|(?<![㐀-鿿])请假|未到|没到|没来)(?:人员|的是|的有|的|了)?';
const opening = new RegExp(
  `${word}[:有是\\s]{0,2}(?:(${numeral})(?!\\d)(?:个人|人|名|位)?)?[:,\\s]{0,2}(?:\\(([^()]{1,80})\\))?`,
  'y',
);

const afterWord = (line: string, position: number, context: ScanContext): Taken | null => {
  const match = at(opening, line, position);
  if (!match) return null;
  const [all, number, inside] = match;
  const count = number === undefined ? null : numberOf(number);
  const list = inside === undefined ? listFrom(line, position + all.length, context) : insideList(inside, context);
  if (count === null && list.absent.length === 0) return null;
  const length = all.length + (inside === undefined ? list.length : 0);
  return { reading: count === null ? { absent: list.absent } : counted(count, list, inside), length };
};

/** Absences without a word in front: 赵甲请假, 赵甲、钱乙因病请假, 赵甲(出差). */
const beforeState = new RegExp(
  `((?:${letters}{2,4}?、){0,5}${letters}{2,4}?)(?:同志)?(?:[因:]?(${reason}))?${state}(?:人员)?(?![㐀-鿿])`,
  'y',
);
const ahead = (line: string, position: number, context: ScanContext): Taken | null => {
  const match = at(beforeState, line, position);
  const names = match?.[1]?.split('、') ?? [];
  if (match && names.every((name) => isName(name, context)))
    return { reading: { absent: names.map((name) => ({ name, reason: match[2] ?? null })) }, length: match[0].length };
  const full = at(item, line, position);
  const known = full && isName(full[1] ?? '', context) && (full[2] === undefined || hasReason.test(full[2]));
  if (!known) return null;
  return {
    reading: { absent: [{ name: full[1] ?? null, reason: reasonOf(full) }] },
    length: full[0].length + (at(afterItem, line, position + full[0].length)?.[0].length ?? 0),
  };
};

const everyone =
  '(?:全体党员|全体成员|全体|全员|全部|人员|大家)?(?:全到了?|都到了?|到齐了?|全勤|都参加了?|全部到会|全部到场|全部参加|全部出席|均到会|均参加)|(?:全体党员|全体成员|全体|全员|全部)(?:参加|到会|到场|出席)|全员到';
const except = new RegExp(`(?:${everyone})[,\\s]?(?:除了?|只有|只|就)`, 'y');
const exceptFirst = /除了?(?=[㐀-鿿])/y;
const otherwise = new RegExp(`[,\\s]?(?:外|以外|之外)?[,\\s]?(?:其他人?|其余人?|其余党员)?(?:${everyone})`, 'y');
const trailing = /(?:外|以外|之外|没到|没来|未到|缺席|请假)?/y;

const allBut = (line: string, position: number, context: ScanContext): Taken | null => {
  const before = at(except, line, position);
  const open = before ?? at(exceptFirst, line, position);
  if (!open) return null;
  const start = position + open[0].length;
  const list = listFrom(line, start, context);
  const close = at(before ? trailing : otherwise, line, start + list.length);
  if (list.absent.length === 0 || !close) return null;
  return {
    reading: { absent: list.absent, everyone: true },
    length: open[0].length + list.length + close[0].length,
  };
};

export const absenceRules: readonly Rule[] = [
  { at: 'any', take: allBut },
  rule('any', '(?:无人?|没有?人?)(?:缺席|缺勤|请假|缺)(?:人员|的)?', () => ({ everyone: true })),
  rule('any', everyone, () => ({ everyone: true })),
  rule(
    'any',
    `(?<!\\d)(${numeral})(?:个人|人|名|位)(?:党员|同志)?${state}(?:[:\\s]{0,2}\\(([^()]{1,80})\\))?`,
    (match, context) => {
      const count = numberOf(match[1] ?? '');
      return count === null ? null : counted(count, insideList(match[2] ?? '', context), match[2]);
    },
  ),
  rule('edge', '\\(([^()]{2,80})\\)', (match, context) => {
    const { absent } = insideList(match[1] ?? '', context);
    return absent.length > 0 ? { absent } : null;
  }),
  { at: 'any', take: afterWord },
  { at: 'edge', take: ahead },
];
