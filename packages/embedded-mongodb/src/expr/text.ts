import type { Value } from '../bson/types.ts';
import { ServerError } from '../errors.ts';
import { typeName } from '../values/types.ts';
import { type Builder, isNullish, listed, unary } from './arguments.ts';
import { textOf } from './conversions.ts';

function concat(values: (Value | undefined)[]): Value {
  for (const value of values) {
    if (isNullish(value)) return null;
    if (typeof value !== 'string')
      throw new ServerError(16702, `$concat only supports strings, not ${typeName(value)}`);
  }
  return values.join('');
}

function asText(value: Value | undefined): string {
  return isNullish(value) ? '' : textOf(value);
}

/** ASCII letters only: the server leaves others alone. */
function upper(value: string): string {
  return value.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

function lower(value: string): string {
  return value.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function substring([value, start, count]: (Value | undefined)[]): Value {
  const points = [...asText(value)];
  if (typeof start !== 'number' || typeof count !== 'number' || start < 0) {
    throw new ServerError(34450, '$substrCP: the start must be a non-negative integer and the count a number');
  }
  return points.slice(start, count < 0 ? undefined : start + count).join('');
}

function length(value: Value | undefined): Value {
  if (typeof value !== 'string')
    throw new ServerError(34471, `$strLenCP requires a string argument, found: ${typeName(value)}`);
  return [...value].length;
}

/** Text. */
export const TEXT: Readonly<Record<string, Builder>> = {
  $concat: listed({ min: 0 }, concat),
  $toUpper: unary((value) => upper(asText(value))),
  $toLower: unary((value) => lower(asText(value))),
  $substrCP: listed({ min: 3, max: 3 }, substring),
  $strLenCP: unary(length),
};
