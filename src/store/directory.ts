import type { Organisation } from '../domain/organisation.ts';
import type { Directory } from '../ports/store.ts';
import { isDuplicate } from './duplicate.ts';
import type { Models } from './models.ts';
import { bindingRow, parseAll, parseMaybe, personRow, unitRow } from './rows.ts';

/** Who belongs where. The whole college is some hundred rows: read at once and kept for `keepMs` of real time. */
export const createDirectory = (models: Models, stopwatch: { now(): number }, keepMs = 5_000): Directory => {
  let kept: { readonly at: number; readonly organisation: Promise<Organisation> } | null = null;
  const read = async (): Promise<Organisation> => {
    const [units, people] = await Promise.all([
      models.units.collection.find().sort({ _id: 1 }).toArray(),
      models.people.collection.find().sort({ _id: 1 }).toArray(),
    ]);
    return { units: parseAll(unitRow, units), people: parseAll(personRow, people) };
  };
  const organisation = (): Promise<Organisation> => {
    if (kept === null || stopwatch.now() - kept.at > keepMs) {
      const fresh = { at: stopwatch.now(), organisation: read() };
      fresh.organisation.catch(() => {
        if (kept === fresh) kept = null;
      });
      kept = fresh;
    }
    return kept.organisation;
  };
  const upsertAll = async (model: Models['units'], rows: readonly { readonly _id: string }[]) => {
    if (rows.length === 0) return;
    const writes = rows.map((row) => {
      const { _id, ...rest } = row;
      return { updateOne: { filter: { _id: _id as never }, update: { $setOnInsert: rest }, upsert: true } };
    });
    await model.collection.bulkWrite(writes as never, { ordered: false });
  };
  return {
    organisation,
    bindings: async () => parseAll(bindingRow, await models.bindings.collection.find().sort({ at: 1 }).toArray()),
    person: async (openId) => parseMaybe(personRow, await models.people.collection.findOne({ _id: openId as never })),
    goLive: async (candidate) => {
      const cursors = models.cursors.collection;
      const filter = { _id: 'goLive' as never };
      await cursors
        .updateOne(filter, { $setOnInsert: { through: candidate } }, { upsert: true })
        .catch((error: unknown) => {
          if (!isDuplicate(error)) throw error;
        });
      const row = await cursors.findOne(filter);
      return row?.through instanceof Date ? row.through : candidate;
    },
    seed: async (units, people, bindings) => {
      await upsertAll(
        models.units,
        units.map(({ code, ...rest }) => ({ _id: code, ...rest })),
      );
      await upsertAll(
        models.people,
        people.map(({ openId, ...rest }) => ({ _id: openId, ...rest })),
      );
      await upsertAll(models.bindings, bindings);
      kept = null;
    },
  };
};
