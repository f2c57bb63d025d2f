import { encode } from '../bson/encode.ts';
import type { Doc, OutDoc, Value } from '../bson/types.ts';
import type { Collection } from '../catalog/collection.ts';
import { badValue } from '../errors.ts';
import { compileProjection } from '../project/find.ts';
import { fieldsRead } from '../query/conditions.ts';
import { compileFilter } from '../query/matcher.ts';
import { type Plan, planQuery } from '../query/plan.ts';
import { deadlineAfter, type Hit, inOrder, matching, rowsOf } from '../query/select.ts';
import { readSort } from '../query/sort.ts';
import { type Command, type Context, scopeOf } from './context.ts';
import { collectionName, optionalCount, optionalDoc, optionalFlag, refuseCollation } from './read.ts';

/** A find in all its parts, checked. */
export type Query = {
  filter: Doc;
  sort: ReturnType<typeof readSort>;
  projection: Doc;
  skip: number;
  limit: number;
  hint: Value | undefined;
  maxTimeMS: number;
  variables: Doc | undefined;
};

/** Reads the fields that find and its relatives share. */
export function readQuery(body: Doc, filterName = 'filter'): Query {
  refuseCollation(body);
  const limit = optionalCount(body, 'limit', Number.MIN_SAFE_INTEGER) ?? 0;
  return {
    filter: optionalDoc(body, filterName) ?? new Map(),
    sort: readSort(optionalDoc(body, 'sort') ?? new Map()),
    projection: optionalDoc(body, 'projection') ?? new Map(),
    skip: optionalCount(body, 'skip') ?? 0,
    limit: Math.abs(limit),
    hint: body.get('hint'),
    maxTimeMS: optionalCount(body, 'maxTimeMS') ?? 0,
    variables: optionalDoc(body, 'let'),
  };
}

/** The documents a query selects, in order, after skip and limit. */
export function* runQuery(
  collection: Collection,
  query: Query,
  context: Context,
  plan: Plan,
  whole: boolean,
): Generator<Hit> {
  const predicate = compileFilter(query.filter, scopeOf(context, query.variables));
  const fields = whole || query.sort.length > 0 ? undefined : fieldsRead(query.filter);
  const rows = rowsOf(collection, plan);
  const hits = matching(rows, query.filter.size === 0 ? undefined : predicate, fields, deadlineAfter(query.maxTimeMS));
  const end = query.limit === 0 ? Number.POSITIVE_INFINITY : query.skip + query.limit;
  let count = 0;
  for (const hit of inOrder(hits, plan, query.sort)) {
    count += 1;
    if (count > query.skip) yield hit;
    if (count >= end) return;
  }
}

function* results(collection: Collection, query: Query, context: Context): Generator<Buffer> {
  const plan = planQuery(collection, query.filter, query.sort, query.hint);
  const scope = scopeOf(context, query.variables);
  const project = query.projection.size === 0 ? undefined : compileProjection(query.projection, scope, 'find');
  for (const { row, document } of runQuery(collection, query, context, plan, project !== undefined)) {
    if (row.bytes !== undefined) yield project === undefined ? row.bytes : encode(project(document));
  }
}

/** Compiles everything once, so that a faulty query is refused even on a collection that does not exist. */
export function checkQuery(query: Query, context: Context): void {
  const scope = scopeOf(context, query.variables);
  compileFilter(query.filter, scope);
  compileProjection(query.projection, scope, 'find');
}

function run(body: Doc, context: Context): OutDoc {
  const name = collectionName(body, 'find');
  const query = readQuery(body);
  if (optionalFlag(body, 'tailable') || optionalFlag(body, 'awaitData'))
    badValue('error processing query: tailable cursor requested on non capped collection');
  checkQuery(query, context);
  const collection = context.services.store.find(context.database, name);
  const found = collection === undefined ? [][Symbol.iterator]() : results(collection, query, context);
  const single = optionalFlag(body, 'singleBatch') || (optionalCount(body, 'limit', Number.MIN_SAFE_INTEGER) ?? 0) < 0;
  const batchSize = optionalCount(body, 'batchSize') ?? 101;
  return context.services.cursors.first(`${context.database}.${name}`, found, batchSize, single, (rest) => drain(rest));
}

/** Reads the rest at once: stored bytes are shared, so this costs one reference for each document. */
export function drain(rest: Iterator<Buffer>): Iterator<Buffer> {
  const items: Buffer[] = [];
  for (let next = rest.next(); next.done !== true; next = rest.next()) items.push(next.value);
  return items[Symbol.iterator]();
}

export const find: Command = {
  fields: [
    'filter',
    'sort',
    'projection',
    'hint',
    'skip',
    'limit',
    'batchSize',
    'singleBatch',
    'let',
    'collation',
    'tailable',
    'awaitData',
    'noCursorTimeout',
    'allowDiskUse',
    'allowPartialResults',
    'oplogReplay',
  ],
  run,
};
