/** Questions and short orders about what is owed, when, and what was handed in. */
import { kinds } from '../record/kinds.ts';
import { itemOf } from './item.ts';
import { parsePeriod } from './period.ts';
import { reportIn, reportPeriod } from './reports.ts';
import { kindIn } from './rules-kind.ts';
import type { Item, Query, UtteranceContext } from './types.ts';
import { dateQuestion, readUntil } from './until.ts';

const loose = (name: string): string => name.replace(/(?:党总支|党支部|支部|党委)$/, '');

/** The unit a text names by its code or name; the longest name wins. */
export const unitIn = (line: string, { units }: UtteranceContext): string | null => {
  const code = units.find((unit) => new RegExp(`(?<![A-Za-z0-9])${unit.code}(?![A-Za-z0-9])`, 'i').test(line));
  if (code) return code.code;
  const named = units.filter(
    (unit) => line.includes(unit.name) || (loose(unit.name).length >= 4 && line.includes(loose(unit.name))),
  );
  return named.sort((one, other) => other.name.length - one.name.length)[0]?.code ?? null;
};

const strangeUnit = /[㐀-鿿]{2,12}(?<!我们|本|我|咱们|哪个|哪些|每个|各个|各|个)(?:党支部|党总支|支部)/;
const query = (
  what: NonNullable<Query['what']>,
  line: string,
  context: UtteranceContext,
  report: string | null = null,
): Query => ({
  what,
  unit: unitIn(line, context),
  period: parsePeriod(line, context.now.slice(0, 10)),
  report,
});
const ask = (what: 'todo' | 'status' | 'unpaid', line: string, context: UtteranceContext): Item => {
  const value = query(what, line, context);
  const unknown = value.unit === null ? line.match(strangeUnit)?.[0] : undefined;
  return itemOf('query', {
    kind: kindIn(line),
    query: value,
    ask: unknown ? [{ field: 'unit', why: 'unclear', options: [] }] : [],
  });
};

export const todoItem = (line: string, context: UtteranceContext): Item => ask('todo', line, context);
export const statusItem = (line: string, context: UtteranceContext): Item => ask('status', line, context);
const unpaidItem = (line: string, context: UtteranceContext): Item => ask('unpaid', line, context);

const dutyItem = (line: string, context: UtteranceContext): Item => {
  const report = reportIn(line);
  const value = query('duty', line, context, report?.code ?? null);
  const kind = kindIn(line);
  return itemOf('query', {
    kind,
    query: report ? { ...value, period: reportPeriod(report, value.period ?? null) } : value,
    ask: report || kind ? [] : [{ field: 'report', why: 'unclear', options: [] }],
  });
};

/** 发展对象公示11月15日结束,下一步: what comes next is listed; whether to go on is for people to decide. */
const nextItem = (line: string, context: UtteranceContext): Item => {
  const until = /公示/.test(line) ? readUntil(line, context, 'past') : null;
  const said = until?.date ?? null;
  const start = /公示/.test(line) ? [{ field: 'startAt', why: 'unclear' as const, options: [] }] : [];
  return itemOf('query', {
    query: query('next', line, context),
    until: said,
    ask: [...start, ...dateQuestion('until', until)],
  });
};

const kindQuestion = new RegExp(`(?:${kinds.flatMap((kind) => kind.words).join('|')}).{0,12}(?:吗|没有?|呢|\\?)$`);
type Pattern = readonly [RegExp, (line: string, context: UtteranceContext) => Item];
const question = /\?|吗|没有?$|什么|啥|怎么|几号|哪|谁|多少|能不能|可以吗/;

/** The first that fits. */
export const questionPatterns: readonly Pattern[] = [
  [/没交.{0,4}党费|党费.{0,6}(?:没交|未交|欠|谁)|欠.{0,3}党费/, unpaidItem],
  [/下一步|能不能往下走|接下来(?:做|该|怎么)/, nextItem],
  [
    /(?:啥时候|什么时候|何时|哪天|几号|多会儿?|截止|时限|期限).{0,8}(?:交|报|开|完成|截止|前|到|办|$)|(?:截止|交).{0,6}(?:啥时候|什么时候|几号|哪天)/,
    dutyItem,
  ],
  [
    /还[差欠缺].{0,4}(?:什么|啥|哪|几|多少)|(?:什么|啥|哪些).{0,6}(?:没做|没开|没完成|没交|要做|该做|待办|没办)|待办|还有(?:什么|啥|哪些)|(?:该|要)(?:做|开)(?:什么|啥|哪些)|欠(?:什么|啥|哪些)/,
    todoItem,
  ],
  [/谁(?:还)?没(?:有)?(?:交|报|开)|哪些支部/, statusItem],
  [/(?:完成情况|完成得?怎么样|进度|状态)(?:怎么样|如何)?\??$/, statusItem],
  [kindQuestion, statusItem],
];
export const isQuestion = (line: string): boolean => question.test(line);
