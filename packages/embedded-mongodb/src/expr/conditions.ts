import { isDoc, type Value } from '../bson/types.ts';
import { ServerError } from '../errors.ts';
import { compare } from '../values/compare.ts';
import { type Builder, isNullish, listed, unary } from './arguments.ts';
import { compileExpression, isTrue, type Names } from './compile.ts';
import type { Expression } from './scope.ts';

const PAIR = { min: 2, max: 2 };

function comparison(accept: (order: number) => boolean): Builder {
  return listed(PAIR, ([a, b]) => accept(compare(a, b)));
}

function cond(operand: Value, names: Names): Expression {
  const [test, yes, no] = condParts(operand).map((part) => compileExpression(part, names));
  return (scope) => (isTrue(test?.(scope)) ? yes?.(scope) : no?.(scope));
}

function condParts(operand: Value): Value[] {
  if (Array.isArray(operand)) {
    if (operand.length !== 3)
      throw new ServerError(16020, `Expression $cond takes exactly 3 arguments. ${operand.length} were passed in.`);
    return operand;
  }
  if (!isDoc(operand)) throw new ServerError(16020, 'Expression $cond takes exactly 3 arguments. 1 were passed in.');
  const parts = ['if', 'then', 'else'].map((name, i) => {
    const part = operand.get(name);
    if (part === undefined) throw new ServerError(17080 + i, `Missing '${name}' parameter to $cond`);
    return part;
  });
  if (operand.size !== 3) throw new ServerError(17083, 'Unrecognized parameter to $cond');
  return parts;
}

function switchOf(operand: Value, names: Names): Expression {
  if (!isDoc(operand)) throw new ServerError(40060, '$switch requires an object as an argument');
  const branches = operand.get('branches');
  if (!Array.isArray(branches) || branches.length === 0)
    throw new ServerError(40068, '$switch requires at least one branch');
  const cases = branches.map((branch) => {
    const [test, result] = isDoc(branch) ? [branch.get('case'), branch.get('then')] : [];
    if (test === undefined || result === undefined)
      throw new ServerError(40064, "$switch requires each branch to have a 'case' and a 'then'");
    return [compileExpression(test, names), compileExpression(result, names)] as const;
  });
  const fallback = operand.get('default');
  const otherwise = fallback === undefined ? undefined : compileExpression(fallback, names);
  return (scope) => {
    const hit = cases.find(([test]) => isTrue(test(scope)));
    if (hit !== undefined) return hit[1](scope);
    if (otherwise === undefined)
      throw new ServerError(
        40066,
        '$switch could not find a matching branch for an input, and no default was specified.',
      );
    return otherwise(scope);
  };
}

function every(operand: Value, names: Names): Expression {
  const parts = (Array.isArray(operand) ? operand : [operand]).map((part) => compileExpression(part, names));
  return (scope) => parts.every((part) => isTrue(part(scope)));
}

function some(operand: Value, names: Names): Expression {
  const parts = (Array.isArray(operand) ? operand : [operand]).map((part) => compileExpression(part, names));
  return (scope) => parts.some((part) => isTrue(part(scope)));
}

function letIn(operand: Value, names: Names): Expression {
  const vars = isDoc(operand) ? operand.get('vars') : undefined;
  const body = isDoc(operand) ? operand.get('in') : undefined;
  if (!isDoc(vars) || body === undefined) throw new ServerError(16876, "$let needs 'vars' and 'in'");
  const bound = [...vars].map(([name, value]) => [name, compileExpression(value, names)] as const);
  const known = new Map([...names.variables, ...bound.map(([name]) => [name, null] as const)]);
  const inner = compileExpression(body, { variables: known });
  return (scope) => {
    const variables = new Map(scope.variables);
    for (const [name, value] of bound) variables.set(name, value(scope));
    return inner({ ...scope, variables });
  };
}

/** Comparison, logic and choice. */
export const CONDITIONS: Readonly<Record<string, Builder>> = {
  $eq: comparison((order) => order === 0),
  $ne: comparison((order) => order !== 0),
  $gt: comparison((order) => order > 0),
  $gte: comparison((order) => order >= 0),
  $lt: comparison((order) => order < 0),
  $lte: comparison((order) => order <= 0),
  $cmp: listed(PAIR, ([a, b]) => compare(a, b)),
  $and: every,
  $or: some,
  $not: unary((value) => !isTrue(value)),
  $cond: cond,
  $switch: switchOf,
  $ifNull: listed({ min: 2 }, (values) => values.find((value) => !isNullish(value)) ?? values.at(-1)),
  $literal: (operand) => () => operand,
  $let: letIn,
};
