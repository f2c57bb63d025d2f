import { decode } from '../bson/decode.ts';
import { encode } from '../bson/encode.ts';
import { type Doc, isDoc, type Out, type OutDoc, type Value } from '../bson/types.ts';
import type { Collection } from '../catalog/collection.ts';
import { isIdKey, readIndexSpec, specDoc } from '../catalog/index-spec.ts';
import { ServerError } from '../errors.ts';
import { compileFilter } from '../query/matcher.ts';
import { equal } from '../values/compare.ts';
import { type Command, type Context, scopeOf } from './context.ts';
import { collectionName, docsOf, optionalCount, optionalDoc, optionalFlag, refuseCollation } from './read.ts';

function reply(entries: [string, Out][]): OutDoc {
  return new Map<string, Out>(entries);
}

function existing(name: string, context: Context): Collection {
  const collection = context.services.store.find(context.database, name);
  if (collection === undefined) throw new ServerError(26, `ns does not exist: ${context.database}.${name}`);
  return collection;
}

/** A list as a cursor; its items are few and are encoded at once. */
function listed(namespace: string, items: readonly OutDoc[], body: Doc, context: Context): OutDoc {
  const cursor = optionalDoc(body, 'cursor') ?? new Map();
  const size = optionalCount(cursor, 'batchSize') ?? Number.POSITIVE_INFINITY;
  return context.services.cursors.first(
    namespace,
    items.map((item) => encode(item))[Symbol.iterator](),
    size,
    false,
    (rest) => rest,
  );
}

function filtered(items: readonly OutDoc[], body: Doc, context: Context): OutDoc[] {
  const filter = optionalDoc(body, 'filter');
  if (filter === undefined) return [...items];
  const predicate = compileFilter(filter, scopeOf(context, undefined));
  return items.filter((item) => predicate(decode(encode(item))));
}

function listDatabases(body: Doc, context: Context): OutDoc {
  const names = optionalFlag(body, 'nameOnly');
  let total = 0;
  const items = [...context.services.store.databases]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, collections]) => {
      const size = [...collections.values()].reduce((sum, collection) => sum + collection.bytes, 0);
      total += size;
      return reply(
        names
          ? [['name', name]]
          : [
              ['name', name],
              ['sizeOnDisk', size],
              ['empty', size === 0],
            ],
      );
    });
  const databases = filtered(items, body, context);
  return reply(
    names
      ? [['databases', databases]]
      : [
          ['databases', databases],
          ['totalSize', total],
          ['totalSizeMb', Math.floor(total / 1_048_576)],
        ],
  );
}

function listCollections(body: Doc, context: Context): OutDoc {
  const collections = [...(context.services.store.databases.get(context.database)?.values() ?? [])];
  const items = collections.map((collection) =>
    reply([
      ['name', collection.name],
      ['type', 'collection'],
      ...((optionalFlag(body, 'nameOnly')
        ? []
        : [
            ['options', reply([])],
            [
              'info',
              reply([
                ['readOnly', false],
                ['uuid', collection.uuid],
              ]),
            ],
            ['idIndex', specDoc(collection.indexes[0]?.spec ?? readIndexSpec(new Map()))],
          ]) as [string, Out][]),
    ]),
  );
  return listed(`${context.database}.$cmd.listCollections`, filtered(items, body, context), body, context);
}

function create(body: Doc, context: Context): OutDoc {
  const name = collectionName(body, 'create');
  refuseCollation(body);
  if (context.services.store.find(context.database, name) === undefined)
    context.services.store.create(context.database, name);
  return reply([]);
}

function drop(body: Doc, context: Context): OutDoc {
  const name = collectionName(body, 'drop');
  const collection = context.services.store.find(context.database, name);
  if (collection === undefined) return reply([]);
  const count = collection.indexes.length;
  context.services.store.drop(collection);
  return reply([
    ['nIndexesWas', count],
    ['ns', `${context.database}.${name}`],
  ]);
}

function dropDatabase(_body: Doc, context: Context): OutDoc {
  const collections = [...(context.services.store.databases.get(context.database)?.values() ?? [])];
  for (const collection of collections) context.services.store.drop(collection);
  return reply(collections.length === 0 ? [] : [['dropped', context.database]]);
}

function createIndexes(body: Doc, context: Context): OutDoc {
  const name = collectionName(body, 'createIndexes');
  const specs = docsOf(body, 'indexes', 'createIndexes');
  if (specs.length === 0) throw new ServerError(2, 'Must specify at least one index to create');
  const { store } = context.services;
  const read = specs.map(readIndexSpec);
  const created = store.find(context.database, name) === undefined;
  const collection = store.obtain(context.database, name);
  const before = collection.indexes.length;
  const added = read.filter((spec) => store.createIndex(collection, spec));
  const entries: [string, Out][] = [
    ['numIndexesBefore', before],
    ['numIndexesAfter', collection.indexes.length],
    ['createdCollectionAutomatically', created],
  ];
  return reply(added.length === 0 ? [...entries, ['note', 'all indexes already exist']] : entries);
}

function listIndexes(body: Doc, context: Context): OutDoc {
  const name = collectionName(body, 'listIndexes');
  const collection = existing(name, context);
  return listed(
    `${context.database}.${name}`,
    collection.indexes.map(({ spec }) => specDoc(spec)),
    body,
    context,
  );
}

function dropIndexes(body: Doc, context: Context): OutDoc {
  const collection = existing(collectionName(body, 'dropIndexes'), context);
  const before = collection.indexes.length;
  for (const name of namesToDrop(collection, body.get('index') ?? null))
    context.services.store.dropIndex(collection, name);
  return reply([['nIndexesWas', before]]);
}

function namesToDrop(collection: Collection, wanted: Value): string[] {
  const others = collection.indexes.filter(({ spec }) => !isIdKey(spec.key)).map(({ spec }) => spec.name);
  if (wanted === '*') return others;
  const names = Array.isArray(wanted) ? wanted : [wanted];
  return names.map((name) => {
    const index = collection.indexes.find(({ spec }) => (isDoc(name) ? equal(spec.key, name) : spec.name === name));
    if (index === undefined) throw new ServerError(27, `index not found with name [${String(name)}]`);
    if (isIdKey(index.spec.key)) throw new ServerError(72, 'cannot drop _id index');
    return index.spec.name;
  });
}

function collStats(body: Doc, context: Context): OutDoc {
  const name = collectionName(body, body.has('collStats') ? 'collStats' : 'collstats');
  const collection = context.services.store.find(context.database, name);
  const count = collection?.rows.size ?? 0;
  const size = collection?.bytes ?? 0;
  return reply([
    ['ns', `${context.database}.${name}`],
    ['size', size],
    ['count', count],
    ['avgObjSize', count === 0 ? 0 : Math.floor(size / count)],
    ['storageSize', size],
    ['nindexes', collection?.indexes.length ?? 0],
  ]);
}

function dbStats(_body: Doc, context: Context): OutDoc {
  const collections = [...(context.services.store.databases.get(context.database)?.values() ?? [])];
  const sum = (of: (collection: Collection) => number) =>
    collections.reduce((total, collection) => total + of(collection), 0);
  return reply([
    ['db', context.database],
    ['collections', collections.length],
    ['objects', sum((collection) => collection.rows.size)],
    ['dataSize', sum((collection) => collection.bytes)],
    ['indexes', sum((collection) => collection.indexes.length)],
  ]);
}

/** Commands about databases, collections and indexes. */
export const CATALOG: Readonly<Record<string, Command>> = {
  listDatabases: { fields: ['filter', 'nameOnly', 'authorizedDatabases'], run: listDatabases },
  listCollections: { fields: ['filter', 'nameOnly', 'authorizedCollections', 'cursor'], run: listCollections },
  create: { fields: ['collation', 'autoIndexId', 'idIndex'], run: create },
  drop: { fields: [], run: drop },
  dropDatabase: { fields: [], run: dropDatabase },
  createIndexes: { fields: ['indexes', 'commitQuorum'], run: createIndexes },
  listIndexes: { fields: ['cursor'], run: listIndexes },
  dropIndexes: { fields: ['index'], run: dropIndexes },
  collStats: { fields: ['scale'], run: collStats },
  dbStats: { fields: ['scale', 'freeStorage'], run: dbStats },
};
