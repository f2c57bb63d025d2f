import { decimalText } from '../bson/decimal.ts';
import {
  Binary,
  DateTime,
  Decimal,
  Double,
  isDoc,
  ObjectId,
  Regex,
  Sentinel,
  Timestamp,
  type Value,
} from '../bson/types.ts';

/** A value as the server prints it in error messages, for example `{ a: 1, b: "x" }`. */
export function show(value: Value | undefined): string {
  if (value === undefined) return 'MISSING';
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[ ${value.map(show).join(', ')} ]`;
  if (isDoc(value))
    return value.size === 0 ? '{}' : `{ ${[...value].map(([key, item]) => `${key}: ${show(item)}`).join(', ')} }`;
  return showObject(value);
}

function showObject(value: Value): string {
  if (value instanceof ObjectId) return `ObjectId('${value.hex}')`;
  if (value instanceof DateTime) return `new Date(${value.ms})`;
  if (value instanceof Double) return `${value.value}.0`;
  if (value instanceof Decimal) return decimalText(value);
  if (value instanceof Binary) return `BinData(${value.subtype}, ${value.bytes.toString('hex').toUpperCase()})`;
  if (value instanceof Regex) return `/${value.pattern}/${value.options}`;
  if (value instanceof Timestamp) return `Timestamp(${value.value >> 32n}, ${value.value & 0xffffffffn})`;
  if (value instanceof Sentinel) return value.tag === 0xff ? 'MinKey' : value.tag === 0x7f ? 'MaxKey' : 'undefined';
  return '?';
}
