import { decode } from '../bson/decode.ts';
import type { Doc, Out, OutDoc } from '../bson/types.ts';
import { failedToParse } from '../errors.ts';
import { planQuery } from '../query/plan.ts';
import { toInteger } from '../values/numbers.ts';
import { runBatch } from './batch.ts';
import type { Command, Context } from './context.ts';
import { checkQuery, readQuery, runQuery } from './find.ts';
import { checkFields, collectionName, docsOf, optionalDoc, optionalFlag, required } from './read.ts';

const STATEMENT_FIELDS = ['q', 'limit', 'hint', 'collation'];

function runStatement(name: string, statement: Doc, body: Doc, context: Context): number {
  const limit = toInteger(required(statement, 'limit', 'delete.deletes'));
  if (limit !== 0 && limit !== 1) failedToParse(`The limit field in delete objects must be 0 or 1. Got ${limit}`);
  const query = { ...readQuery(statement, 'q'), limit, variables: optionalDoc(body, 'let') };
  checkQuery(query, context);
  const collection = context.services.store.find(context.database, name);
  if (collection === undefined) return 0;
  const hits = [...runQuery(collection, query, context, planQuery(collection, query.filter, [], query.hint), false)];
  for (const { row } of hits) if (row.bytes !== undefined) collection.delete(row, decode(row.bytes));
  return hits.length;
}

function run(body: Doc, context: Context): OutDoc {
  const name = collectionName(body, 'delete');
  const ordered = body.get('ordered') === undefined || optionalFlag(body, 'ordered');
  const statements = docsOf(body, 'deletes', 'delete');
  for (const statement of statements) checkFields(statement, STATEMENT_FIELDS, 'delete.deletes');
  let n = 0;
  const errors = runBatch(statements, ordered, (statement) => {
    n += runStatement(name, statement, body, context);
  });
  return new Map<string, Out>([['n', n], ...errors]);
}

export const remove: Command = { fields: ['deletes', 'ordered', 'let'], run };
