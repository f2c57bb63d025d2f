import { type DecimalParts, decimalFromText, decimalOf, decimalParts, decimalToNumber } from '../bson/decimal.ts';
import { Decimal, Double, isInt32, toDouble, type Value } from '../bson/types.ts';

export type Numeric = number | bigint | Double | Decimal;

/** True for int32, int64, double and Decimal128. */
export function isNumeric(value: Value | undefined): value is Numeric {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Double || value instanceof Decimal;
}

/** The nearest JavaScript number. */
export function toNumber(value: Numeric): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  return value instanceof Double ? value.value : decimalToNumber(value);
}

/** The value as an integer if it is integral and safe, else undefined. */
export function toInteger(value: Value | undefined): number | undefined {
  if (!isNumeric(value)) return undefined;
  const number = toNumber(value);
  return Number.isSafeInteger(number) ? number + 0 : undefined;
}

/** Compares numbers of any type by value; NaN equals NaN and sorts before all others. */
export function compareNumbers(a: Numeric, b: Numeric): number {
  if (a instanceof Decimal || b instanceof Decimal) return compareDecimals(a, b);
  const x = a instanceof Double ? a.value : a;
  const y = b instanceof Double ? b.value : b;
  if (x < y) return -1;
  if (x > y) return 1;
  return Number(Number.isNaN(y)) - Number(Number.isNaN(x));
}

function compareDecimals(a: Numeric, b: Numeric): number {
  const x = toNumber(a);
  const y = toNumber(b);
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.isNaN(x) ? (Number.isNaN(y) ? 0 : -1) : 1;
  if (Math.abs(x - y) > Math.abs(x) * 1e-9) return x < y ? -1 : 1;
  const p = exactParts(a);
  const q = exactParts(b);
  if (p.kind !== 'finite' || q.kind !== 'finite') return x < y ? -1 : x > y ? 1 : 0;
  const exponent = Math.min(p.exponent, q.exponent);
  const left = scaled(p, exponent);
  const right = scaled(q, exponent);
  return left < right ? -1 : left > right ? 1 : 0;
}

function scaled(parts: DecimalParts & { kind: 'finite' }, exponent: number): bigint {
  if (parts.coefficient === 0n) return 0n;
  const size = parts.coefficient * 10n ** BigInt(parts.exponent - exponent);
  return parts.negative ? -size : size;
}

function exactParts(value: Numeric): DecimalParts {
  if (value instanceof Decimal) return decimalParts(value);
  if (typeof value === 'bigint')
    return { kind: 'finite', negative: value < 0n, coefficient: value < 0n ? -value : value, exponent: 0 };
  const number = toNumber(value);
  if (Number.isNaN(number)) return { kind: 'nan' };
  if (!Number.isFinite(number)) return { kind: 'infinite', negative: number < 0 };
  return doubleParts(number);
}

/** A double is m × 2^e; for negative e that is m × 5^-e × 10^e, exactly. */
function doubleParts(number: number): DecimalParts {
  let mantissa = Math.abs(number);
  let exponent = 0;
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2;
    exponent -= 1;
  }
  return { kind: 'finite', negative: number < 0, coefficient: BigInt(mantissa) * 5n ** BigInt(-exponent), exponent };
}

/** A text that is equal exactly for numbers that compare equal. */
export function numberKey(value: Numeric): string {
  const number = toNumber(value);
  if (!Number.isFinite(number)) return `n${number}`;
  if (Number.isSafeInteger(number) && !(value instanceof Decimal)) return `n${number + 0}`;
  if (typeof value === 'bigint') return `n${value}`;
  if (!(value instanceof Decimal)) return Number.isInteger(number) ? `n${BigInt(number)}` : `f${number}`;
  if (compareNumbers(value, toDouble(number) as Numeric) === 0) return numberKey(toDouble(number) as Numeric);
  return decimalKey(exactParts(value));
}

function decimalKey(parts: DecimalParts): string {
  if (parts.kind !== 'finite') return parts.kind;
  const digits = parts.coefficient.toString().replace(/0+$/, '');
  const exponent = parts.exponent + parts.coefficient.toString().length - digits.length;
  if (exponent >= 0) return `n${parts.negative ? '-' : ''}${digits}${'0'.repeat(exponent)}`;
  return `D${parts.negative ? '-' : ''}${digits}e${exponent}`;
}

const MAX_LONG = 2n ** 63n;

function fitLong(value: bigint): Value | undefined {
  return value >= -MAX_LONG && value < MAX_LONG ? value : undefined;
}

function isLong(value: Numeric): boolean {
  return typeof value === 'bigint';
}

function isWhole(value: Numeric): boolean {
  return typeof value === 'bigint' || (typeof value === 'number' && isInt32(value));
}

/** The wider of an integer result: int32 stays int32 unless it overflows or one side was an int64. */
function integer(result: bigint, wide: boolean): Value | undefined {
  const small = Number(result);
  if (!wide && isInt32(small)) return small;
  return fitLong(result);
}

function asDecimal(value: Numeric): Decimal {
  if (value instanceof Decimal) return value;
  const text = typeof value === 'bigint' ? value.toString() : decimalInput(toNumber(value), value);
  return decimalFromText(text) ?? decimalOf(false, 0n, 0);
}

/** A double enters decimal arithmetic with 15 significant digits, as on the server. */
function decimalInput(number: number, value: Numeric): string {
  if (isWhole(value) || !Number.isFinite(number)) return String(number);
  return Number.isInteger(number) && Math.abs(number) < 1e15 ? String(number) : number.toPrecision(15);
}

type Operation = { whole: (a: bigint, b: bigint) => bigint; float: (a: number, b: number) => number };

const ADD: Operation = { whole: (a, b) => a + b, float: (a, b) => a + b };
const SUBTRACT: Operation = { whole: (a, b) => a - b, float: (a, b) => a - b };
const MULTIPLY: Operation = { whole: (a, b) => a * b, float: (a, b) => a * b };

function compute(a: Numeric, b: Numeric, operation: Operation): Value | undefined {
  if (a instanceof Decimal || b instanceof Decimal) return decimalCompute(asDecimal(a), asDecimal(b), operation);
  if (isWhole(a) && isWhole(b)) {
    const result = operation.whole(BigInt(toNumberOrLong(a)), BigInt(toNumberOrLong(b)));
    return integer(result, isLong(a) || isLong(b));
  }
  return toDouble(operation.float(toNumber(a), toNumber(b)));
}

function toNumberOrLong(value: Numeric): number | bigint {
  return typeof value === 'bigint' ? value : toNumber(value);
}

function decimalCompute(a: Decimal, b: Decimal, operation: Operation): Value {
  const p = decimalParts(a);
  const q = decimalParts(b);
  if (p.kind !== 'finite' || q.kind !== 'finite') {
    return decimalFromText(String(operation.float(decimalToNumber(a), decimalToNumber(b)))) ?? a;
  }
  const multiply = operation === MULTIPLY;
  const exponent = Math.min(p.exponent, q.exponent);
  const left = multiply ? (p.negative ? -p.coefficient : p.coefficient) : scaled(p, exponent);
  const right = multiply ? (q.negative ? -q.coefficient : q.coefficient) : scaled(q, exponent);
  const result = operation.whole(left, right);
  return decimalOf(result < 0n, result < 0n ? -result : result, multiply ? p.exponent + q.exponent : exponent);
}

/** The sum in the wider type of the two; undefined when an int64 overflows. */
export function add(a: Numeric, b: Numeric): Value | undefined {
  return compute(a, b, ADD);
}

/** The difference in the wider type of the two; undefined when an int64 overflows. */
export function subtract(a: Numeric, b: Numeric): Value | undefined {
  return compute(a, b, SUBTRACT);
}

/** The product in the wider type of the two; undefined when an int64 overflows. */
export function multiply(a: Numeric, b: Numeric): Value | undefined {
  return compute(a, b, MULTIPLY);
}
