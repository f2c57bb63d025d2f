import { z } from 'zod';
import { BotError } from '../errors.ts';
import type { Admission, InboundEvent } from '../ports/inbox.ts';
import type { InboxStore } from '../ports/store.ts';
import type { Models } from './models.ts';
import { inboxRow, parseAll, parseMaybe, parseRow } from './rows.ts';
import { writeConcern } from './write-concern.ts';

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

/** One message to the database holds 48 MB at most; a batch of large events goes in several. */
const chunkBytes = 8_000_000;
type Row = ReturnType<typeof toRow>;
const chunksOf = (rows: readonly Row[]): readonly Row[][] => {
  const chunks: Row[][] = [[]];
  let size = 0;
  for (const row of rows) {
    size += row.body.length * 3;
    if (size > chunkBytes && chunks.at(-1)?.length) {
      chunks.push([]);
      size = row.body.length * 3;
    }
    chunks.at(-1)?.push(row);
  }
  return chunks;
};

const inserted = z.object({
  n: z.number(),
  writeErrors: z.array(z.object({ index: z.number(), code: z.number() })).default([]),
  writeConcernError: z.unknown().optional(),
});

/** Each event's own fate: duplicates were durable before; an answer that does not account for all is nobody's 200. */
const fatesOf = (count: number, answer: unknown): (Admission | Error)[] => {
  const { n, writeErrors, writeConcernError } = parseRow(inserted, answer);
  if (n + writeErrors.length !== count || writeConcernError !== undefined)
    throw new BotError('store.uncertain', 'an insert did not account for every event');
  const fates: (Admission | Error)[] = new Array(count).fill('stored');
  for (const { index, code } of writeErrors)
    fates[index] = code === 11000 ? 'known' : new BotError('store.uncertain', `an insert failed with ${code}`);
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
    // The command itself, not the driver's bulk: that measures every document before it writes it, twice the work.
    insertMany: async (events, receivedAt) => {
      const fates: (Admission | Error)[] = [];
      for (const documents of chunksOf(events.map((event) => toRow(event, receivedAt)))) {
        const answer = await models.inbox.db.db?.command({ insert: 'inbox', documents, ordered: false, writeConcern });
        fates.push(...fatesOf(documents.length, answer));
      }
      return fates;
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
