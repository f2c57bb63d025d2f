import { type Doc, isDoc, type Value } from '../bson/types.ts';
import { ServerError } from '../errors.ts';
import { compileExpression } from '../expr/compile.ts';
import type { Expression, Scope } from '../expr/scope.ts';

type Transform = (document: Doc) => Doc;

/** Compiles `$set` / `$addFields`: all values are computed from the document as it came in. */
export function compileAddFields(spec: Doc, scope: Scope): Transform {
  const fields: [string[], Expression][] = [];
  collect(spec, [], scope, fields);
  return (document) => {
    const inner = { ...scope, root: document, current: document };
    let result: Value = document;
    for (const [path, expression] of fields) result = assign(result, path, 0, expression(inner));
    return isDoc(result) ? result : document;
  };
}

function collect(spec: Doc, prefix: readonly string[], scope: Scope, fields: [string[], Expression][]): void {
  for (const [name, value] of spec) {
    const path = [...prefix, ...parts(name)];
    const first = isDoc(value) ? [...value.keys()][0] : undefined;
    if (isDoc(value) && first !== undefined && !first.startsWith('$')) collect(value, path, scope, fields);
    else fields.push([path, compileExpression(value, scope)]);
  }
}

function parts(name: string): string[] {
  const path = name.split('.');
  if (path.includes('')) throw new ServerError(40353, 'FieldPath field names may not be empty strings.');
  if (path.some((part) => part.startsWith('$')))
    throw new ServerError(16410, `FieldPath field names may not start with '$': ${name}`);
  return path;
}

/** Sets a path, in each element of an array on the way; an absent value removes the field. */
function assign(target: Value | undefined, path: readonly string[], at: number, value: Value | undefined): Value {
  if (Array.isArray(target)) return target.map((item) => assign(item, path, at, value));
  const result: Doc = isDoc(target) ? new Map(target) : new Map();
  const name = path[at] ?? '';
  const last = at === path.length - 1;
  if (!last) result.set(name, assign(result.get(name), path, at + 1, value));
  else if (value === undefined) result.delete(name);
  else result.set(name, value);
  return result;
}

/** Compiles `$unset` of a stage: one path or a list of paths. */
export function compileUnset(spec: Value): Transform {
  const names = Array.isArray(spec) ? spec : [spec];
  if (names.length === 0 || !names.every((name) => typeof name === 'string')) {
    throw new ServerError(31002, '$unset specification must be a string or an array containing only string values');
  }
  const paths = names.map((name) => parts(String(name)));
  return (document) => paths.reduce<Doc>((result, path) => without(result, path, 0), document);
}

function without(document: Doc, path: readonly string[], at: number): Doc {
  const name = path[at] ?? '';
  const value = document.get(name);
  if (value === undefined) return document;
  const result: Doc = new Map(document);
  if (at === path.length - 1) result.delete(name);
  else result.set(name, strip(value, path, at + 1));
  return result;
}

function strip(value: Value, path: readonly string[], at: number): Value {
  if (isDoc(value)) return without(value, path, at);
  return Array.isArray(value) ? value.map((item) => strip(item, path, at)) : value;
}
