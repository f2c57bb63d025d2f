import mongoose from 'mongoose';
import type { Admission, InboundEvent } from '../ports/inbox.ts';
import type { InboxStore } from '../ports/store.ts';
import type { Models } from './models.ts';
import { inboxRow, parseAll, parseMaybe } from './rows.ts';

const keepMs = 48 * 3_600_000;
const later = (at: Date) => new Date(at.getTime() + keepMs);

const toRow = (event: InboundEvent, receivedAt: Date) => ({
  _id: event.eventId as never,
  type: event.type,
  lane: event.lane,
  ...(event.messageId === null ? {} : { messageId: event.messageId }),
  createTime: event.createTime,
  receivedAt,
  // As text: it is read once, and writing it so is what the durable 200 waits for.
  body: JSON.stringify(event.body),
  state: 'ready',
  token: 0,
  tries: 0,
});

/**
 * Splits an unordered insert's outcome per event: duplicates were durable before, anything else is the error. The driver
 * wraps lost connections in the same error, without any entry: what does not account for every event is nobody's 200.
 */
const perEvent = (count: number, error: unknown): (Admission | Error)[] => {
  if (!(error instanceof mongoose.mongo.MongoBulkWriteError)) throw error;
  const failures = [error.writeErrors].flat();
  if (error.insertedCount + failures.length !== count || error.result.getWriteConcernError()) throw error;
  const fates: (Admission | Error)[] = new Array(count).fill('stored');
  for (const failed of failures)
    fates[failed.index] = failed.code === 11000 ? 'known' : new Error(`insert failed with ${failed.code}`);
  return fates;
};

/** The inbox: each event once, kept 48 h after it was handled; ids alone decide what is known. */
export const createInboxStore = (models: Models): InboxStore => {
  const rows = models.inbox.collection;
  const byId = (id: string) => ({ _id: id as never });
  const guarded = (id: string, token: number) => ({ ...byId(id), state: 'ready', token });
  const change = async (id: string, token: number, update: Record<string, unknown>) =>
    (await rows.updateOne(guarded(id, token), update)).matchedCount === 1;
  return {
    insertMany: async (events, receivedAt) => {
      try {
        await rows.insertMany(
          events.map((event) => toRow(event, receivedAt)),
          { ordered: false },
        );
        return new Array(events.length).fill('stored');
      } catch (error) {
        return perEvent(events.length, error);
      }
    },
    find: async (id) => parseMaybe(inboxRow, await rows.findOne(byId(id))),
    readyLanes: async (limit) => (await rows.distinct('lane', { state: 'ready' })).map(String).slice(0, limit),
    hasReady: async () => (await rows.findOne({ state: 'ready' }, { projection: { _id: 1 } })) !== null,
    start: async (lane, token) =>
      parseMaybe(
        inboxRow,
        await rows.findOneAndUpdate(
          { state: 'ready', lane, token: { $lte: token } },
          { $set: { token }, $inc: { tries: 1 } },
          { sort: { createTime: 1, messageId: 1 }, returnDocument: 'after' },
        ),
      ),
    savePlan: async (id, token, plan) =>
      (await rows.updateOne({ ...guarded(id, token), plan: null }, { $set: { plan } })).matchedCount === 1,
    clearPlan: (id, token) => change(id, token, { $unset: { plan: 1 } }),
    finish: (id, token, at) =>
      change(id, token, { $set: { state: 'done', expireAt: later(at) }, $unset: { body: 1, 'plan.effects': 1 } }),
    forgive: (id, token) => change(id, token, { $inc: { tries: -1 } }),
    bury: (id, token, note) => change(id, token, { $set: { state: 'dead', note } }),
    dead: async () => parseAll(inboxRow, await rows.find({ state: 'dead' }).sort({ createTime: 1 }).toArray()),
    redrive: async (id) =>
      (
        await rows.updateOne(
          { ...byId(id), state: 'dead' },
          { $set: { state: 'ready', tries: 0 }, $unset: { note: 1 } },
        )
      ).matchedCount === 1,
    sweep: async (before) => (await rows.deleteMany({ state: 'done', expireAt: { $lte: before } })).deletedCount,
  };
};
