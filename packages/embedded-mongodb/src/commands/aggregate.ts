import { compileStages } from '../aggregate/stages.ts';
import { decode } from '../bson/decode.ts';
import { encode } from '../bson/encode.ts';
import { type Doc, isDoc, type OutDoc, type Value } from '../bson/types.ts';
import { failedToParse, ServerError } from '../errors.ts';
import { planQuery } from '../query/plan.ts';
import { readSort } from '../query/sort.ts';
import { type Command, type Context, scopeOf } from './context.ts';
import { drain, type Query, readQuery, runQuery } from './find.ts';
import { optionalCount, optionalDoc, required } from './read.ts';

function pipelineOf(body: Doc): Value[] {
  const pipeline = required(body, 'pipeline', 'aggregate');
  if (!Array.isArray(pipeline)) throw new ServerError(14, "'pipeline' option must be specified as an array");
  return pipeline;
}

/** The `$match` and `$sort` a pipeline begins with become a query, so that an index can serve them. */
function leadingQuery(pipeline: readonly Value[], body: Doc): { query: Query; used: number } {
  const query = readQuery(
    new Map([...body].filter(([key]) => key === 'hint' || key === 'maxTimeMS' || key === 'let' || key === 'collation')),
  );
  let used = 0;
  const [first] = pipeline;
  const filter = isDoc(first) ? first.get('$match') : undefined;
  if (isDoc(filter)) used = 1;
  const next = pipeline[used];
  const sort = isDoc(next) ? next.get('$sort') : undefined;
  if (isDoc(sort)) used += 1;
  return {
    query: { ...query, filter: isDoc(filter) ? filter : new Map(), sort: readSort(isDoc(sort) ? sort : new Map()) },
    used,
  };
}

function* source(name: string, query: Query, context: Context): Generator<Doc> {
  const collection = context.services.store.find(context.database, name);
  if (collection === undefined) return;
  const plan = planQuery(collection, query.filter, query.sort, query.hint);
  for (const { row } of runQuery(collection, query, context, plan, false))
    if (row.bytes !== undefined) yield decode(row.bytes);
}

function* encoded(documents: Iterable<Doc>): Generator<Buffer> {
  for (const document of documents) yield encode(document);
}

function run(body: Doc, context: Context): OutDoc {
  const name = body.get('aggregate');
  if (typeof name !== 'string' || name === '')
    throw new ServerError(238, 'aggregate on a whole database is not implemented');
  const pipeline = pipelineOf(body);
  const cursor = optionalDoc(body, 'cursor');
  if (cursor === undefined)
    failedToParse("The 'cursor' option is required, except for aggregate with the explain argument");
  const { query, used } = leadingQuery(pipeline, body);
  const scope = scopeOf(context, query.variables);
  compileStages(pipeline, scope);
  const stages = compileStages(pipeline.slice(used), scope);
  const output = stages.reduce<Iterable<Doc>>((input, stage) => stage(input), source(name, query, context));
  const results = encoded(output);
  const batchSize = optionalCount(cursor, 'batchSize') ?? 101;
  return context.services.cursors.first(`${context.database}.${name}`, results, batchSize, false, (rest) =>
    drain(rest),
  );
}

export const aggregate: Command = {
  fields: ['pipeline', 'cursor', 'hint', 'let', 'allowDiskUse', 'bypassDocumentValidation', 'collation'],
  run,
};
