import { randomBytes } from 'node:crypto';
import { decode } from '../bson/decode.ts';
import { encode } from '../bson/encode.ts';
import { type Doc, isDoc, ObjectId, type Out, type OutDoc, type Value } from '../bson/types.ts';
import { ServerError } from '../errors.ts';
import { typeName } from '../values/types.ts';
import { runBatch } from './batch.ts';
import type { Command, Context } from './context.ts';
import { collectionName, docsOf, optionalFlag } from './read.ts';

let counter = randomBytes(3).readUIntBE(0, 3);
const machine = randomBytes(5).toString('hex');

/** A new ObjectId for the given instant. */
export function newObjectId(ms: number): ObjectId {
  counter = (counter + 1) % 0x1000000;
  const seconds = (Math.floor(ms / 1000) >>> 0).toString(16).padStart(8, '0');
  return new ObjectId(seconds + machine + counter.toString(16).padStart(6, '0'));
}

/** Checks an `_id` as the server does. */
export function checkIdValue(id: Value): void {
  if (Array.isArray(id) || typeName(id) === 'undefined' || typeName(id) === 'regex') {
    throw new ServerError(53, `The '_id' value cannot be of type ${typeName(id)}`);
  }
  const bad = isDoc(id) ? [...id.keys()].find((key) => key.startsWith('$')) : undefined;
  if (bad !== undefined)
    throw new ServerError(52, `_id fields may not contain '$'-prefixed fields: ${bad} is not valid for storage.`);
}

/** The document with `_id` in front, made up when it has none. */
export function withId(document: Doc, now: number): Doc {
  const id = document.get('_id') ?? (document.has('_id') ? null : newObjectId(now));
  checkIdValue(id);
  if (document.keys().next().value === '_id') return document;
  const result: Doc = new Map([['_id', id]]);
  for (const [key, value] of document) if (key !== '_id') result.set(key, value);
  return result;
}

/** Checks one document for storing. Bytes that came beside the body are kept as they are when `_id` already comes first. */
function prepare(source: Buffer | Doc, now: number): { bytes: Buffer; document: Doc } {
  const document = source instanceof Map ? source : decode(source);
  const complete = withId(document, now);
  const bytes = source instanceof Map || complete !== document ? encode(complete) : Buffer.from(source);
  return { bytes, document: complete };
}

function documentsOf(body: Doc, context: Context): (Buffer | Doc)[] {
  return context.sequences.get('documents') ?? docsOf(body, 'documents', 'insert');
}

function run(body: Doc, context: Context): OutDoc {
  const name = collectionName(body, 'insert');
  const documents = documentsOf(body, context);
  if (documents.length === 0 || documents.length > 100_000)
    throw new ServerError(16, `Write batch sizes must be between 1 and 100000. Got ${documents.length} operations.`);
  const collection = context.services.store.obtain(context.database, name);
  let n = 0;
  const errors = runBatch(documents, body.get('ordered') === undefined || optionalFlag(body, 'ordered'), (source) => {
    const { bytes, document } = prepare(source, context.now.ms);
    collection.insert(bytes, document);
    n += 1;
  });
  return new Map<string, Out>([['n', n], ...errors]);
}

export const insert: Command = { fields: ['documents', 'ordered', 'bypassDocumentValidation'], run };
