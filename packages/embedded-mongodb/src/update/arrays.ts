import { type Doc, isDoc, Regex, type Value } from '../bson/types.ts';
import { badValue, failedToParse, ServerError } from '../errors.ts';
import { compileFilter, isOperatorDoc } from '../query/matcher.ts';
import { readSort, sortBy } from '../query/sort.ts';
import { compare, equal, keyOf } from '../values/compare.ts';
import { isNumeric, toInteger, toNumber } from '../values/numbers.ts';
import { typeName } from '../values/types.ts';
import type { FieldOperator, Task } from './fields.ts';
import { arrayAt, setAt } from './path.ts';

/** The modifiers `$push` accepts beside `$each`. */
export const PUSH_MODIFIERS = ['$each', '$slice', '$sort', '$position'] as const;

function push({ document, path, operand }: Task): void {
  const modifiers = isDoc(operand) && operand.has('$each') ? operand : undefined;
  const old = arrayAt(document, path, '$push') ?? [];
  if (modifiers === undefined) {
    setAt(document, path, [...old, operand]);
    return;
  }
  const each = modifiers.get('$each');
  if (!Array.isArray(each))
    badValue(`The argument to $each in $push must be an array but it was of type: ${typeName(each)}`);
  for (const name of modifiers.keys()) {
    if (!PUSH_MODIFIERS.some((known) => known === name)) badValue(`Unrecognized clause in $push: ${name}`);
  }
  const inserted = insertAt(old, each, modifiers.get('$position'));
  const ordered = sortArray(inserted, modifiers.get('$sort'));
  setAt(document, path, sliceArray(ordered, modifiers.get('$slice')));
}

function insertAt(old: readonly Value[], each: readonly Value[], position: Value | undefined): Value[] {
  if (position === undefined) return [...old, ...each];
  const at = toInteger(position);
  if (at === undefined) badValue('The value for $position must be an integer value');
  const index = at < 0 ? Math.max(0, old.length + at) : Math.min(at, old.length);
  return [...old.slice(0, index), ...each, ...old.slice(index)];
}

function sortArray(items: Value[], spec: Value | undefined): Value[] {
  if (spec === undefined) return items;
  if (isDoc(spec)) return sortBy(items, readSort(spec), (item) => item);
  const direction = toInteger(spec);
  if (direction !== 1 && direction !== -1) badValue('The $sort element value must be either 1 or -1');
  return [...items].sort((a, b) => compare(a, b) * direction);
}

function sliceArray(items: Value[], spec: Value | undefined): Value[] {
  if (spec === undefined) return items;
  const count = toInteger(spec);
  if (count === undefined) badValue('The value for $slice must be an integer value');
  if (count === 0) return [];
  return count > 0 ? items.slice(0, count) : items.slice(count);
}

function addToSet({ document, path, operand }: Task): void {
  const first = isDoc(operand) ? [...operand.keys()][0] : undefined;
  const each = isDoc(operand) && first === '$each' ? operand.get('$each') : [operand];
  if (!Array.isArray(each))
    throw new ServerError(
      14,
      `The argument to $each in $addToSet must be an array but it was of type ${typeName(each)}`,
    );
  if (isDoc(operand) && first === '$each' && operand.size > 1)
    badValue('Found unexpected fields after $each in $addToSet');
  const old = arrayAt(document, path, '$addToSet') ?? [];
  const known = new Set(old.map(keyOf));
  const result = [...old];
  for (const item of each) {
    if (known.has(keyOf(item))) continue;
    known.add(keyOf(item));
    result.push(item);
  }
  setAt(document, path, result);
}

function pull(task: Task): void {
  const { document, path, operand, now } = task;
  const old = arrayAt(document, path, '$pull');
  if (old === undefined) return;
  const scope = { root: undefined, current: undefined, now, variables: new Map<string, Value>() };
  setAt(
    document,
    path,
    old.filter((item) => !pulled(operand, item, scope)),
  );
}

type PullScope = Parameters<typeof compileFilter>[1];

function pulled(operand: Value, item: Value, scope: PullScope): boolean {
  if (isOperatorDoc(operand) || operand instanceof Regex) {
    const test: Doc = new Map([['v', operand]]);
    return compileFilter(wrapLogical(operand, test), scope)(new Map([['v', item]]));
  }
  if (!isDoc(operand)) return equal(operand, item);
  return isDoc(item) && compileFilter(operand, scope)(item);
}

/** `$pull` of `{ $or: [...] }` matches elements as documents, other operators match them as values. */
function wrapLogical(operand: Value, test: Doc): Doc {
  if (isDoc(operand) && ['$or', '$and', '$nor', '$expr'].some((name) => operand.has(name))) {
    failedToParse('$pull with $and, $or, $nor or $expr at its top is not implemented');
  }
  return test;
}

function pullAll({ document, path, operand }: Task): void {
  if (!Array.isArray(operand)) badValue(`$pullAll requires an array argument but was given a ${typeName(operand)}`);
  const old = arrayAt(document, path, '$pullAll');
  const gone = new Set(operand.map(keyOf));
  if (old !== undefined)
    setAt(
      document,
      path,
      old.filter((item) => !gone.has(keyOf(item))),
    );
}

function pop({ document, path, operand }: Task): void {
  const end = isNumeric(operand) ? toNumber(operand) : Number.NaN;
  if (end !== 1 && end !== -1) failedToParse(`$pop expects 1 or -1, found: ${String(end)}`);
  const old = arrayAt(document, path, '$pop');
  if (old !== undefined) setAt(document, path, end === 1 ? old.slice(0, -1) : old.slice(1));
}

/** Operators that change an array. */
export const ARRAY_OPERATORS: Readonly<Record<string, FieldOperator>> = {
  $push: push,
  $addToSet: addToSet,
  $pull: pull,
  $pullAll: pullAll,
  $pop: pop,
};
