import { type DateTime, type Doc, isDoc, Timestamp, type Value } from '../bson/types.ts';
import { badValue, ServerError, typeMismatch } from '../errors.ts';
import { compare, equal } from '../values/compare.ts';
import { add, isNumeric, multiply, type Numeric } from '../values/numbers.ts';
import { show } from '../values/show.ts';
import { typeName } from '../values/types.ts';
import { getAt, setAt, unsetAt, updatePath } from './path.ts';

/** What an operator may need besides its operand. */
export type Task = { document: Doc; path: readonly string[]; operand: Value; now: DateTime; insert: boolean };

export type FieldOperator = (task: Task) => void;

function arithmetic(
  name: string,
  neutral: (operand: Numeric) => Value,
  run: (a: Numeric, b: Numeric) => Value | undefined,
): FieldOperator {
  return ({ document, path, operand }) => {
    if (!isNumeric(operand))
      typeMismatch(
        `Cannot ${name === '$inc' ? 'increment' : 'multiply'} with non-numeric argument: {${path.join('.')}: ${show(operand)}}`,
      );
    const value = getAt(document, path);
    if (value !== undefined && !isNumeric(value)) {
      typeMismatch(
        `Cannot apply ${name} to a value of non-numeric type. {_id: ${show(document.get('_id'))}} has the field '${path.at(-1)}' of non-numeric type ${typeName(value)}`,
      );
    }
    const result = value === undefined ? neutral(operand) : run(value, operand);
    if (result === undefined)
      badValue(
        `Failed to apply ${name} operations to current value (${show(value)}) for document {_id: ${show(document.get('_id'))}}`,
      );
    setAt(document, path, result);
  };
}

/** Zero in the type of the operand. */
function zero(operand: Numeric): Value {
  return multiply(operand, 0) ?? 0;
}

function extreme(sign: 1 | -1): FieldOperator {
  return ({ document, path, operand }) => {
    const value = getAt(document, path);
    if (value === undefined || compare(operand, value) * sign > 0) setAt(document, path, operand);
  };
}

function currentDate({ document, path, operand, now }: Task): void {
  const type = isDoc(operand) ? operand.get('$type') : undefined;
  if (type === 'timestamp') setAt(document, path, new Timestamp(BigInt(Math.floor(now.ms / 1000)) << 32n));
  else if (type === 'date' || typeof operand === 'boolean') setAt(document, path, now);
  else
    badValue(
      `${typeName(operand)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`,
    );
}

function set({ document, path, operand }: Task): void {
  const value = getAt(document, path);
  if (value === undefined || !Object.is(value, operand)) setAt(document, path, operand);
}

function rename({ document, path, operand }: Task): void {
  if (typeof operand !== 'string')
    badValue(`The 'to' field for $rename must be a string: ${path.join('.')}: ${show(operand)}`);
  const target = updatePath(operand);
  if (operand === path.join('.')) badValue(`The source and target field for $rename must differ: ${operand}`);
  refuseArrays(document, path);
  refuseArrays(document, target);
  const value = getAt(document, path);
  if (value === undefined) return;
  unsetAt(document, path);
  setAt(document, target, value);
}

function refuseArrays(document: Doc, path: readonly string[]): void {
  for (let i = 1; i < path.length; i += 1) {
    if (Array.isArray(getAt(document, path.slice(0, i))))
      badValue(`The source or destination field of $rename cannot be an array element, '${path.join('.')}'`);
  }
}

/** Operators that set a field from its old value and the operand. */
export const FIELD_OPERATORS: Readonly<Record<string, FieldOperator>> = {
  $set: set,
  $setOnInsert: (task) => {
    if (task.insert) set(task);
  },
  $unset: ({ document, path }) => unsetAt(document, path),
  $inc: arithmetic('$inc', (operand) => operand, add),
  $mul: arithmetic('$mul', zero, multiply),
  $min: extreme(-1),
  $max: extreme(1),
  $rename: rename,
  $currentDate: currentDate,
};

/** Refuses a change of `_id`. */
export function checkId(before: Value | undefined, after: Doc): void {
  const id = after.get('_id');
  if (before !== undefined && (id === undefined || !equal(before, id) || typeName(before) !== typeName(id))) {
    throw new ServerError(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
  }
}
