/** Short orders: put off a reminder, hand in a report, export, draw, declare, bind. */
import { type KindCode, kindOf } from '../record/kinds.ts';
import type { Ask } from '../record/record.ts';
import { addDays, addMonths, firstOfMonth, lastOfMonth } from '../time/local.ts';
import { numberOf, numeral } from './chinese-number.ts';
import { itemOf } from './item.ts';
import { parsePeriod } from './period.ts';
import { unitIn } from './questions.ts';
import { reportDeadline, reportIn, reportPeriod, reports } from './reports.ts';
import { kindIn } from './rules-kind.ts';
import type { Item, UtteranceContext } from './types.ts';
import { dateQuestion, readUntil } from './until.ts';

const monthStart = new RegExp(`(?<!\\d)(${numeral})月份?(?:再|以?后)`);
const pause = new RegExp(
  `(${numeral})(天|日|周|个?星期)(?:以?后|再|$|内)|(?:推迟|延后|缓|晚)(${numeral})(天|周|个?星期)`,
);

const firstOf = (month: number, today: string): string | null => {
  if (month < 1 || month > 12) return null;
  const here = `${today.slice(0, 4)}-${String(month).padStart(2, '0')}-01`;
  return here > today ? here : addMonths(here, 12);
};
const daysFrom = (line: string, today: string): string | null => {
  const match = line.match(pause);
  const count = numberOf(match?.[1] ?? match?.[3] ?? '');
  const unit = match?.[2] ?? match?.[4] ?? '';
  return match && count !== null && count <= 366 ? addDays(today, count * (/[天日]/.test(unit) ? 1 : 7)) : null;
};
/** The words before 再说 or after 到 say until when; a date in front of them says what for. */
const phraseOf = (line: string): string =>
  line.match(/([^,;。\s]+?)(?:再说|再提醒|以后再|之后再|再)/)?.[1] ??
  line.match(/(?:推迟|延后|延|改)到(.+)/)?.[1] ??
  line;

export const snoozeItem = (line: string, context: UtteranceContext): Item => {
  const today = context.now.slice(0, 10);
  const month = numberOf(line.match(monthStart)?.[1] ?? '');
  const plain = month === null ? daysFrom(line, today) : firstOf(month, today);
  const reading = plain === null ? readUntil(phraseOf(line), context, 'future') : null;
  const until = plain ?? reading?.date ?? null;
  return itemOf('snooze', {
    kind: kindIn(line) ?? kindOf(context.replyTo?.kind ?? '')?.code ?? null,
    until,
    ask:
      until === null
        ? [...dateQuestion('until', reading), { field: 'until', why: 'unclear' as const, options: [] }].slice(0, 1)
        : [],
  });
};

const fileName = /[^\s,;。:/\\]+\.(?:docx?|xlsx?|pdf|pptx?|zip|wps|et|txt|jpe?g|png)(?![a-z])/i;

export const reportItem = (line: string, context: UtteranceContext): Item => {
  const today = context.now.slice(0, 10);
  const report = reportIn(line);
  const period = report && reportPeriod(report, parsePeriod(line, today));
  const deadline = report && period ? reportDeadline(report, period, context.calendar) : null;
  const file = line.match(fileName)?.[0] ?? null;
  const asks: readonly Ask[] = report
    ? period
      ? []
      : [{ field: 'period', why: 'unclear', options: [] }]
    : [{ field: 'report', why: 'unclear', options: reports.map(({ code }) => code).slice(0, 5) }];
  return itemOf('report', {
    file,
    period: period ?? null,
    late: deadline !== null && today > deadline,
    ask: asks,
    missing: file === null && !context.attachments ? ['file'] : [],
    query: { what: null, unit: unitIn(line, context), period: period ?? null, report: report?.code ?? null },
  });
};

const threeMeetings: readonly KindCode[] = ['BGM', 'BCM', 'PGM', 'LEC'];
const monthSpan = new RegExp(`(?:(\\d{4})年)?(${numeral})月?份?\\s?(?:-|~|到|至)\\s?(${numeral})月`);
const format = /xlsx|excel|表格|docx|word|pdf|zip|压缩包/i;
const formats: Readonly<Record<string, string>> = { excel: 'xlsx', 表格: 'xlsx', word: 'docx', 压缩包: 'zip' };

const two = (value: number): string => String(value).padStart(2, '0');
type Span = { readonly from: string; readonly to: string };
const spanOfMonths = (line: string, today: string): Span | null => {
  const match = line.match(monthSpan);
  const [first, last] = [numberOf(match?.[2] ?? ''), numberOf(match?.[3] ?? '')];
  if (first === null || last === null || first < 1 || last > 12 || first > last) return null;
  const year = match?.[1] ?? today.slice(0, 4);
  return { from: `${year}-${two(first)}-01`, to: lastOfMonth(`${year}-${two(last)}-01`) };
};
/** First and last day of a period's key. */
const spanOfPeriod = (key: string | null): Span | null => {
  if (key === null) return null;
  const [year = '', part] = key.split('-');
  const number = Number(part?.replace(/\D/g, ''));
  const length = part === undefined ? 12 : part.startsWith('Q') ? 3 : part.startsWith('H') ? 6 : 1;
  const end = part === undefined ? 12 : number * length;
  const to = lastOfMonth(`${year}-${two(end)}-01`);
  return { from: firstOfMonth(addMonths(to, 1 - length)), to };
};

export const exportItem = (line: string, context: UtteranceContext): Item => {
  const today = context.now.slice(0, 10);
  const months = spanOfMonths(line, today);
  const period = months ? null : parsePeriod(line, today);
  const span = months ?? spanOfPeriod(period);
  const kind = kindIn(line);
  const kinds = /三会一课/.test(line) ? threeMeetings : kind ? [kind] : [];
  const word = line.match(format)?.[0].toLowerCase() ?? null;
  const cut = span !== null && span.to > today;
  return itemOf('export', {
    query: {
      what: null,
      unit: unitIn(line, context),
      period,
      report: null,
      kinds,
      ...(span ? { from: span.from, to: cut ? today : span.to } : {}),
      format: word === null ? null : (formats[word] ?? word),
    },
    filled: cut ? { 'query.to': 'clock' } : {},
    ask: span ? [] : [{ field: 'period', why: 'unclear', options: [] }],
  });
};

export const drawItem = (line: string, context: UtteranceContext): Item => {
  const rate = line.match(/(\d{1,3})\s?%/)?.[1] ?? line.match(/百分之(\d{1,3})/)?.[1];
  const level = /总支/.test(line) ? ('generalBranch' as const) : /支部/.test(line) ? ('branch' as const) : null;
  return itemOf('draw', {
    query: {
      what: null,
      unit: null,
      period: parsePeriod(line, context.now.slice(0, 10)),
      report: null,
      level,
      rate: rate ? Number(rate) : null,
    },
    ask: [
      ...(rate && Number(rate) > 100 ? [{ field: 'rate', why: 'range' as const, options: [] }] : []),
      ...(level ? [] : [{ field: 'level', why: 'unclear' as const, options: ['总支', '支部'] }]),
    ],
  });
};

export const declareItem = (line: string, context: UtteranceContext): Item =>
  itemOf('declare', {
    query: {
      what: null,
      unit: unitIn(line, context),
      period: parsePeriod(line, context.now.slice(0, 10)),
      report: null,
    },
  });

export const bindItem = (line: string, context: UtteranceContext): Item => {
  const unit = unitIn(line, context);
  const silent = line.replace(/^(?:本群|到|为|[\s:,])+/, '') === '';
  return itemOf('bind', {
    query: { what: null, unit, period: null, report: null },
    ask: unit ? [] : [{ field: 'unit', why: 'unclear', options: silent ? [] : [] }],
  });
};
