import { isDoc, type Value } from '../bson/types.ts';

/** Where a match met an array; the updater's positional `$` stands for `index`. */
export type MatchTrace = { index: number | undefined };

export type ValueTest = (value: Value | undefined, trace?: MatchTrace) => boolean;

/** Splits a dotted path. */
export function splitPath(path: string): string[] {
  return path.split('.');
}

/** The array index a path component stands for, or -1. */
export function arrayIndex(component: string): number {
  return /^(0|[1-9]\d{0,8})$/.test(component) ? Number(component) : -1;
}

/**
 * Runs `test` on the values a path leads to, going into each document of an array on the way, until it says yes.
 * With `expand`, the elements of an array at the end are tested before the array itself.
 */
export function anyAt(
  value: Value | undefined,
  path: readonly string[],
  at: number,
  expand: boolean,
  test: ValueTest,
  trace?: MatchTrace,
): boolean {
  const name = path[at];
  if (name === undefined) return anyLeaf(value, expand, test, trace);
  if (isDoc(value)) return anyAt(value.get(name), path, at + 1, expand, test, trace);
  if (!Array.isArray(value)) return test(undefined, trace);
  const index = arrayIndex(name);
  if (index >= 0 && index < value.length && anyAt(value[index], path, at + 1, expand, test, trace)) return true;
  for (let i = 0; i < value.length; i += 1) {
    const item = value[i];
    if (isDoc(item) && anyAt(item, path, at, expand, test, trace)) {
      if (trace !== undefined) trace.index = i;
      return true;
    }
  }
  return false;
}

function anyLeaf(value: Value | undefined, expand: boolean, test: ValueTest, trace?: MatchTrace): boolean {
  if (expand && Array.isArray(value)) {
    for (let i = 0; i < value.length; i += 1) {
      if (!test(value[i])) continue;
      if (trace !== undefined) trace.index = i;
      return true;
    }
  }
  return test(value, trace);
}

/** All values a path leads to, with arrays expanded as in a match. */
export function valuesAt(value: Value | undefined, path: readonly string[]): Value[] {
  const found: Value[] = [];
  anyAt(value, path, 0, true, (item) => {
    if (item !== undefined) found.push(item);
    return false;
  });
  return found;
}
