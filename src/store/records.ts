import type { DraftStore, RecordStore } from '../ports/store.ts';
import type { Models } from './models.ts';
import { draftRow, parseAll, parseMaybe, recordRow } from './rows.ts';

const counts = { $in: ['submitted', 'approved'] };

export const createRecordStore = (models: Models): RecordStore => {
  const rows = models.records.collection;
  const latest = async (filter: Record<string, unknown>, by: 'submittedAt' | 'startAt') =>
    parseMaybe(recordRow, await rows.findOne({ ...filter, state: counts }, { sort: { [by]: -1 } }));
  return {
    find: async (id) => parseMaybe(recordRow, await rows.findOne({ _id: id as never })),
    counting: async (kind, unit, period) =>
      parseAll(recordRow, await rows.find({ unit, kind, period, state: counts }).sort({ submittedAt: 1 }).toArray()),
    lastOf: (sender, since) => latest({ submittedBy: sender, submittedAt: { $gte: since } }, 'submittedAt'),
    lastOfKind: (kind, unit) => latest({ unit, kind }, 'startAt'),
    byMessage: async (messageId) => parseAll(recordRow, await rows.find({ 'source.message': messageId }).toArray()),
  };
};

export const createDraftStore = (models: Models): DraftStore => ({
  find: async (id) => parseMaybe(draftRow, await models.drafts.collection.findOne({ _id: id as never })),
});
