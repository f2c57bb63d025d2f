import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import { afterAll } from 'vitest';
import { createServer, type RunningServer, type ServerOptions } from '../src/server.ts';

export const {
  BSON,
  MongoClient,
  ObjectId,
  Decimal128,
  Long,
  Int32,
  Double,
  Binary,
  BSONRegExp,
  Timestamp,
  MinKey,
  MaxKey,
} = mongo;
export type Collection = mongo.Collection<mongo.Document>;

const cleanups: (() => Promise<unknown> | unknown)[] = [];

afterAll(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A folder that goes with the test file. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'emb-test-'));
  cleanups.push(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A server in this thread with a connected client, both closed with the test file. */
export async function serverWithClient(
  options: ServerOptions = {},
): Promise<{ server: RunningServer; client: mongo.MongoClient; db: mongo.Db }> {
  const server = await createServer(options);
  cleanups.push(() => server.close());
  const client = await connect(server.uri);
  return { server, client, db: client.db('test') };
}

/** A connected client, closed with the test file. */
export async function connect(uri: string): Promise<mongo.MongoClient> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 3000 });
  cleanups.push(() => client.close());
  return client.connect();
}

/** The error a promise is rejected with. */
export async function errorOf(
  promise: Promise<unknown>,
): Promise<mongo.MongoServerError & { writeErrors?: mongo.WriteError[] }> {
  try {
    await promise;
  } catch (error) {
    return error as mongo.MongoServerError;
  }
  throw new Error('was not refused');
}

/** The code a promise is refused with. */
export async function codeOf(promise: Promise<unknown>): Promise<unknown> {
  return (await errorOf(promise)).code;
}
