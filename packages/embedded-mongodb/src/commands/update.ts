import { type Doc, isDoc, type Out, type OutDoc } from '../bson/types.ts';
import { badValue, failedToParse } from '../errors.ts';
import { planQuery } from '../query/plan.ts';
import { compileUpdate } from '../update/compile.ts';
import { runBatch } from './batch.ts';
import { type Command, type Context, scopeOf } from './context.ts';
import { checkQuery, type Query, readQuery, runQuery } from './find.ts';
import { updateRow, upsert } from './modify.ts';
import { checkFields, collectionName, docsOf, optionalDoc, optionalFlag, required } from './read.ts';

const STATEMENT_FIELDS = ['q', 'u', 'upsert', 'multi', 'arrayFilters', 'hint', 'collation', 'c'];

type Totals = { n: number; modified: number; upserted: Out[] };

function readStatement(statement: Doc, body: Doc): Query {
  if (!isDoc(required(statement, 'q', 'update.updates'))) badValue('q must be a document');
  const query = readQuery(
    new Map([...statement].filter(([key]) => key === 'q' || key === 'hint' || key === 'collation')),
    'q',
  );
  return { ...query, variables: optionalDoc(statement, 'c') ?? optionalDoc(body, 'let') };
}

function runStatement(name: string, statement: Doc, index: number, body: Doc, context: Context, totals: Totals): void {
  const query = readStatement(statement, body);
  const multi = optionalFlag(statement, 'multi');
  const updater = compileUpdate(statement.get('u'), statement.get('arrayFilters'), scopeOf(context, query.variables));
  if (multi && updater.replacement) failedToParse('multi update is not supported for replacement-style update');
  checkQuery(query, context);
  const collection = context.services.store.find(context.database, name);
  const plan = collection === undefined ? undefined : planQuery(collection, query.filter, [], query.hint);
  const limit = multi ? 0 : 1;
  const hits =
    collection === undefined || plan === undefined
      ? []
      : [...runQuery(collection, { ...query, limit }, context, plan, false)];
  for (const { row } of hits) {
    if (collection === undefined) break;
    totals.n += 1;
    if (updateRow(collection, row, query, updater, context).changed) totals.modified += 1;
  }
  if (hits.length > 0 || !optionalFlag(statement, 'upsert')) return;
  const created = upsert(context.services.store.obtain(context.database, name), query, updater, context);
  totals.n += 1;
  totals.upserted.push(
    new Map<string, Out>([
      ['index', index],
      ['_id', created.get('_id')],
    ]),
  );
}

function run(body: Doc, context: Context): OutDoc {
  const name = collectionName(body, 'update');
  const statements = docsOf(body, 'updates', 'update');
  for (const statement of statements) checkFields(statement, STATEMENT_FIELDS, 'update.updates');
  const totals: Totals = { n: 0, modified: 0, upserted: [] };
  const ordered = body.get('ordered') === undefined || optionalFlag(body, 'ordered');
  const errors = runBatch(statements, ordered, (statement, index) => {
    runStatement(name, statement, index, body, context, totals);
  });
  const reply: OutDoc = new Map<string, Out>([
    ['n', totals.n],
    ['nModified', totals.modified],
  ]);
  if (totals.upserted.length > 0) reply.set('upserted', totals.upserted);
  for (const [key, value] of errors) reply.set(key, value);
  return reply;
}

export const update: Command = { fields: ['updates', 'ordered', 'bypassDocumentValidation', 'let'], run };
