import { DateTime, type Doc, isDoc, type Value } from '../bson/types.ts';
import type { Collection } from '../catalog/collection.ts';
import type { Bounds, Index } from '../catalog/index.ts';
import { badValue } from '../errors.ts';
import { type Comparable, compare, equal } from '../values/compare.ts';
import { splitPath } from '../values/path.ts';
import { type Condition, type Conditions, conditionsOf } from './conditions.ts';
import { compileFilter } from './matcher.ts';
import type { SortField } from './sort.ts';

/** How documents are found: through bounds of an index, or (no index) by reading the collection. */
export type Plan = { index: Index | undefined; bounds: Bounds[]; sorted: boolean; reverse: boolean };

const SCAN: Plan = { index: undefined, bounds: [], sorted: false, reverse: false };
const EVERYTHING: Bounds = { low: [], high: [], lowInclusive: true, highInclusive: true };
const MAX_INTERVALS = 1000;

type Interval = Extract<Condition, { kind: 'range' }>;

/** Chooses the index that narrows a filter most; one that also gives the order wins a tie. */
export function planQuery(
  collection: Collection,
  filter: Doc,
  sort: readonly SortField[],
  hint: Value | undefined,
): Plan {
  const conditions = conditionsOf(filter);
  if (hint !== undefined) return hinted(collection, filter, conditions, sort, hint);
  let best = SCAN;
  let bestScore = 0;
  for (const index of collection.indexes) {
    const candidate = planIndex(index, filter, conditions, sort);
    if (candidate !== undefined && candidate.score > bestScore) [best, bestScore] = [candidate.plan, candidate.score];
  }
  return best;
}

function hinted(
  collection: Collection,
  filter: Doc,
  conditions: Conditions,
  sort: readonly SortField[],
  hint: Value,
): Plan {
  if (isDoc(hint) && hint.has('$natural')) return { ...SCAN, reverse: equal(hint.get('$natural'), -1) };
  const index = collection.indexes.find(({ spec }) => (isDoc(hint) ? equal(spec.key, hint) : spec.name === hint));
  if (index === undefined)
    badValue(
      'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index',
    );
  return (
    planIndex(index, filter, conditions, sort)?.plan ?? { index, bounds: [EVERYTHING], sorted: false, reverse: false }
  );
}

function planIndex(
  index: Index,
  filter: Doc,
  conditions: Conditions,
  sort: readonly SortField[],
): { plan: Plan; score: number } | undefined {
  if (index.spec.partial !== undefined && !implied(index.spec.partial, filter, conditions)) return undefined;
  const chosen = choose(index, conditions);
  if (index.spec.sparse && !chosen.some(excludesNull)) return undefined;
  const direction = sortDirection(index, chosen, sort);
  const ends = chosen.filter((condition) => condition.kind === 'points').length;
  const score = ends * 10 + (chosen.length - ends) * 5 + (direction === 0 ? 0 : 3);
  if (score === 0) return undefined;
  return { plan: { index, bounds: boundsOf(index, chosen), sorted: direction !== 0, reverse: direction < 0 }, score };
}

/** The conditions of the leading components: points, then at most one range. */
function choose(index: Index, conditions: Conditions): Condition[] {
  const chosen: Condition[] = [];
  let intervals = 1;
  let throughArray = false;
  for (let i = 0; i < index.names.length; i += 1) {
    const through = index.arrays[i] === true;
    if (through && throughArray) break;
    const condition = pick(conditions.get(index.names[i] ?? '') ?? [], through);
    if (condition === undefined) break;
    if (condition.kind === 'points') intervals *= condition.values.length;
    if (intervals > MAX_INTERVALS) break;
    chosen.push(condition);
    throughArray ||= through;
    if (condition.kind === 'range') break;
  }
  return chosen;
}

/** On a path through arrays different elements may meet different conditions, so only one of them is used. */
function pick(conditions: readonly Condition[], throughArray: boolean): Condition | undefined {
  const points = conditions.filter((condition) => condition.kind === 'points');
  if (points.length > 0) return points.reduce((a, b) => (b.values.length < a.values.length ? b : a));
  const ranges = conditions.filter((condition) => condition.kind === 'range');
  const [first, ...rest] = ranges;
  return first === undefined || throughArray ? first : rest.reduce(intersect, first);
}

function intersect(a: Interval, b: Interval): Interval {
  const lower = compare(a.low, b.low) > 0 || (compare(a.low, b.low) === 0 && !a.lowInclusive) ? a : b;
  const upper = compare(a.high, b.high) < 0 || (compare(a.high, b.high) === 0 && !a.highInclusive) ? a : b;
  return {
    kind: 'range',
    low: lower.low,
    lowInclusive: lower.lowInclusive,
    high: upper.high,
    highInclusive: upper.highInclusive,
  };
}

function excludesNull(condition: Condition): boolean {
  return condition.kind === 'range' || !condition.values.includes(null);
}

/** 1 or -1 when reading the index forwards or backwards gives the order asked for, else 0. */
function sortDirection(index: Index, chosen: readonly Condition[], sort: readonly SortField[]): 1 | -1 | 0 {
  if (sort.length === 0 || index.arrays.includes(true)) return 0;
  if (chosen.some((condition) => condition.kind === 'points' && condition.values.length !== 1)) return 0;
  const fixed = new Set(index.names.filter((_name, i) => chosen[i]?.kind === 'points'));
  const wanted = sort.filter((field) => !fixed.has(field.name));
  const rest = index.names
    .map((name, i) => ({ name, direction: index.directions[i] ?? 1 }))
    .filter(({ name }) => !fixed.has(name));
  const sign = (wanted[0]?.direction ?? 1) * (rest[0]?.direction ?? 1);
  const fits = wanted.every(
    (field, i) => rest[i]?.name === field.name && (rest[i]?.direction ?? 1) * sign === field.direction,
  );
  return fits ? (sign < 0 ? -1 : 1) : 0;
}

function boundsOf(index: Index, chosen: readonly Condition[]): Bounds[] {
  let prefixes: Value[][] = [[]];
  for (const condition of chosen) {
    if (condition.kind === 'range')
      return prefixes.map((prefix) => rangeBounds(prefix, condition, index.directions[prefix.length] ?? 1));
    prefixes = prefixes.flatMap((prefix) => condition.values.map((value) => [...prefix, value]));
  }
  return prefixes.map((prefix) => ({ low: prefix, high: prefix, lowInclusive: true, highInclusive: true }));
}

function rangeBounds(prefix: readonly Value[], range: Interval, direction: number): Bounds {
  const low: Comparable[] = [...prefix, range.low];
  const high: Comparable[] = [...prefix, range.high];
  const { lowInclusive, highInclusive } = range;
  return direction > 0
    ? { low, high, lowInclusive, highInclusive }
    : { low: high, high: low, lowInclusive: highInclusive, highInclusive: lowInclusive };
}

const NO_SCOPE = { root: undefined, current: undefined, now: new DateTime(0), variables: new Map<string, Value>() };

/** Whether every document the filter accepts is surely in a partial index; in doubt, no. */
function implied(partial: Doc, filter: Doc, conditions: Conditions): boolean {
  return [...partial].every(([path, demand]) => {
    const asked = filter.get(path);
    if (asked !== undefined && equal(asked, demand)) return true;
    if (path.startsWith('$')) return false;
    const existence = isDoc(demand) && demand.size === 1 && demand.has('$exists');
    const test = compileFilter(new Map([[path, demand]]), NO_SCOPE);
    return (conditions.get(path) ?? []).some((condition) => {
      if (condition.kind === 'range') return existence;
      return condition.values.every((value) => value !== null && test(nest(path, value)));
    });
  });
}

function nest(path: string, value: Value): Value {
  return splitPath(path).reduceRight<Value>((inner, name) => new Map([[name, inner]]), value);
}
