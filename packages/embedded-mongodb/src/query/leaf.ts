import { type Doc, isDoc, Regex, Sentinel, type Value } from '../bson/types.ts';
import { badValue, failedToParse, ServerError } from '../errors.ts';
import { compare, equal, keyOf, rankOf } from '../values/compare.ts';
import { isNumeric, toInteger, toNumber } from '../values/numbers.ts';
import type { ValueTest } from '../values/path.ts';
import { TYPE_NUMBERS, typeNumber } from '../values/types.ts';
import { compileRegex, regexOperand } from './regex.ts';

/** A test of the values at one path. `expand`: also the elements of an array are tested. `negate`: none may pass. */
export type Leaf = { test: ValueTest; expand: boolean; negate?: true };

/** Equality in a query: null also matches an absent or undefined value, a regular expression also matches text. */
export function equality(operand: Value): ValueTest {
  if (operand === null) return (value) => value === undefined || value === null || isUndefined(value);
  if (operand instanceof Regex) return regexTest(operand);
  if (typeof operand === 'string') return (value) => value === operand;
  return (value) => value !== undefined && equal(value, operand);
}

function isUndefined(value: Value): boolean {
  return value instanceof Sentinel && value.tag === 0x06;
}

export function regexTest(regex: Regex): ValueTest {
  const compiled = compileRegex(regex);
  return (value) =>
    (typeof value === 'string' && compiled.test(value)) || (value instanceof Regex && equal(value, regex));
}

/** `$gt` and its kin compare only values of the operand's own type, except against MinKey and MaxKey. */
function ordering(accept: (order: number) => boolean): (operand: Value) => Leaf {
  return (operand) => {
    if (operand instanceof Regex) badValue("Can't have RegEx as arg to predicate over field");
    const rank = rankOf(operand);
    const total = rank === -1 || rank === 127;
    const nan = isNumeric(operand) && Number.isNaN(toNumber(operand));
    const test: ValueTest = (value) => {
      if (value === undefined) return rank === 5 && accept(0);
      if (!total && rankOf(value) !== rank) return false;
      const order = compare(value, operand);
      return nan || (isNumeric(value) && Number.isNaN(toNumber(value))) ? order === 0 && accept(0) : accept(order);
    };
    return { test, expand: true };
  };
}

function membership(name: string, operand: Value): ValueTest {
  if (!Array.isArray(operand)) badValue(`${name} needs an array`);
  if (operand.some((item) => isDoc(item) && [...item.keys()][0]?.startsWith('$') === true)) {
    badValue(`cannot nest $ under ${name}`);
  }
  const patterns = operand.filter((item) => item instanceof Regex).map(regexTest);
  const keys = new Set(operand.filter((item) => !(item instanceof Regex)).map(keyOf));
  const absent = operand.includes(null);
  return (value) => {
    if (value === undefined || isUndefined(value)) return absent;
    return keys.has(keyOf(value)) || patterns.some((test) => test(value));
  };
}

function typeTest(operand: Value): ValueTest {
  const wanted = new Set((Array.isArray(operand) ? operand : [operand]).flatMap(typeCodes));
  return (value) => value !== undefined && wanted.has(typeNumber(value));
}

function typeCodes(operand: Value): number[] {
  if (operand === 'number') return [1, 16, 18, 19];
  if (typeof operand === 'string') {
    const code = Object.hasOwn(TYPE_NUMBERS, operand) ? TYPE_NUMBERS[operand] : undefined;
    return code === undefined ? badValue(`Unknown type name alias: ${operand}`) : [code];
  }
  const code = toInteger(operand);
  if (code === undefined || !Object.values(TYPE_NUMBERS).includes(code)) badValue('Invalid numerical type code');
  return [code];
}

function size(operand: Value): ValueTest {
  const length = toInteger(operand);
  if (length === undefined) failedToParse('Failed to parse $size. Expected an integer');
  if (length < 0) failedToParse('Failed to parse $size. Expected a non-negative number');
  return (value) => Array.isArray(value) && value.length === length;
}

function modulo(operand: Value): ValueTest {
  if (!Array.isArray(operand)) badValue('malformed mod, needs to be an array');
  if (operand.length !== 2) badValue(`malformed mod, ${operand.length < 2 ? 'not enough' : 'too many'} elements`);
  const [divisor, remainder] = operand.map((item) => (isNumeric(item) ? Math.trunc(toNumber(item)) : Number.NaN));
  if (divisor === undefined || !Number.isSafeInteger(divisor)) badValue('malformed mod, divisor not a number');
  if (remainder === undefined || !Number.isSafeInteger(remainder)) badValue('malformed mod, remainder not a number');
  if (divisor === 0) badValue('divisor cannot be 0');
  return (value) => isNumeric(value) && moduloOf(toNumber(value), divisor) === remainder;
}

function moduloOf(value: number, divisor: number): number {
  return Number.isFinite(value) ? (Math.trunc(value) % divisor) + 0 : Number.NaN;
}

function truthy(operand: Value): boolean {
  return !(operand === false || operand === null || (isNumeric(operand) && toNumber(operand) === 0));
}

function plain(test: ValueTest): Leaf {
  return { test, expand: true };
}

function exists(operand: Value): Leaf {
  const present: ValueTest = (value) => value !== undefined;
  return truthy(operand) ? { test: present, expand: false } : { test: present, expand: false, negate: true };
}

function refuseRegex(operand: Value): Value {
  return operand instanceof Regex ? badValue("Can't have regex as arg to $ne.") : operand;
}

/** Every operator of a field that needs nothing but its operand and, for `$regex`, its siblings. */
export const LEAF_OPERATORS: Readonly<Record<string, (operand: Value, siblings: Doc) => Leaf>> = {
  $eq: (operand) =>
    operand instanceof Regex
      ? plain((value) => value !== undefined && equal(value, operand))
      : plain(equality(operand)),
  $ne: (operand) => ({ test: equality(refuseRegex(operand)), expand: true, negate: true }),
  $gt: ordering((order) => order > 0),
  $gte: ordering((order) => order >= 0),
  $lt: ordering((order) => order < 0),
  $lte: ordering((order) => order <= 0),
  $in: (operand) => plain(membership('$in', operand)),
  $nin: (operand) => ({ test: membership('$nin', operand), expand: true, negate: true }),
  $exists: exists,
  $type: (operand) => plain(typeTest(operand)),
  $size: (operand) => ({ test: size(operand), expand: false }),
  $mod: (operand) => plain(modulo(operand)),
  $regex: (operand, siblings) => plain(regexTest(regexOperand(operand, siblings.get('$options')))),
  $options: (_operand, siblings) =>
    siblings.has('$regex')
      ? plain(() => true)
      : (() => {
          throw new ServerError(2, '$options needs a $regex');
        })(),
};
