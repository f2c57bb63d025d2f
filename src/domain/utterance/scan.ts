/** Reads a line from left to right in whole tokens. What no rule claims is kept as free words. */
import { type DateContext, dateAt } from './date.ts';
import type { Reading } from './reading.ts';
import { timeAt } from './time.ts';
import type { UnitContext } from './types.ts';

export type ScanContext = {
  readonly dates: DateContext;
  readonly unit: UnitContext | null;
  readonly sender: string | null;
};
/**
 * Where a rule may start: `edge` – only where a phrase begins; `soft` – also inside words nothing has claimed;
 * `any` – also inside a topic, for labels that cannot belong to one.
 */
export type Place = 'edge' | 'soft' | 'any';
export type Taken = { readonly reading: Reading; readonly length: number };
export type Rule = {
  readonly at: Place;
  /** What starts at a place of the line, as whole tokens; null when nothing of this rule does. */
  readonly take: (line: string, position: number, context: ScanContext) => Taken | null;
};
export type Token = { readonly reading: Reading; readonly text: string };

const match = (pattern: RegExp, line: string, position: number): RegExpExecArray | null => {
  pattern.lastIndex = position;
  const found = pattern.exec(line);
  return found && found[0] !== '' ? found : null;
};

/** A rule of one pattern. */
export const rule = (
  at: Place,
  source: string,
  read: (match: RegExpExecArray, context: ScanContext) => Reading | null,
): Rule => {
  const pattern = new RegExp(source, 'y');
  return {
    at,
    take: (line, position, context) => {
      const found = match(pattern, line, position);
      const reading = found && read(found, context);
      return found && reading && { reading, length: found[0].length };
    },
  };
};

/** What ends a phrase, and marks that belong to the words around them. */
const gap = /[\s,;。!?、~…·|"'“”]+/y;
const topical =
  /^(?:集体|集中|认真|深入|专题)?(?:学(?!校|生|院|工|术报告厅|习室|习中心)|传达|研究|讨论|观看|收看|参观|重温|听取|审议|通过|推荐|部署|总结|开展|宣读|选举|慰问|看望|走访|清扫|打扫|植树|安排|谈|围绕|关于|解读|讲|交流|布置|通报|表决|接收|缴纳|征求|贯彻|落实|对照|批评|《)/;
export const isTopical = (words: string): boolean => topical.test(words);

const insideNumber = (line: string, position: number): boolean =>
  /\d/.test(line.charAt(position)) && /\d/.test(line.charAt(position - 1));

const when: Rule = {
  at: 'soft',
  take: (line, position, context) => {
    if (insideNumber(line, position)) return null;
    const time = timeAt(line, position);
    if (time) return { reading: { time: time.reading }, length: time.length };
    const date = dateAt(line, position, context.dates);
    return date && { reading: { date: date.reading }, length: date.length };
  },
};

const allowed = (at: Place, free: string): boolean =>
  at === 'any' || free === '' || (at === 'soft' && !isTopical(free));

const take = (
  line: string,
  position: number,
  free: string,
  rules: readonly Rule[],
  context: ScanContext,
): Taken | null => {
  for (const one of rules) {
    const taken = allowed(one.at, free) ? one.take(line, position, context) : null;
    if (taken) return taken;
  }
  return null;
};

/** All readings of a line, in its order. */
export const scan = (line: string, rules: readonly Rule[], context: ScanContext): readonly Token[] => {
  const all = [when, ...rules];
  const tokens: Token[] = [];
  let free = '';
  const close = () => {
    if (free !== '') tokens.push({ reading: { free }, text: free });
    free = '';
  };
  for (let position = 0; position < line.length; ) {
    const space = match(gap, line, position);
    const taken = space ? null : take(line, position, free, all, context);
    if (space || taken) close();
    else free += line.charAt(position);
    if (taken) tokens.push({ reading: taken.reading, text: line.slice(position, position + taken.length) });
    position += space ? space[0].length : (taken?.length ?? 1);
  }
  close();
  return tokens;
};
