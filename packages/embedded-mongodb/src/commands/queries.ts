import { decode } from '../bson/decode.ts';
import { type Doc, isDoc, type Out, type OutDoc, type Value } from '../bson/types.ts';
import { badValue, ServerError } from '../errors.ts';
import { planQuery } from '../query/plan.ts';
import { keyOf } from '../values/compare.ts';
import { splitPath, valuesAt } from '../values/path.ts';
import type { Command, Context } from './context.ts';
import { checkQuery, type Query, readQuery, runQuery } from './find.ts';
import { collectionName, optionalCount, required } from './read.ts';

function count(body: Doc, context: Context): OutDoc {
  const name = collectionName(body, 'count');
  const query = readQuery(body, 'query');
  checkQuery(query, context);
  const collection = context.services.store.find(context.database, name);
  if (collection === undefined) return new Map([['n', 0]]);
  if (query.filter.size === 0 && query.skip === 0 && query.limit === 0) return new Map([['n', collection.rows.size]]);
  let n = 0;
  for (const _hit of runQuery(collection, query, context, planQuery(collection, query.filter, [], query.hint), false))
    n += 1;
  return new Map([['n', n]]);
}

function distinct(body: Doc, context: Context): OutDoc {
  const name = collectionName(body, 'distinct');
  const key = required(body, 'key', 'distinct');
  if (typeof key !== 'string')
    throw new ServerError(14, "BSON field 'distinct.key' is the wrong type, expected type 'string'");
  const query = readQuery(body, 'query');
  checkQuery(query, context);
  const collection = context.services.store.find(context.database, name);
  const found = new Map<string, Value>();
  if (collection !== undefined) {
    for (const { row } of runQuery(
      collection,
      query,
      context,
      planQuery(collection, query.filter, [], query.hint),
      false,
    )) {
      if (row.bytes === undefined) continue;
      for (const value of valuesAt(decode(row.bytes), splitPath(key)))
        if (!isWholeArray(value)) found.set(keyOf(value), value);
    }
  }
  return new Map<string, Out>([['values', [...found.values()]]]);
}

/** A path's array comes after its elements, which are what counts. */
function isWholeArray(value: Value): boolean {
  return Array.isArray(value);
}

function cursorId(value: Value | undefined): bigint {
  if (typeof value === 'bigint') return value;
  return typeof value === 'number' ? BigInt(Math.trunc(value)) : badValue('A cursor id must be a long');
}

function getMore(body: Doc, context: Context): OutDoc {
  const name = body.get('collection');
  if (typeof name !== 'string')
    throw new ServerError(40414, "BSON field 'getMore.collection' is missing but a required field");
  const size = optionalCount(body, 'batchSize') ?? 0;
  return context.services.cursors.more(
    cursorId(body.get('getMore')),
    `${context.database}.${name}`,
    size === 0 ? Number.POSITIVE_INFINITY : size,
  );
}

function killCursors(body: Doc, context: Context): OutDoc {
  const ids = required(body, 'cursors', 'killCursors');
  if (!Array.isArray(ids)) badValue('cursors must be an array');
  const killed = ids.filter((id) => context.services.cursors.kill(cursorId(id)));
  const missing = ids.filter((id) => !killed.includes(id));
  return new Map<string, Out>([
    ['cursorsKilled', killed],
    ['cursorsNotFound', missing],
    ['cursorsAlive', []],
    ['cursorsUnknown', []],
  ]);
}

/** The plan of a query as a tree of stages. */
export function explainPlan(query: Query, namespace: string, name: string, context: Context): OutDoc {
  const collection = context.services.store.find(context.database, name);
  const plan = collection === undefined ? undefined : planQuery(collection, query.filter, query.sort, query.hint);
  const index = plan?.index;
  const access: OutDoc =
    collection === undefined
      ? new Map<string, Out>([['stage', 'EOF']])
      : index === undefined
        ? new Map<string, Out>([
            ['stage', 'COLLSCAN'],
            ['direction', plan?.reverse === true ? 'backward' : 'forward'],
          ])
        : new Map<string, Out>([
            ['stage', 'FETCH'],
            [
              'inputStage',
              new Map<string, Out>([
                ['stage', 'IXSCAN'],
                ['keyPattern', index.spec.key],
                ['indexName', index.spec.name],
                ['isMultiKey', index.arrays.includes(true)],
                ['direction', plan?.reverse === true ? 'backward' : 'forward'],
              ]),
            ],
          ]);
  const winning =
    query.sort.length > 0 && plan?.sorted !== true
      ? new Map<string, Out>([
          ['stage', 'SORT'],
          ['inputStage', access],
        ])
      : access;
  return new Map<string, Out>([
    ['namespace', namespace],
    ['parsedQuery', query.filter],
    ['winningPlan', winning],
    ['rejectedPlans', []],
  ]);
}

function explain(body: Doc, context: Context): OutDoc {
  const inner = body.get('explain');
  if (!isDoc(inner)) badValue('explain must hold a command');
  const [command, name] = [...inner][0] ?? [];
  if (typeof name !== 'string') badValue('explain must name a collection');
  const query = explained(command ?? '', inner, context);
  const planner = explainPlan(query, `${context.database}.${name}`, name, context);
  return new Map<string, Out>([
    ['explainVersion', '1'],
    ['queryPlanner', planner],
    ['command', inner],
  ]);
}

function explained(command: string, inner: Doc, context: Context): Query {
  if (command === 'find') return checked(readQuery(inner), context);
  if (command === 'count' || command === 'distinct' || command === 'findAndModify')
    return checked(readQuery(inner, 'query'), context);
  const list = inner.get(command === 'update' ? 'updates' : command === 'delete' ? 'deletes' : 'pipeline');
  const first = Array.isArray(list) ? list[0] : undefined;
  if (command === 'aggregate')
    return readQuery(
      new Map(isDoc(first) && isDoc(first.get('$match')) ? [['filter', first.get('$match') ?? null]] : []),
    );
  if (!isDoc(first) || (command !== 'update' && command !== 'delete'))
    throw new ServerError(59, `Explain failed due to unknown command: ${command}`);
  return checked(readQuery(new Map([['q', first.get('q') ?? null]]), 'q'), context);
}

function checked(query: Query, context: Context): Query {
  checkQuery(query, context);
  return query;
}

/** Commands that read, apart from find and aggregate. */
export const QUERIES: Readonly<Record<string, Command>> = {
  count: { fields: ['query', 'limit', 'skip', 'hint', 'collation', 'fields'], run: count },
  distinct: { fields: ['key', 'query', 'collation', 'hint'], run: distinct },
  getMore: { fields: ['collection', 'batchSize'], run: getMore },
  killCursors: { fields: ['cursors'], run: killCursors },
  explain: { fields: ['verbosity'], run: explain },
};
