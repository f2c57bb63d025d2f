import type { Value } from '../bson/types.ts';
import { ServerError } from '../errors.ts';
import { compileExpression, type Names } from './compile.ts';
import type { Expression } from './scope.ts';

/** Builds the expression of one operator from its operand. */
export type Builder = (operand: Value, names: Names, name: string) => Expression;

/** An operator over a list of arguments; a single argument may stand without brackets. */
export function listed(
  count: { min: number; max?: number },
  run: (values: (Value | undefined)[], name: string) => Value | undefined,
): Builder {
  return (operand, names, name) => {
    const items = Array.isArray(operand) ? operand : [operand];
    const max = count.max ?? Number.POSITIVE_INFINITY;
    if (items.length < count.min || items.length > max) {
      throw new ServerError(
        16020,
        `Expression ${name} takes ${range(count)} arguments. ${items.length} were passed in.`,
      );
    }
    const compiled = items.map((item) => compileExpression(item, names));
    return (scope) =>
      run(
        compiled.map((item) => item(scope)),
        name,
      );
  };
}

function range(count: { min: number; max?: number }): string {
  if (count.max === count.min) return `exactly ${count.min}`;
  return count.max === undefined ? `at least ${count.min}` : `at least ${count.min}, and at most ${count.max}`;
}

/** An operator of exactly one argument. */
export function unary(run: (value: Value | undefined, name: string) => Value | undefined): Builder {
  return listed({ min: 1, max: 1 }, ([value], name) => run(value, name));
}

/** True for a missing value and null, on which most operators give null. */
export function isNullish(value: Value | undefined): value is null | undefined {
  return value === undefined || value === null;
}
