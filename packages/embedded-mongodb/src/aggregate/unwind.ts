import { type Doc, isDoc, type Value } from '../bson/types.ts';
import { ServerError } from '../errors.ts';
import type { Stage } from './stages.ts';

type Unwind = { path: string[]; index: string | undefined; keepEmpty: boolean };

function readUnwind(spec: Value): Unwind {
  const options: Doc = isDoc(spec) ? spec : new Map([['path', spec]]);
  for (const key of options.keys()) {
    if (key !== 'path' && key !== 'includeArrayIndex' && key !== 'preserveNullAndEmptyArrays')
      throw new ServerError(28811, `unrecognized option to $unwind stage: ${key}`);
  }
  const path = options.get('path');
  const index = options.get('includeArrayIndex');
  if (typeof path !== 'string') throw new ServerError(28808, 'expected a string as the path for $unwind stage');
  if (!path.startsWith('$') || path.length < 2)
    throw new ServerError(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
  if (index !== undefined && (typeof index !== 'string' || index === '' || index.startsWith('$')))
    throw new ServerError(28810, 'includeArrayIndex must be a non-empty field name');
  const keep = options.get('preserveNullAndEmptyArrays') ?? false;
  if (typeof keep !== 'boolean')
    throw new ServerError(28809, 'expected a boolean for the preserveNullAndEmptyArrays option');
  return { path: path.slice(1).split('.'), index, keepEmpty: keep };
}

/** `$unwind`: one document for each element of an array. */
export function compileUnwind(spec: Value): Stage {
  const options = readUnwind(spec);
  return function* (input) {
    for (const document of input) yield* unwound(document, options);
  };
}

function* unwound(document: Doc, { path, index, keepEmpty }: Unwind): Generator<Doc> {
  const value = path.reduce<Value | undefined>((at, name) => (isDoc(at) ? at.get(name) : undefined), document);
  const emit = (item: Value | undefined, position: bigint | null) =>
    withIndex(replaced(document, path, 0, item), index, position);
  if (Array.isArray(value) && value.length > 0) for (const [i, item] of value.entries()) yield emit(item, BigInt(i));
  else if (Array.isArray(value)) {
    if (keepEmpty) yield emit(undefined, null);
  } else if (value !== undefined && value !== null) yield emit(value, null);
  else if (keepEmpty) yield withIndex(document, index, null);
}

function withIndex(document: Doc, name: string | undefined, position: bigint | null): Doc {
  return name === undefined ? document : new Map([...document, [name, position] as const]);
}

function replaced(document: Doc, path: readonly string[], at: number, item: Value | undefined): Doc {
  const result: Doc = new Map(document);
  const name = path[at] ?? '';
  const inner = result.get(name);
  if (at < path.length - 1 && isDoc(inner)) result.set(name, replaced(inner, path, at + 1, item));
  else if (item === undefined) result.delete(name);
  else result.set(name, item);
  return result;
}
