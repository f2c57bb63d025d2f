import { type Doc, isDoc, type Value } from '../bson/types.ts';
import { badValue, ServerError } from '../errors.ts';
import type { Predicate } from '../query/matcher.ts';
import { arrayIndex } from '../values/path.ts';
import { show } from '../values/show.ts';
import { typeName } from '../values/types.ts';

/** What placeholders in an update path stand for. */
export type Placeholders = { positional: number | undefined; filters: ReadonlyMap<string, Predicate> };

/** Checks an update path and splits it. */
export function updatePath(path: string): string[] {
  const parts = path.split('.');
  if (path === '') throw new ServerError(56, 'An empty update path is not valid.');
  if (parts.includes(''))
    throw new ServerError(56, `The update path '${path}' contains an empty field name, which is not allowed.`);
  if (parts[0] === '$' || parts[0]?.startsWith('$['))
    badValue(`Cannot have positional element in the first position in path '${path}'`);
  for (const part of parts) {
    if (part.startsWith('$') && part !== '$' && !/^\$\[.*\]$/.test(part)) {
      throw new ServerError(
        52,
        `The dollar ($) prefixed field '${part}' in '${path}' is not allowed in the context of an update's replacement document.`,
      );
    }
  }
  return parts;
}

/** The concrete paths an update path with `$`, `$[]` or `$[name]` leads to in a document. */
export function resolve(document: Doc, parts: readonly string[], placeholders: Placeholders): string[][] {
  if (!parts.some((part) => part.startsWith('$'))) return [[...parts]];
  const found: string[][] = [];
  follow(document, parts, [], placeholders, found);
  return found;
}

function follow(
  value: Value | undefined,
  parts: readonly string[],
  done: string[],
  placeholders: Placeholders,
  found: string[][],
): void {
  const [part, ...rest] = parts;
  if (part === undefined) {
    found.push(done);
    return;
  }
  for (const name of part.startsWith('$') ? elements(value, part, done, placeholders) : [part]) {
    follow(childOf(value, name), rest, [...done, name], placeholders, found);
  }
}

function elements(
  value: Value | undefined,
  part: string,
  done: readonly string[],
  placeholders: Placeholders,
): string[] {
  if (part === '$') {
    if (placeholders.positional === undefined)
      badValue('The positional operator did not find the match needed from the query.');
    return [String(placeholders.positional)];
  }
  if (value === undefined)
    badValue(`The path '${done.join('.')}' must exist in the document in order to apply array updates.`);
  if (!Array.isArray(value)) badValue(`Cannot apply array updates to non-array element ${done.at(-1)}: ${show(value)}`);
  const name = part.slice(2, -1);
  if (name === '') return value.map((_item, i) => String(i));
  const filter = placeholders.filters.get(name);
  if (filter === undefined)
    badValue(`No array filter found for identifier '${name}' in path '${[...done, part].join('.')}'`);
  return value.flatMap((item, i) => (filter(new Map([[name, item]])) ? [String(i)] : []));
}

function childOf(value: Value | undefined, name: string): Value | undefined {
  if (isDoc(value)) return value.get(name);
  return Array.isArray(value) ? value[arrayIndex(name)] : undefined;
}

/** The value at a concrete path. */
export function getAt(document: Doc, path: readonly string[]): Value | undefined {
  let value: Value | undefined = document;
  for (const name of path) value = childOf(value, name);
  return value;
}

const MAX_PADDING = 1_500_000;

/** Sets the value at a concrete path, creating documents on the way; refuses to go through a scalar with code 28. */
export function setAt(document: Doc, path: readonly string[], value: Value): void {
  let holder: Doc | Value[] = document;
  for (let i = 0; i < path.length - 1; i += 1) {
    const name = path[i] ?? '';
    const next: Value =
      childOf(holder, name) ?? put(holder, name, childOf(holder, name) === null ? null : new Map(), path);
    if (!isDoc(next) && !Array.isArray(next)) {
      throw new ServerError(28, `Cannot create field '${path[i + 1]}' in element {${name}: ${show(next)}}`);
    }
    holder = next;
  }
  put(holder, path.at(-1) ?? '', value, path);
}

function put(holder: Doc | Value[], name: string, value: Value, path: readonly string[]): Value {
  if (isDoc(holder)) {
    holder.set(name, value);
    return value;
  }
  const index = arrayIndex(name);
  if (index < 0)
    throw new ServerError(28, `Cannot create field '${name}' in element {${path.at(-2) ?? ''}: ${show(holder)}}`);
  if (index - holder.length > MAX_PADDING) throw new ServerError(51066, 'Cannot pad an array that far');
  while (holder.length < index) holder.push(null);
  holder[index] = value;
  return value;
}

/** Removes the field at a concrete path; an array element becomes null. */
export function unsetAt(document: Doc, path: readonly string[]): void {
  const holder = path.length === 1 ? document : getAt(document, path.slice(0, -1));
  const name = path.at(-1) ?? '';
  if (isDoc(holder)) holder.delete(name);
  else if (Array.isArray(holder) && arrayIndex(name) >= 0 && arrayIndex(name) < holder.length)
    holder[arrayIndex(name)] = null;
}

/** The array at a path for an array operator; undefined when the path does not exist. */
export function arrayAt(document: Doc, path: readonly string[], operator: string): Value[] | undefined {
  const value = getAt(document, path);
  if (value === undefined || Array.isArray(value)) return value;
  const id = show(document.get('_id'));
  if (operator === '$push' || operator === '$addToSet') {
    const code = operator === '$push' ? 2 : 2;
    throw new ServerError(
      code,
      `The field '${path.join('.')}' must be an array but is of type ${typeName(value)} in document {_id: ${id}}`,
    );
  }
  throw new ServerError(operator === '$pop' ? 14 : 2, `Cannot apply ${operator} to a non-array value`);
}
