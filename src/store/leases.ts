import type { Lease, Leases } from '../ports/store.ts';
import { isDuplicate } from './duplicate.ts';
import type { Models } from './models.ts';

const never = new Date(0);

/** Leases by the database's clock: `until` is written and compared there, so that no machine's clock matters. */
export const createLeases = (models: Models): Leases => {
  const rows = models.leases.collection;
  const claim = async (name: string, owner: string, ttlMs: number): Promise<Lease | null> => {
    const row = await rows.findOneAndUpdate(
      { _id: name as never, $expr: { $lte: ['$until', '$$NOW'] } },
      [{ $set: { owner: { $literal: owner }, token: { $add: ['$token', 1] }, until: { $add: ['$$NOW', ttlMs] } } }],
      { returnDocument: 'after' },
    );
    return row ? { name, owner, token: Number(row.token), ttlMs } : null;
  };
  const create = async (name: string): Promise<boolean> => {
    try {
      const made = await rows.updateOne(
        { _id: name as never },
        { $setOnInsert: { owner: null, token: 0, until: never } },
        { upsert: true },
      );
      return made.upsertedCount === 1;
    } catch (error) {
      if (isDuplicate(error)) return true;
      throw error;
    }
  };
  return {
    tryClaim: async (name, owner, ttlMs) => {
      const lease = await claim(name, owner, ttlMs);
      if (lease) return lease;
      return (await create(name)) ? claim(name, owner, ttlMs) : null;
    },
    renew: async ({ name, owner, token, ttlMs }) => {
      const outcome = await rows.updateOne({ _id: name as never, owner, token }, [
        { $set: { until: { $add: ['$$NOW', ttlMs] } } },
      ]);
      return outcome.matchedCount === 1;
    },
    release: async ({ name, owner, token }) => {
      await rows.updateOne({ _id: name as never, owner, token }, { $set: { until: never } });
    },
  };
};
