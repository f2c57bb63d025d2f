import type { Doc, Value } from '../bson/types.ts';
import { badValue, failedToParse, ServerError } from '../errors.ts';
import { compare } from '../values/compare.ts';
import { toInteger } from '../values/numbers.ts';
import { anyAt, splitPath } from '../values/path.ts';

export type SortField = { path: readonly string[]; name: string; direction: 1 | -1 };

/** Checks a sort specification; `$meta` and hints to natural order are refused. */
export function readSort(spec: Doc): SortField[] {
  if (spec.size > 32) badValue('too many sort keys');
  return [...spec].map(([name, value]) => {
    const direction = toInteger(value);
    if (name === '') throw new ServerError(40352, 'FieldPath cannot be constructed with empty string');
    if (name.startsWith('$')) failedToParse(`FieldPath field names may not start with '$': ${name}`);
    if (direction !== 1 && direction !== -1)
      throw new ServerError(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
    return { path: splitPath(name), name, direction };
  });
}

/** Sorts stably; an array counts by its least element ascending and by its greatest descending. */
export function sortBy<T>(items: readonly T[], fields: readonly SortField[], docOf: (item: T) => Value): T[] {
  const keyed = items.map((item) => ({ item, keys: fields.map((field) => sortKey(docOf(item), field)) }));
  keyed.sort((a, b) => order(a.keys, b.keys, fields));
  return keyed.map(({ item }) => item);
}

function order(
  a: readonly (Value | undefined)[],
  b: readonly (Value | undefined)[],
  fields: readonly SortField[],
): number {
  for (let i = 0; i < fields.length; i += 1) {
    const result = compare(a[i], b[i]);
    if (result !== 0) return result * (fields[i]?.direction ?? 1);
  }
  return 0;
}

const EMPTY_ARRAY_KEY = undefined;

/** The value a document is sorted by: a missing field counts as null, an empty array comes before it. */
export function sortKey(document: Value, field: SortField): Value | undefined {
  let best: Value | undefined;
  let empty = false;
  anyAt(document, field.path, 0, false, (value) => {
    const items = Array.isArray(value) ? value : [value];
    if (items.length === 0) empty = true;
    for (const item of items) {
      const key = item ?? null;
      if (best === undefined || compare(key, best) * field.direction < 0) best = key;
    }
    return false;
  });
  if (empty && (best === undefined || field.direction > 0)) return EMPTY_ARRAY_KEY;
  return best ?? null;
}
