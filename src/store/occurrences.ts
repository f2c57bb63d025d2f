import type { OccurrenceStore } from '../ports/store.ts';
import { onlyDuplicates } from './duplicate.ts';
import type { Models } from './models.ts';
import { occurrenceRow, parseAll } from './rows.ts';

const never = new Date(0);
const idOf = (job: string, at: Date) => `${job}/${at.toISOString()}`;

/** One row per run of a job that should have been: it ran, or its skip says why (design §3.4). */
export const createOccurrenceStore = (models: Models): OccurrenceStore => {
  const rows = models.occurrences.collection;
  const cursors = models.cursors.collection;
  const mine = (id: string, token: number) => ({ _id: id as never, state: 'pending', token });
  const change = async (id: string, token: number, update: Record<string, unknown>) =>
    (await rows.updateOne(mine(id, token), update)).matchedCount === 1;
  return {
    through: async (job) => {
      const row = await cursors.findOne({ _id: job as never });
      return row?.through instanceof Date ? row.through : null;
    },
    moveThrough: async (job, to) => {
      await cursors.updateOne({ _id: job as never }, { $max: { through: to } }, { upsert: true });
    },
    record: async (found) => {
      if (found.length === 0) return;
      const fresh = found.map(({ job, at, state, reason }) => ({
        _id: idOf(job, at) as never,
        job,
        at,
        state,
        ...(reason === null ? {} : { reason }),
        token: 0,
        until: never,
        tries: 0,
      }));
      await rows.insertMany(fresh, { ordered: false }).catch((error: unknown) => {
        if (!onlyDuplicates(error)) throw error;
      });
    },
    pending: async () => parseAll(occurrenceRow, await rows.find({ state: 'pending' }).sort({ at: 1 }).toArray()),
    claim: async (id, owner, ttlMs) => {
      const row = await rows.findOneAndUpdate(
        { _id: id as never, state: 'pending', $expr: { $lte: ['$until', '$$NOW'] } },
        [
          {
            $set: {
              owner: { $literal: owner },
              token: { $add: ['$token', 1] },
              tries: { $add: ['$tries', 1] },
              until: { $add: ['$$NOW', ttlMs] },
            },
          },
        ],
        { returnDocument: 'after' },
      );
      return row ? { token: Number(row.token), tries: Number(row.tries) } : null;
    },
    done: (id, token) => change(id, token, { $set: { state: 'done' } }),
    skip: (id, token, reason) => change(id, token, { $set: { state: 'skipped', reason } }),
    fail: (id, token, reason) => change(id, token, { $set: { state: 'dead', reason } }),
    giveUp: (id, token) => change(id, token, { $set: { until: never } }),
    yieldBack: (id, token) => change(id, token, { $set: { until: never }, $inc: { tries: -1 } }),
  };
};
