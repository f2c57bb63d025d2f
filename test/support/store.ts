import { type EmbeddedMongo, startEmbeddedMongo } from 'embedded-mongodb';
import mongoose from 'mongoose';
import { afterAll, beforeAll } from 'vitest';
import type { OutboxRow } from '../../src/domain/rows.ts';
import { stopwatch } from '../../src/engine/stopwatch.ts';
import type { InboundEvent } from '../../src/ports/inbox.ts';
import type { Store } from '../../src/ports/store.ts';
import { openStore } from '../../src/store/index.ts';

export const start = Date.parse('2026-11-24T10:00:00+08:00');

export type Shelf = {
  readonly store: Store;
  readonly db: mongoose.mongo.Db;
  readonly database: EmbeddedMongo;
  /** The database's own clock, in milliseconds; leases and occurrences go by it alone. */
  databaseTime: number;
};

/** An empty database in memory with the real store on it, for the length of a test file. */
export const useStore = (): Shelf => {
  const shelf: { databaseTime: number } & Partial<Shelf> = { databaseTime: start };
  let connection: mongoose.Connection | null = null;
  beforeAll(async () => {
    const database = await startEmbeddedMongo({ port: 0, clock: () => shelf.databaseTime, onDeath: () => {} });
    const store = await openStore({ uri: database.uri, dbName: 'test', stopwatch });
    connection = await mongoose.createConnection(database.uri, { dbName: 'test' }).asPromise();
    if (!connection.db) throw new Error('the test has no database');
    Object.assign(shelf, { database, store, db: connection.db });
  });
  afterAll(async () => {
    await connection?.close();
    await shelf.store?.close();
    await shelf.database?.close();
  });
  return shelf as Shelf;
};

let made = 0;
const count = (): number => {
  made += 1;
  return made;
};
/** An id that no other row of the file has. */
export const fresh = (prefix: string): string => `${prefix}${count()}`;

export const event = (facts: Partial<InboundEvent> = {}): InboundEvent => ({
  eventId: fresh('ev_'),
  type: 'im.message.receive_v1',
  messageId: fresh('om_'),
  lane: 'oc_1',
  createTime: start,
  body: { text: 'canary' },
  ...facts,
});

export const outboxRow = (facts: Partial<OutboxRow> = {}): OutboxRow => ({
  _id: fresh('reply/ev_'),
  cause: 'ev_1',
  revision: 0,
  to: { type: 'chat', id: 'oc_1' },
  kind: 'send',
  target: null,
  content: '{"card":1}',
  items: [],
  duties: [],
  draft: null,
  record: null,
  at: new Date(start),
  seq: count(),
  state: 'waiting',
  uuid: null,
  messageId: null,
  chatId: null,
  tries: 0,
  triedAt: null,
  sentAt: null,
  note: null,
  ...facts,
});
