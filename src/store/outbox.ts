import type { OutboxRow, ReminderItem } from '../domain/rows.ts';
import type { OutboxStore } from '../ports/store.ts';
import { isDuplicate } from './duplicate.ts';
import type { Models } from './models.ts';
import { outboxRow, parseAll, parseMaybe } from './rows.ts';

const holds = (row: OutboxRow | null, items: readonly ReminderItem[]): boolean =>
  row !== null &&
  items.every((item) => row.items.some((known) => known.duty === item.duty && known.step === item.step));

export const createOutboxStore = (models: Models): OutboxStore => {
  const rows = models.outbox.collection;
  const byId = (key: string) => ({ _id: key as never });
  const find = async (key: string) => parseMaybe(outboxRow, await rows.findOne(byId(key)));
  const leave = async (key: string, set: Record<string, unknown>) =>
    (await rows.updateOne({ ...byId(key), state: 'waiting' }, { $set: set, $inc: { revision: 1 } })).matchedCount === 1;

  const remind = async (row: OutboxRow, items: readonly ReminderItem[]): Promise<boolean> => {
    const { _id, items: _items, duties: _duties, revision: _revision, state, triedAt, ...rest } = row;
    const add = { items: { $each: items }, duties: { $each: items.map((item) => item.duty) } };
    try {
      await rows.updateOne(
        { ...byId(_id), state, triedAt },
        { $addToSet: add as never, $inc: { revision: 1 }, $setOnInsert: rest },
        { upsert: true },
      );
      return true;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return holds(await find(_id), items);
    }
  };

  return {
    find,
    remind,
    byMessage: async (messageId) => parseMaybe(outboxRow, await rows.findOne({ messageId })),
    due: async (at, limit, except = []) =>
      parseAll(
        outboxRow,
        await rows
          .find({ state: 'waiting', at: { $lte: at }, ...(except.length > 0 ? { 'to.id': { $nin: except } } : {}) })
          .sort({ seq: 1 })
          .limit(limit)
          .toArray(),
      ),
    nextAt: async (after) =>
      parseMaybe(
        outboxRow,
        await rows
          .find({ state: 'waiting', at: { $gt: after } })
          .sort({ at: 1 })
          .limit(1)
          .next(),
      )?.at ?? null,
    freeze: async (row, content, uuid, at) =>
      parseMaybe(
        outboxRow,
        await rows.findOneAndUpdate(
          { ...byId(row._id), state: 'waiting', revision: row.revision, triedAt: null },
          { $set: { content, uuid, triedAt: at }, $inc: { revision: 1 } },
          { returnDocument: 'after' },
        ),
      ),
    sent: (key, messageId, chatId, at) => leave(key, { state: 'sent', messageId, chatId, sentAt: at }),
    drop: (key, note) => leave(key, { state: 'dropped', note }),
    park: (key, note) => leave(key, { state: 'parked', note }),
    countTry: async (key) => {
      await rows.updateOne({ ...byId(key), state: 'waiting' }, { $inc: { tries: 1 } });
    },
    lastChatOf: async (recipient) =>
      parseMaybe(
        outboxRow,
        await rows.findOne({ state: 'sent', 'to.id': recipient, chatId: { $ne: null } }, { sort: { sentAt: -1 } }),
      )?.chatId ?? null,
    hasNewerPatch: async (row) =>
      row.target !== null &&
      (await rows.findOne({
        kind: 'patch',
        target: row.target,
        seq: { $gt: row.seq },
        state: { $in: ['waiting', 'sent'] },
      })) !== null,
  };
};
