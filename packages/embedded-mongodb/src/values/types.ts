import {
  Binary,
  DateTime,
  Decimal,
  Double,
  isDoc,
  isInt32,
  ObjectId,
  Opaque,
  Regex,
  Sentinel,
  Timestamp,
  type Value,
} from '../bson/types.ts';

/** The aliases `$type` accepts, with the number of the type on the wire. */
export const TYPE_NUMBERS: Readonly<Record<string, number>> = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  undefined: 6,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  dbPointer: 12,
  javascript: 13,
  symbol: 14,
  javascriptWithScope: 15,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  minKey: -1,
  maxKey: 127,
};

const NAMES = new Map(Object.entries(TYPE_NUMBERS).map(([name, number]) => [number, name]));

/** The number of a value's BSON type, as `$type` counts them. */
export function typeNumber(value: Value): number {
  if (typeof value === 'string') return 2;
  if (typeof value === 'number') return isInt32(value) ? 16 : 1;
  if (typeof value === 'boolean') return 8;
  if (typeof value === 'bigint') return 18;
  if (value === null) return 10;
  if (isDoc(value)) return 3;
  return Array.isArray(value) ? 4 : objectType(value);
}

function objectType(value: Value): number {
  if (value instanceof ObjectId) return 7;
  if (value instanceof DateTime) return 9;
  if (value instanceof Double) return 1;
  if (value instanceof Binary) return 5;
  if (value instanceof Decimal) return 19;
  if (value instanceof Regex) return 11;
  if (value instanceof Timestamp) return 17;
  if (value instanceof Opaque) return value.tag;
  return value instanceof Sentinel && value.tag === 0xff ? -1 : (value as Sentinel).tag;
}

/** The alias of a value's type; `missing` for an absent value. */
export function typeName(value: Value | undefined): string {
  return value === undefined ? 'missing' : (NAMES.get(typeNumber(value)) ?? 'unknown');
}
