import { DateTime, Decimal, toDouble, type Value } from '../bson/types.ts';
import { ServerError } from '../errors.ts';
import { compare } from '../values/compare.ts';
import { add, isNumeric, multiply, type Numeric, subtract, toNumber } from '../values/numbers.ts';
import { typeName } from '../values/types.ts';
import { type Builder, isNullish, listed, unary } from './arguments.ts';

/** An int64 that overflows becomes a double, as on the server. */
function or(result: Value | undefined, fallback: () => number): Value {
  return result ?? toDouble(fallback());
}

/** The sum of two numbers in an expression or accumulator. */
export function sum(a: Numeric, b: Numeric): Numeric {
  return or(add(a, b), () => toNumber(a) + toNumber(b)) as Numeric;
}

function addAll(values: (Value | undefined)[]): Value | undefined {
  let total: Numeric = 0;
  let dated = false;
  for (const value of values) {
    if (isNullish(value)) return null;
    if (value instanceof DateTime) {
      if (dated) throw new ServerError(16612, 'only one date allowed in an $add expression');
      dated = true;
      total = sum(total, BigInt(value.ms));
    } else if (isNumeric(value)) total = sum(total, value);
    else throw new ServerError(16554, `$add only supports numeric or date types, not ${typeName(value)}`);
  }
  return dated ? new DateTime(Math.round(toNumber(total))) : total;
}

function subtractPair([a, b]: (Value | undefined)[]): Value | undefined {
  if (isNullish(a) || isNullish(b)) return null;
  if (a instanceof DateTime && b instanceof DateTime) return BigInt(a.ms - b.ms);
  if (a instanceof DateTime && isNumeric(b)) return new DateTime(a.ms - Math.round(toNumber(b)));
  if (isNumeric(a) && isNumeric(b)) return or(subtract(a, b), () => toNumber(a) - toNumber(b));
  throw new ServerError(16556, `can't $subtract ${typeName(b)} from ${typeName(a)}`);
}

function multiplyAll(values: (Value | undefined)[]): Value | undefined {
  let product: Numeric = 1;
  for (const value of values) {
    if (isNullish(value)) return null;
    if (!isNumeric(value))
      throw new ServerError(16555, `$multiply only supports numeric types, not ${typeName(value)}`);
    const factor: Numeric = product;
    product = or(multiply(factor, value), () => toNumber(factor) * toNumber(value)) as Numeric;
  }
  return product;
}

function refuseDecimal(name: string, ...values: Numeric[]): void {
  if (values.some((value) => value instanceof Decimal))
    throw new ServerError(238, `${name} of Decimal128 is not implemented`);
}

function dividePair([a, b]: (Value | undefined)[]): Value | undefined {
  if (isNullish(a) || isNullish(b)) return null;
  if (!isNumeric(a) || !isNumeric(b))
    throw new ServerError(16609, `$divide only supports numeric types, not ${typeName(a)} and ${typeName(b)}`);
  if (toNumber(b) === 0) throw new ServerError(2, "can't $divide by zero");
  refuseDecimal('$divide', a, b);
  return toDouble(toNumber(a) / toNumber(b));
}

function modPair([a, b]: (Value | undefined)[]): Value | undefined {
  if (isNullish(a) || isNullish(b)) return null;
  if (!isNumeric(a) || !isNumeric(b))
    throw new ServerError(16611, `$mod only supports numeric types, not ${typeName(a)} and ${typeName(b)}`);
  if (toNumber(b) === 0) throw new ServerError(16610, "can't $mod by zero");
  refuseDecimal('$mod', a, b);
  if (typeof a === 'bigint' || typeof b === 'bigint') return BigInt(toNumber(a)) % BigInt(toNumber(b));
  const rest = toNumber(a) % toNumber(b);
  return typeof a === 'number' && typeof b === 'number' ? rest : toDouble(rest);
}

function rounding(round: (value: number) => number): Builder {
  return unary((value, name) => {
    if (isNullish(value)) return null;
    if (!isNumeric(value)) throw new ServerError(28765, `${name} only supports numeric types, not ${typeName(value)}`);
    refuseDecimal(name, value);
    if (typeof value === 'bigint') return round === Math.abs && value < 0n ? -value : value;
    const result = round(toNumber(value));
    return typeof value === 'number' && Number.isInteger(value) ? result : toDouble(result);
  });
}

function roundPlaces([value, places]: (Value | undefined)[]): Value | undefined {
  if (isNullish(value)) return null;
  if (!isNumeric(value)) throw new ServerError(51081, `$round only supports numeric types, not ${typeName(value)}`);
  refuseDecimal('$round', value);
  const digits = isNumeric(places) ? toNumber(places) : 0;
  if (digits < -20 || digits > 100) throw new ServerError(51083, '$round place must be between -20 and 100');
  if (typeof value === 'bigint') return digits >= 0 ? value : BigInt(halfEven(Number(value), digits));
  const result = halfEven(toNumber(value), digits);
  return typeof value === 'number' && Number.isInteger(value) ? result : toDouble(result);
}

function halfEven(value: number, digits: number): number {
  const unit = 10 ** digits;
  const scaled = value * unit;
  const floor = Math.floor(scaled);
  const rest = scaled - floor;
  if (rest !== 0.5) return Math.round(scaled) / unit;
  return (floor % 2 === 0 ? floor : floor + 1) / unit;
}

function extreme(pick: (order: number) => boolean): Builder {
  return listed({ min: 0 }, (values) => {
    const [only] = values;
    const items = values.length === 1 && Array.isArray(only) ? only : values;
    return best(items, pick);
  });
}

function best(items: readonly (Value | undefined)[], pick: (order: number) => boolean): Value {
  let found: Value | undefined;
  for (const item of items) {
    if (isNullish(item)) continue;
    if (found === undefined || pick(compare(item, found))) found = item;
  }
  return found ?? null;
}

function sumOf(values: (Value | undefined)[]): Value {
  const [only] = values;
  const items = values.length === 1 && Array.isArray(only) ? only : values;
  return items.filter(isNumeric).reduce(sum, 0);
}

function average(values: (Value | undefined)[]): Value {
  const [only] = values;
  const items = (values.length === 1 && Array.isArray(only) ? only : values).filter(isNumeric);
  if (items.length === 0) return null;
  const total = items.reduce(sum, 0);
  refuseDecimal('$avg', total);
  return toDouble(toNumber(total) / items.length);
}

/** Numbers: sums, differences, rounding and extremes. */
export const ARITHMETIC: Readonly<Record<string, Builder>> = {
  $add: listed({ min: 0 }, addAll),
  $subtract: listed({ min: 2, max: 2 }, subtractPair),
  $multiply: listed({ min: 0 }, multiplyAll),
  $divide: listed({ min: 2, max: 2 }, dividePair),
  $mod: listed({ min: 2, max: 2 }, modPair),
  $abs: rounding(Math.abs),
  $ceil: rounding(Math.ceil),
  $floor: rounding(Math.floor),
  $trunc: rounding(Math.trunc),
  $round: listed({ min: 1, max: 2 }, roundPlaces),
  $max: extreme((order) => order > 0),
  $min: extreme((order) => order < 0),
  $sum: listed({ min: 0 }, sumOf),
  $avg: listed({ min: 0 }, average),
};
