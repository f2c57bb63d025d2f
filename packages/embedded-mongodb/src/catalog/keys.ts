import { isDoc, type Value } from '../bson/types.ts';
import { ServerError } from '../errors.ts';
import { keyOf } from '../values/compare.ts';
import { arrayIndex } from '../values/path.ts';

export type IndexKey = readonly Value[];

/** The keys of one document in one index; `arrays` tells for each component whether it went through an array. */
export type KeySet = { keys: IndexKey[]; arrays: boolean[]; present: boolean };

type Cursor = { value: Value | undefined; path: readonly string[]; at: number; done: boolean };

/** Computes the keys of a document: one for each element of the one array its paths may go through. */
export function keysOf(document: Value, paths: readonly (readonly string[])[]): KeySet {
  const arrays = paths.map(() => false);
  const found: (Value | undefined)[][] = [];
  const start = paths.map((path) => ({ value: document, path, at: 0, done: false }));
  expand(start, arrays, found);
  const present = found.some((key) => key.some((item) => item !== undefined));
  const keys = found.map((key) => key.map((item) => item ?? null));
  return { keys: keys.length > 1 ? distinct(keys) : keys, arrays, present };
}

function distinct(keys: IndexKey[]): IndexKey[] {
  return [...new Map(keys.map((key) => [keyOf([...key]), key] as const)).values()];
}

/** Walks all components down to their value or to an array; arrays are taken apart together if they are the same one. */
function expand(cursors: readonly Cursor[], arrays: boolean[], found: (Value | undefined)[][]): void {
  const stopped = cursors.map(walk);
  const array = stopped.find(isOpenArray)?.value;
  if (!Array.isArray(array)) {
    found.push(stopped.map((cursor) => cursor.value));
    return;
  }
  stopped.forEach((cursor, i) => {
    if (!isOpenArray(cursor)) return;
    if (cursor.value !== array) throw new ServerError(171, `cannot index parallel arrays [${cursor.path.join('.')}]`);
    arrays[i] = true;
  });
  const items: (Value | undefined)[] = array.length === 0 ? [undefined] : array;
  for (const item of items) {
    expand(
      stopped.map((cursor) => (isOpenArray(cursor) ? element(cursor, item) : cursor)),
      arrays,
      found,
    );
  }
}

function isOpenArray(cursor: Cursor): boolean {
  return !cursor.done && Array.isArray(cursor.value);
}

/** One element of an array: final for a path that ends at the array, else only documents are gone into. */
function element(cursor: Cursor, item: Value | undefined): Cursor {
  if (cursor.at === cursor.path.length) return { ...cursor, value: item, done: true };
  return isDoc(item) ? { ...cursor, value: item } : { ...cursor, value: undefined, done: true };
}

function walk(cursor: Cursor): Cursor {
  if (cursor.done) return cursor;
  let { value, at } = cursor;
  while (at < cursor.path.length) {
    const name = cursor.path[at] ?? '';
    if (isDoc(value)) value = value.get(name);
    else if (Array.isArray(value) && inRange(value, name)) value = value[arrayIndex(name)];
    else return Array.isArray(value) ? { ...cursor, value, at } : { ...cursor, value: undefined, done: true };
    at += 1;
  }
  return Array.isArray(value) ? { ...cursor, value, at } : { ...cursor, value, done: true };
}

function inRange(array: readonly Value[], name: string): boolean {
  const index = arrayIndex(name);
  if (index >= 0 && array.some((item) => isDoc(item) && item.has(name))) {
    throw new ServerError(
      16746,
      `Ambiguous field name found in array (do not use numeric field names in embedded elements in an array), field: '${name}'`,
    );
  }
  return index >= 0 && index < array.length;
}
