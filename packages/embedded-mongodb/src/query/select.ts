import { decode, decodeFields } from '../bson/decode.ts';
import type { Doc } from '../bson/types.ts';
import type { Collection } from '../catalog/collection.ts';
import type { Row } from '../catalog/index.ts';
import { ServerError } from '../errors.ts';
import type { Predicate } from './matcher.ts';
import type { Plan } from './plan.ts';
import { type SortField, sortBy } from './sort.ts';

/** The rows a plan leads to, each once. Rows must not change while it is read; `[...]` fixes them for later. */
export function* rowsOf(collection: Collection, plan: Plan): Generator<Row> {
  const { index } = plan;
  if (index === undefined) {
    yield* plan.reverse ? [...collection.rows.values()].reverse() : collection.rows.values();
    return;
  }
  const seen = plan.bounds.length > 1 || index.arrays.includes(true) ? new Set<Row>() : undefined;
  for (const bounds of plan.bounds) {
    const entries = plan.reverse ? [...index.scan(bounds)].reverse() : index.scan(bounds);
    for (const { row } of entries) {
      if (seen?.has(row) === true) continue;
      seen?.add(row);
      yield row;
    }
  }
}

/** A row with its decoded document. */
export type Hit = { row: Row; document: Doc };

/** Stops a command that has run longer than its maxTimeMS. */
export type Deadline = () => void;

const CHECK_EVERY = 256;

/** A deadline `ms` from now on the monotonic clock; 0 means none. */
export function deadlineAfter(ms: number): Deadline {
  if (ms === 0) return () => {};
  const end = performance.now() + ms;
  let calls = 0;
  return () => {
    calls += 1;
    if (calls % CHECK_EVERY === 0 && performance.now() > end)
      throw new ServerError(50, 'operation exceeded time limit');
  };
}

/** The rows whose current document passes; with `fields`, only these top-level fields are decoded. */
export function* matching(
  rows: Iterable<Row>,
  predicate: Predicate | undefined,
  fields: ReadonlySet<string> | undefined,
  deadline: Deadline,
): Generator<Hit> {
  for (const row of rows) {
    deadline();
    if (row.bytes === undefined) continue;
    const document =
      fields === undefined ? decode(row.bytes) : fields.size === 0 ? NOTHING : decodeFields(row.bytes, fields);
    if (predicate === undefined || predicate(document)) yield { row, document };
  }
}

const NOTHING: Doc = new Map();

/** Sorts hits unless the plan already gave the order. */
export function inOrder(hits: Iterable<Hit>, plan: Plan, sort: readonly SortField[]): Iterable<Hit> {
  return sort.length === 0 || plan.sorted ? hits : sortBy([...hits], sort, (hit) => hit.document);
}
