import { decimalFromText, decimalText } from '../bson/decimal.ts';
import { DateTime, Decimal, isInt32, ObjectId, toDouble, type Value } from '../bson/types.ts';
import { ServerError } from '../errors.ts';
import { isNumeric, toNumber } from '../values/numbers.ts';
import { typeName } from '../values/types.ts';
import { type Builder, isNullish, unary } from './arguments.ts';
import { isTrue } from './compile.ts';

function refuse(value: Value, to: string): never {
  throw new ServerError(
    241,
    `Unsupported conversion from ${typeName(value)} to ${to} in $convert with no onError value`,
  );
}

/** `$toString` of a value. */
export function textOf(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (value instanceof Decimal) return decimalText(value);
  if (isNumeric(value)) return String(toNumber(value));
  if (value instanceof ObjectId) return value.hex;
  if (value instanceof DateTime && Math.abs(value.ms) <= 8.64e15) return new Date(value.ms).toISOString();
  return refuse(value, 'string');
}

function numberIn(text: string, to: string): number {
  const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(number))
    throw new ServerError(241, `Failed to parse number '${text}' in $convert to ${to} with no onError value`);
  return number;
}

function toDoubleValue(value: Value): Value {
  if (typeof value === 'string') return toDouble(numberIn(value, 'double'));
  if (typeof value === 'boolean') return toDouble(Number(value));
  if (value instanceof DateTime) return toDouble(value.ms);
  return isNumeric(value) ? toDouble(toNumber(value)) : refuse(value, 'double');
}

function toInt(value: Value): Value {
  if (typeof value === 'string' && !/^[+-]?\d+$/.test(value)) refuseText(value, 'int');
  const number =
    typeof value === 'string' || typeof value === 'boolean'
      ? Number(value)
      : isNumeric(value)
        ? toNumber(value)
        : refuse(value, 'int');
  const whole = Math.trunc(number) + 0;
  if (!isInt32(whole))
    throw new ServerError(241, 'Conversion would overflow target type in $convert with no onError value');
  return whole;
}

function refuseText(text: string, to: string): never {
  throw new ServerError(241, `Failed to parse number '${text}' in $convert to ${to} with no onError value`);
}

function toLong(value: Value): Value {
  if (typeof value === 'string') return /^[+-]?\d+$/.test(value) ? fit(BigInt(value)) : refuseText(value, 'long');
  if (typeof value === 'bigint') return value;
  if (value instanceof DateTime) return BigInt(value.ms);
  const number =
    typeof value === 'boolean' ? Number(value) : isNumeric(value) ? toNumber(value) : refuse(value, 'long');
  if (!Number.isFinite(number))
    throw new ServerError(241, 'Attempt to convert a value that is not finite to integer type');
  return fit(BigInt(Math.trunc(number)));
}

function fit(value: bigint): bigint {
  if (BigInt.asIntN(64, value) !== value)
    throw new ServerError(241, 'Conversion would overflow target type in $convert with no onError value');
  return value;
}

function toDate(value: Value): Value {
  if (value instanceof DateTime) return value;
  if (value instanceof ObjectId) return new DateTime(Number.parseInt(value.hex.slice(0, 8), 16) * 1000);
  if (isNumeric(value) && typeof value !== 'string') return new DateTime(Math.trunc(toNumber(value)));
  const ms =
    typeof value === 'string' && /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d))?$/.test(value)
      ? Date.parse(value)
      : Number.NaN;
  if (!Number.isNaN(ms)) return new DateTime(ms);
  return typeof value === 'string' ? refuseText(value, 'date') : refuse(value, 'date');
}

function toObjectId(value: Value): Value {
  if (value instanceof ObjectId) return value;
  if (typeof value === 'string' && /^[0-9a-f]{24}$/i.test(value)) return new ObjectId(value.toLowerCase());
  return typeof value === 'string' ? refuseText(value, 'objectId') : refuse(value, 'objectId');
}

function toDecimal(value: Value): Value {
  if (value instanceof Decimal) return value;
  const source = typeof value === 'boolean' ? Number(value) : value;
  const text =
    typeof source === 'string' ? source : isNumeric(source) ? decimalInput(source) : refuse(value, 'decimal');
  return decimalFromText(text) ?? refuseText(text, 'decimal');
}

function decimalInput(value: Value): string {
  if (typeof value === 'bigint') return value.toString();
  const number = isNumeric(value) ? toNumber(value) : Number.NaN;
  return typeof value === 'number' && isInt32(value) ? String(number) : number.toPrecision(15);
}

function conversion(convert: (value: Value) => Value): Builder {
  return unary((value) => (isNullish(value) ? null : convert(value)));
}

/** Conversions between types. */
export const CONVERSIONS: Readonly<Record<string, Builder>> = {
  $type: unary((value) => typeName(value)),
  $isNumber: unary((value) => isNumeric(value)),
  $toString: conversion(textOf),
  $toDouble: conversion(toDoubleValue),
  $toInt: conversion(toInt),
  $toLong: conversion(toLong),
  $toDecimal: conversion(toDecimal),
  $toDate: conversion(toDate),
  $toObjectId: conversion(toObjectId),
  $toBool: conversion((value) => isTrue(value)),
};
