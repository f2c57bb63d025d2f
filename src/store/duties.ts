import type { DutyRow } from '../domain/rows.ts';
import type { DutyStore } from '../ports/store.ts';
import { onlyDuplicates } from './duplicate.ts';
import type { Models } from './models.ts';
import { dutyRow, parseAll } from './rows.ts';

export const createDutyStore = (models: Models): DutyStore => {
  const rows = models.duties.collection;
  return {
    find: async (ids) =>
      parseAll(
        dutyRow,
        await rows
          .find({ _id: { $in: ids as never[] } })
          .sort({ _id: 1 })
          .toArray(),
      ),
    ofUnit: async (unit, openOnly) =>
      parseAll(
        dutyRow,
        await rows
          .find({ unit, ...(openOnly ? { met: null } : {}) })
          .sort({ period: 1, _id: 1 })
          .toArray(),
      ),
    dueForStep: async (at, afterId, limit) =>
      parseAll(
        dutyRow,
        await rows
          .find({ nextAt: { $lte: at }, met: null, _id: { $gt: afterId as never } })
          .sort({ _id: 1 })
          .limit(limit)
          .toArray(),
      ),
    insertMany: async (duties: readonly DutyRow[]) => {
      if (duties.length === 0) return;
      await rows.insertMany(duties as never[], { ordered: false }).catch((error: unknown) => {
        if (!onlyDuplicates(error)) throw error;
      });
    },
  };
};
