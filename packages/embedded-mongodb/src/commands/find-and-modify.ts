import { decode } from '../bson/decode.ts';
import type { Doc, Out, OutDoc } from '../bson/types.ts';
import { failedToParse } from '../errors.ts';
import { compileProjection } from '../project/find.ts';
import { planQuery } from '../query/plan.ts';
import { compileUpdate } from '../update/compile.ts';
import { type Command, type Context, scopeOf } from './context.ts';
import { checkQuery, type Query, readQuery, runQuery } from './find.ts';
import { updateRow, upsert } from './modify.ts';
import { optionalDoc, optionalFlag } from './read.ts';

type Outcome = { value: Doc | undefined; last: OutDoc };

function lastError(n: number, entries: [string, Out][]): OutDoc {
  return new Map<string, Out>([['n', n], ...entries]);
}

function removeOne(name: string, query: Query, context: Context): Outcome {
  const collection = context.services.store.find(context.database, name);
  const hit = collection === undefined ? undefined : firstHit(name, query, context);
  const bytes = hit?.row.bytes;
  if (collection === undefined || hit === undefined || bytes === undefined)
    return { value: undefined, last: lastError(0, []) };
  const document = decode(bytes);
  collection.delete(hit.row, document);
  return { value: document, last: lastError(1, []) };
}

function firstHit(name: string, query: Query, context: Context) {
  const collection = context.services.store.find(context.database, name);
  if (collection === undefined) return undefined;
  const plan = planQuery(collection, query.filter, query.sort, query.hint);
  const [hit] = runQuery(collection, { ...query, limit: 1 }, context, plan, false);
  return hit;
}

function updateOne(name: string, body: Doc, query: Query, context: Context): Outcome {
  const updater = compileUpdate(body.get('update'), body.get('arrayFilters'), scopeOf(context, query.variables));
  const wantNew = optionalFlag(body, 'new');
  const hit = firstHit(name, query, context);
  if (hit !== undefined && hit.row.bytes !== undefined) {
    const collection = context.services.store.obtain(context.database, name);
    const before = decode(hit.row.bytes);
    const { after } = updateRow(collection, hit.row, query, updater, context);
    return { value: wantNew ? after : before, last: lastError(1, [['updatedExisting', true]]) };
  }
  if (!optionalFlag(body, 'upsert')) return { value: undefined, last: lastError(0, [['updatedExisting', false]]) };
  const created = upsert(context.services.store.obtain(context.database, name), query, updater, context);
  return {
    value: wantNew ? created : undefined,
    last: lastError(1, [
      ['updatedExisting', false],
      ['upserted', created.get('_id')],
    ]),
  };
}

function run(body: Doc, context: Context): OutDoc {
  const name = body.get('findAndModify') ?? body.get('findandmodify');
  if (typeof name !== 'string' || name === '') failedToParse('collection name has invalid type');
  const query = { ...readQuery(body, 'query'), projection: optionalDoc(body, 'fields') ?? new Map() };
  const removing = optionalFlag(body, 'remove');
  if (removing && body.has('update')) failedToParse('Cannot specify both an update and remove=true');
  if (removing && optionalFlag(body, 'upsert')) failedToParse('Cannot specify both upsert=true and remove=true');
  if (removing && optionalFlag(body, 'new'))
    failedToParse("Cannot specify both new=true and remove=true; 'remove' always returns the deleted document");
  if (!removing && !body.has('update')) failedToParse('Either an update or remove=true must be specified');
  checkQuery(query, context);
  const { value, last } = removing ? removeOne(name, query, context) : updateOne(name, body, query, context);
  const project = compileProjection(query.projection, scopeOf(context, query.variables), 'find');
  return new Map<string, Out>([
    ['lastErrorObject', last],
    ['value', value === undefined ? null : project(value)],
  ]);
}

const fields = [
  'query',
  'sort',
  'remove',
  'update',
  'new',
  'fields',
  'upsert',
  'arrayFilters',
  'hint',
  'collation',
  'let',
  'bypassDocumentValidation',
];

export const findAndModify: Command = { fields, run };
