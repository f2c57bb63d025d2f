import { type Doc, isDoc, type Value } from '../bson/types.ts';
import { ServerError } from '../errors.ts';
import { equal, keyOf } from '../values/compare.ts';
import { toInteger } from '../values/numbers.ts';
import { typeName } from '../values/types.ts';
import { type Builder, isNullish, listed, unary } from './arguments.ts';
import { compileExpression, isTrue, type Names } from './compile.ts';
import type { Expression, Scope } from './scope.ts';

function asArray(value: Value | undefined, code: number, what: string): Value[] {
  if (!Array.isArray(value)) throw new ServerError(code, `${what} must be an array, but is ${typeName(value)}`);
  return value;
}

function elementAt([array, position]: (Value | undefined)[]): Value | undefined {
  if (isNullish(array) || isNullish(position)) return null;
  const index = toInteger(position);
  if (index === undefined) throw new ServerError(28690, "$arrayElemAt's second argument must be an integer");
  return asArray(array, 28689, "$arrayElemAt's first argument").at(index);
}

function concatArrays(values: (Value | undefined)[]): Value {
  const result: Value[] = [];
  for (const value of values) {
    if (isNullish(value)) return null;
    result.push(...asArray(value, 28664, '$concatArrays'));
  }
  return result;
}

/** Runs `body` for each element of an input, with the element bound to a variable. */
function each(
  operand: Value,
  names: Names,
  bodyName: string,
  run: (items: Value[], body: (item: Value) => Value | undefined) => Value,
): Expression {
  const input = isDoc(operand) ? operand.get('input') : undefined;
  const body = isDoc(operand) ? operand.get(bodyName) : undefined;
  if (!isDoc(operand) || input === undefined || body === undefined)
    throw new ServerError(28648, `Missing 'input' or '${bodyName}' parameter`);
  for (const key of operand.keys()) {
    if (key !== 'input' && key !== 'as' && key !== bodyName)
      throw new ServerError(28647, `Unrecognized parameter: ${key}`);
  }
  const variable = operand.get('as') ?? 'this';
  if (typeof variable !== 'string') throw new ServerError(9, "'as' must be a string");
  const from = compileExpression(input, names);
  const inner = compileExpression(body, { variables: new Map([...names.variables, [variable, null]]) });
  return (scope) => {
    const items = from(scope);
    if (isNullish(items)) return null;
    return run(asArray(items, 28651, 'input'), (item) => inner(bind(scope, variable, item)));
  };
}

function bind(scope: Scope, variable: string, item: Value): Scope {
  return { ...scope, variables: new Map([...scope.variables, [variable, item]]) };
}

function unique(items: readonly Value[]): Value[] {
  const found = new Map(items.map((item) => [keyOf(item), item] as const));
  return [...found.values()];
}

function setUnion(values: (Value | undefined)[]): Value {
  return values.some(isNullish) ? null : unique(values.flatMap((value) => asArray(value, 17043, '$setUnion')));
}

function setDifference([a, b]: (Value | undefined)[]): Value {
  if (isNullish(a) || isNullish(b)) return null;
  const without = new Set(asArray(b, 17049, '$setDifference').map(keyOf));
  return unique(asArray(a, 17048, '$setDifference').filter((item) => !without.has(keyOf(item))));
}

function slice([array, first, count]: (Value | undefined)[]): Value {
  if (isNullish(array) || isNullish(first)) return null;
  const items = asArray(array, 28724, '$slice');
  const start = toInteger(first);
  const length = count === undefined ? undefined : toInteger(count);
  if (start === undefined) throw new ServerError(28725, '$slice needs an integer');
  if (count === undefined) return start >= 0 ? items.slice(0, start) : items.slice(start);
  if (length === undefined || length <= 0) throw new ServerError(28729, '$slice needs a positive count');
  const from = start >= 0 ? start : Math.max(0, items.length + start);
  return items.slice(from, from + length);
}

function mergeObjects(values: (Value | undefined)[]): Value {
  const result: Doc = new Map();
  for (const value of values) {
    if (isNullish(value)) continue;
    if (!isDoc(value))
      throw new ServerError(40400, `$mergeObjects requires object inputs, but input is of type ${typeName(value)}`);
    for (const [key, item] of value) result.set(key, item);
  }
  return result;
}

function objectToArray(value: Value | undefined): Value {
  if (isNullish(value)) return null;
  if (!isDoc(value))
    throw new ServerError(40390, `$objectToArray requires a document input, found: ${typeName(value)}`);
  return [...value].map(
    ([k, v]) =>
      new Map<string, Value>([
        ['k', k],
        ['v', v],
      ]),
  );
}

/** Arrays, sets and objects. */
export const ARRAYS: Readonly<Record<string, Builder>> = {
  $in: listed({ min: 2, max: 2 }, ([item, array]) => asArray(array, 40081, '$in').some((other) => equal(item, other))),
  $size: unary((value) => asArray(value, 17124, 'The argument to $size').length),
  $isArray: unary((value) => Array.isArray(value)),
  $arrayElemAt: listed({ min: 2, max: 2 }, elementAt),
  $first: unary((value) => (isNullish(value) ? null : asArray(value, 28689, '$first')[0])),
  $last: unary((value) => (isNullish(value) ? null : asArray(value, 28689, '$last').at(-1))),
  $concatArrays: listed({ min: 0 }, concatArrays),
  $slice: listed({ min: 2, max: 3 }, slice),
  $setUnion: listed({ min: 0 }, setUnion),
  $setDifference: listed({ min: 2, max: 2 }, setDifference),
  $mergeObjects: listed({ min: 0 }, mergeObjects),
  $objectToArray: unary(objectToArray),
  $filter: (operand, names) =>
    each(operand, names, 'cond', (items, body) => items.filter((item) => isTrue(body(item)))),
  $map: (operand, names) => each(operand, names, 'in', (items, body) => items.map((item) => body(item) ?? null)),
};
