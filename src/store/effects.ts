import type { CollectionName, Insert, Update } from '../domain/rows.ts';
import type { EffectStore } from '../ports/store.ts';
import { isDuplicate } from './duplicate.ts';
import type { Models } from './models.ts';

/** Applies the writes of plans: each is done once, however often it is asked for (design §2.1). */
export const createEffectStore = (models: Models): EffectStore => {
  const byId = (id: string) => ({ _id: id as never });
  const causeOf = async (collection: CollectionName, id: string, field: 'cause' | 'lastCause') =>
    (await models[collection].collection.findOne(byId(id), { projection: { [field]: 1 } }))?.[field];

  const insert = async ({ into, row }: Insert): Promise<'done' | 'stale'> => {
    try {
      await models[into].create([row], { validateBeforeSave: true });
      return 'done';
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return (await causeOf(into, row._id, 'cause')) === row.cause ? 'done' : 'stale';
    }
  };

  const update = async (effect: Update, cause: string): Promise<'done' | 'stale'> => {
    const { id, revision, expect, set } = effect;
    const filter = { ...expect, ...(revision === null ? {} : { revision }), ...byId(id) };
    const outcome = await models[effect.in].collection.updateOne(filter, {
      $set: { ...set, lastCause: cause },
      $inc: { revision: 1 },
    });
    if (outcome.matchedCount === 1) return 'done';
    return (await causeOf(effect.in, id, 'lastCause')) === cause ? 'done' : 'stale';
  };

  return { apply: (effect, cause) => (effect.op === 'insert' ? insert(effect) : update(effect, cause)) };
};
