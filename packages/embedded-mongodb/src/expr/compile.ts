import { type Doc, isDoc, type Value } from '../bson/types.ts';
import { failedToParse, ServerError } from '../errors.ts';
import { isNumeric, toNumber } from '../values/numbers.ts';
import { expressions } from './operators.ts';
import type { Expression, Scope } from './scope.ts';

/** Names a scope knows while compiling. */
export type Names = Pick<Scope, 'variables'>;

/** Compiles an aggregation expression; an unknown operator is refused with code 168. */
export function compileExpression(source: Value, names: Names): Expression {
  if (typeof source === 'string' && source.startsWith('$')) return compilePath(source, names);
  if (isDoc(source)) return compileObject(source, names);
  if (!Array.isArray(source)) return () => source;
  const items = source.map((item) => compileExpression(item, names));
  return (scope) => items.map((item) => item(scope) ?? null);
}

/** Whether a value counts as true in an expression. */
export function isTrue(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === false) return false;
  return !(isNumeric(value) && toNumber(value) === 0);
}

function compileObject(source: Doc, names: Names): Expression {
  const first = source.keys().next().value;
  if (first?.startsWith('$') === true) return compileOperator(source, first, names);
  const fields = [...source].map(([key, item]) => {
    if (key.includes('.'))
      throw new ServerError(16405, `FieldPath field names may not contain '.' in an expression object: ${key}`);
    return [key, compileExpression(item, names)] as const;
  });
  return (scope) => {
    const result: Doc = new Map();
    for (const [key, item] of fields) {
      const value = item(scope);
      if (value !== undefined) result.set(key, value);
    }
    return result;
  };
}

function compileOperator(source: Doc, name: string, names: Names): Expression {
  if (source.size !== 1) {
    throw new ServerError(15983, `an expression must have exactly one field, found ${source.size} with ${name}`);
  }
  const known = expressions();
  const build = Object.hasOwn(known, name) ? known[name] : undefined;
  if (build === undefined) throw new ServerError(168, `Unrecognized expression '${name}'`);
  return build(source.get(name) ?? null, names, name);
}

function compilePath(source: string, names: Names): Expression {
  if (!source.startsWith('$$')) return fieldPath(source.slice(1));
  const [variable = '', ...rest] = source.slice(2).split('.');
  const start = compileVariable(variable, names);
  return rest.length === 0 ? start : (scope) => descend(start(scope), rest, 0);
}

function fieldPath(path: string): Expression {
  if (path === '') throw new ServerError(16872, "'$' by itself is not a valid FieldPath");
  const parts = path.split('.');
  if (parts.includes('')) throw new ServerError(40353, "FieldPath must not end with a '.' or hold an empty name");
  if (parts.some((part) => part.startsWith('$')))
    throw new ServerError(16410, `FieldPath field names may not start with '$': ${path}`);
  return (scope) => descend(scope.current, parts, 0);
}

function compileVariable(name: string, names: Names): Expression {
  switch (name) {
    case 'ROOT':
      return (scope) => scope.root;
    case 'CURRENT':
      return (scope) => scope.current;
    case 'NOW':
      return (scope) => scope.now;
    case 'REMOVE':
      return () => undefined;
    default:
      if (name === '') failedToParse("empty variable names are not allowed in '$$'");
      if (!names.variables.has(name)) throw new ServerError(17276, `Use of undefined variable: ${name}`);
      return (scope) => scope.variables.get(name);
  }
}

/** A field path goes into arrays of documents and gathers what it finds; array indexes are not followed. */
export function descend(value: Value | undefined, parts: readonly string[], at: number): Value | undefined {
  const name = parts[at];
  if (name === undefined) return value;
  if (isDoc(value)) return descend(value.get(name), parts, at + 1);
  if (!Array.isArray(value)) return undefined;
  const found: Value[] = [];
  for (const item of value) {
    const inner = isDoc(item) || Array.isArray(item) ? descend(item, parts, at) : undefined;
    if (inner !== undefined) found.push(inner);
  }
  return found;
}
