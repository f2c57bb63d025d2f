import mongoose from 'mongoose';
import type { Stopwatch } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import { createDirectory } from './directory.ts';
import { createDutyStore } from './duties.ts';
import { createEffectStore } from './effects.ts';
import { createInboxStore } from './inbox.ts';
import { createLeases } from './leases.ts';
import { buildIndexes, defineModels } from './models.ts';
import { createOccurrenceStore } from './occurrences.ts';
import { createOutboxStore } from './outbox.ts';
import { createDraftStore, createRecordStore } from './records.ts';
import { writeConcern } from './write-concern.ts';

export type StoreOptions = { readonly uri: string; readonly dbName: string; readonly stopwatch: Stopwatch };

/** Connects, builds every index, and only then answers. Throws when no database answers within the driver's limit. */
export const openStore = async ({ uri, dbName, stopwatch }: StoreOptions): Promise<Store> => {
  const connection = mongoose.createConnection(uri, {
    dbName,
    bufferCommands: false,
    // Two batches may wait one after the other, and Feishu waits 3 s for the webhook.
    serverSelectionTimeoutMS: 1_200,
    socketTimeoutMS: 20_000,
    maxPoolSize: 16,
    writeConcern: { w: writeConcern.w, journal: writeConcern.j },
  });
  const models = defineModels(connection);
  try {
    await connection.asPromise();
    await buildIndexes(models);
  } catch (error) {
    await connection.close(true).catch(() => undefined);
    throw error;
  }
  return {
    leases: createLeases(models),
    inbox: createInboxStore(models),
    outbox: createOutboxStore(models),
    occurrences: createOccurrenceStore(models),
    duties: createDutyStore(models),
    records: createRecordStore(models),
    drafts: createDraftStore(models),
    directory: createDirectory(models, stopwatch),
    effects: createEffectStore(models),
    ping: async () =>
      (await connection.db
        ?.admin()
        .ping()
        .then(
          () => true,
          () => false,
        )) ?? false,
    close: () => connection.close(),
  };
};
