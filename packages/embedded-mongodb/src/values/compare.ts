import {
  Binary,
  DateTime,
  type Doc,
  isDoc,
  ObjectId,
  Opaque,
  Regex,
  Sentinel,
  Timestamp,
  type Value,
} from '../bson/types.ts';
import { compareNumbers, isNumeric, numberKey } from './numbers.ts';

/** A bound that lies just below (side -1) or above (side 1) every value of one sort rank. */
export class Edge {
  readonly position: number;
  constructor(rank: number, side: -1 | 1) {
    this.position = rank + side / 2;
  }
}

export type Comparable = Value | Edge | undefined;

const OPAQUE_RANKS: Readonly<Record<number, number>> = { 14: 15, 12: 55, 13: 60, 15: 65 };

/** The place of a value's type in the order of types; an absent value comes before null. */
export function rankOf(value: Value | undefined): number {
  switch (typeof value) {
    case 'number':
    case 'bigint':
      return 10;
    case 'string':
      return 15;
    case 'boolean':
      return 40;
    case 'undefined':
      return 0;
    default:
      return objectRank(value);
  }
}

function objectRank(value: Exclude<Value, number | bigint | string | boolean>): number {
  if (value === null) return 5;
  if (value instanceof ObjectId) return 35;
  if (value instanceof DateTime) return 45;
  if (isDoc(value)) return 20;
  if (Array.isArray(value)) return 25;
  if (isNumeric(value)) return 10;
  if (value instanceof Binary) return 30;
  if (value instanceof Regex) return 50;
  if (value instanceof Timestamp) return 47;
  if (value instanceof Opaque) return OPAQUE_RANKS[value.tag] ?? 60;
  if (value instanceof Sentinel) return value.tag === 0xff ? -1 : value.tag === 0x7f ? 127 : 0;
  return 0;
}

/** The order of all values, as sort uses it: first by type, then within the type. */
export function compare(a: Comparable, b: Comparable): number {
  if (a instanceof Edge || b instanceof Edge) return Math.sign(position(a) - position(b));
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  if (typeof a === 'number' && typeof b === 'number' && a !== b && !Number.isNaN(a - b)) return a < b ? -1 : 1;
  const rank = rankOf(a);
  const other = rankOf(b);
  if (rank !== other) return rank < other ? -1 : 1;
  return a === undefined || b === undefined ? 0 : sameRank(a, b);
}

function position(value: Comparable): number {
  return value instanceof Edge ? value.position : rankOf(value);
}

/** UTF-8 byte order: differs from JavaScript's order only where surrogates meet U+E000 to U+FFFF. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    return x >= 0xd800 && y >= 0xd800 ? Math.sign(lifted(x) - lifted(y)) : x < y ? -1 : 1;
  }
  return a.length < b.length ? -1 : 1;
}

function lifted(unit: number): number {
  return unit >= 0xe000 ? unit - 0x2000 : unit + 0x2000;
}

function sameRank(a: Value, b: Value): number {
  if (isNumeric(a) && isNumeric(b)) return compareNumbers(a, b);
  if (a instanceof ObjectId && b instanceof ObjectId) return a.hex < b.hex ? -1 : a.hex > b.hex ? 1 : 0;
  if (a instanceof DateTime && b instanceof DateTime) return Math.sign(a.ms - b.ms);
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  if (isDoc(a) && isDoc(b)) return compareDocs(a, b);
  if (Array.isArray(a) && Array.isArray(b)) return compareArrays(a, b);
  if (a instanceof Binary && b instanceof Binary) return compareBinary(a, b);
  return sameRareRank(a, b);
}

function sameRareRank(a: Value, b: Value): number {
  if (a instanceof Regex && b instanceof Regex)
    return compareText(a.pattern, b.pattern) || compareText(a.options, b.options);
  if (a instanceof Timestamp && b instanceof Timestamp) return a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
  const x = a instanceof Opaque ? a.bytes : Buffer.from(typeof a === 'string' ? a : '');
  const y = b instanceof Opaque ? b.bytes : Buffer.from(typeof b === 'string' ? b : '');
  return Buffer.compare(x, y);
}

function compareBinary(a: Binary, b: Binary): number {
  return (
    Math.sign(a.bytes.length - b.bytes.length) || Math.sign(a.subtype - b.subtype) || Buffer.compare(a.bytes, b.bytes)
  );
}

function compareArrays(a: readonly Value[], b: readonly Value[]): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const order = compare(a[i], b[i]);
    if (order !== 0) return order;
  }
  return Math.sign(a.length - b.length);
}

function compareDocs(a: Doc, b: Doc): number {
  const others = b.entries();
  for (const [key, value] of a) {
    const next = others.next();
    if (next.done === true) return 1;
    const [otherKey, other] = next.value;
    const byRank = rankOf(value) - rankOf(other);
    const order = byRank !== 0 ? Math.sign(byRank) : compareText(key, otherKey) || compare(value, other);
    if (order !== 0) return order;
  }
  return others.next().done === true ? 0 : -1;
}

/** True when two values are equal in MongoDB's sense: 1 equals 1.0, key order counts. */
export function equal(a: Value | undefined, b: Value | undefined): boolean {
  return compare(a, b) === 0;
}

/** A text that is equal exactly for values that compare equal; for grouping and sets. */
export function keyOf(value: Value | undefined): string {
  if (value === undefined) return 'u';
  if (typeof value === 'string') return `s${value.length}:${value}`;
  if (isNumeric(value)) return numberKey(value);
  if (value instanceof ObjectId) return `o${value.hex}`;
  if (isDoc(value)) return `{${[...value].map(([key, item]) => `${key.length}:${key}${keyOf(item)}`).join(',')}}`;
  if (Array.isArray(value)) return `[${value.map(keyOf).join(',')}]`;
  if (value instanceof DateTime) return `d${value.ms}`;
  return rareKey(value);
}

function rareKey(value: Exclude<Value, string | number | bigint | Doc | Value[]>): string {
  if (value === null) return 'z';
  if (typeof value === 'boolean') return value ? 't' : 'f!';
  if (value instanceof Binary) return `b${value.subtype}:${value.bytes.toString('hex')}`;
  if (value instanceof Regex) return `r${value.pattern.length}:${value.pattern}/${value.options}`;
  if (value instanceof Timestamp) return `T${value.value}`;
  if (value instanceof Opaque) return `q${value.tag}:${value.bytes.toString('hex')}`;
  return value instanceof Sentinel && value.tag !== 0x06 ? `k${value.tag}` : 'u';
}
