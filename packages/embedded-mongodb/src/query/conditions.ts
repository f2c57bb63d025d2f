import { type Doc, isDoc, Regex, type Value } from '../bson/types.ts';
import { type Comparable, Edge, rankOf } from '../values/compare.ts';
import { isNumeric, toNumber } from '../values/numbers.ts';
import { isOperatorDoc } from './matcher.ts';

/** What a filter demands of one path, in a form an index can serve; always weaker than or equal to the filter itself. */
export type Condition =
  | { kind: 'points'; values: Value[] }
  | { kind: 'range'; low: Comparable; high: Comparable; lowInclusive: boolean; highInclusive: boolean };

export type Conditions = Map<string, Condition[]>;

/** Gathers the conditions of a filter and of the `$and`s in it. */
export function conditionsOf(filter: Doc, found: Conditions = new Map()): Conditions {
  for (const [key, operand] of filter) {
    if (key === '$and' && Array.isArray(operand))
      for (const part of operand) if (isDoc(part)) conditionsOf(part, found);
    if (key.startsWith('$')) continue;
    const conditions = isOperatorDoc(operand)
      ? [...operand].flatMap(([name, value]) => operatorCondition(name, value))
      : points([operand]);
    if (conditions.length > 0) found.set(key, [...(found.get(key) ?? []), ...conditions]);
  }
  return found;
}

/** Ranks whose values an index finds by range; arrays, documents and patterns are left to the filter. */
const RANGE_RANKS = new Set([10, 15, 30, 35, 40, 45, 47]);

function points(values: readonly Value[]): Condition[] {
  const simple = values.every((value) => !Array.isArray(value) && !(value instanceof Regex) && rankOf(value) !== 0);
  return simple ? [{ kind: 'points', values: [...values] }] : [];
}

function operatorCondition(name: string, operand: Value): Condition[] {
  if (name === '$eq') return points([operand]);
  if (name === '$in' && Array.isArray(operand)) return points(operand);
  const rank = rankOf(operand);
  if (!RANGE_RANKS.has(rank) || (isNumeric(operand) && Number.isNaN(toNumber(operand)))) return [];
  const start = {
    kind: 'range',
    low: new Edge(rank, -1),
    high: new Edge(rank, 1),
    lowInclusive: true,
    highInclusive: true,
  } as const;
  if (name === '$gt') return [{ ...start, low: operand, lowInclusive: false }];
  if (name === '$gte') return [{ ...start, low: operand }];
  if (name === '$lt') return [{ ...start, high: operand, highInclusive: false }];
  if (name === '$lte') return [{ ...start, high: operand }];
  return [];
}

/** The top-level fields a filter reads, or undefined when it may read all of them. */
export function fieldsRead(filter: Doc, found: Set<string> = new Set()): Set<string> | undefined {
  for (const [key, operand] of filter) {
    if (key === '$expr') return undefined;
    if (!key.startsWith('$')) found.add(key.split('.')[0] ?? key);
    else if (Array.isArray(operand)) {
      for (const part of operand) if (isDoc(part) && fieldsRead(part, found) === undefined) return undefined;
    }
  }
  return found;
}
