import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BindingRow, Effect, Plan } from '../../src/domain/rows.ts';
import { applyPlan } from '../../src/engine/apply.ts';
import { fresh, outboxRow, start, useStore } from '../support/store.ts';

const shelf = useStore();
const at = new Date(start);
const binding = (id: string, cause = 'ev_a'): BindingRow => ({
  _id: id,
  cause,
  revision: 0,
  unit: 'B0201',
  by: 'ou_1',
  at,
});
const insert = (row: BindingRow): Effect => ({ op: 'insert', into: 'bindings', row });
const update = (id: string, revision: number, unit: string, ifStale: 'redo' | 'skip' = 'redo'): Effect => ({
  op: 'update',
  in: 'bindings',
  id,
  revision,
  set: { unit },
  ifStale,
});
const read = (id: string) => shelf.db.collection<{ _id: string }>('bindings').findOne({ _id: id });

describe('an insert', () => {
  it('is done once, and done when it is asked again for the same cause', async () => {
    const row = binding(fresh('oc_'));
    expect(await shelf.store.effects.apply(insert(row), row.cause)).toBe('done');
    expect(await shelf.store.effects.apply(insert({ ...row, unit: 'other' }), row.cause)).toBe('done');
    expect(await read(row._id)).toMatchObject({ unit: 'B0201', revision: 0 });
  });
  it('is stale when somebody else was there first', async () => {
    const row = binding(fresh('oc_'));
    await shelf.store.effects.apply(insert(row), row.cause);
    expect(await shelf.store.effects.apply(insert({ ...row, cause: 'ev_b' }), 'ev_b')).toBe('stale');
    expect(await read(row._id)).toMatchObject({ cause: 'ev_a' });
  });
  it('of something the schema does not know is refused whole', async () => {
    const row = { ...binding(fresh('oc_')), nonsense: 1 };
    await expect(shelf.store.effects.apply(insert(row), row.cause)).rejects.toThrow();
    expect(await read(row._id)).toBeNull();
  });
});

describe('an update', () => {
  it('is done once under its revision, and done when it is asked again for the same cause', async () => {
    const row = binding(fresh('oc_'));
    await shelf.store.effects.apply(insert(row), row.cause);
    for (const _ of [1, 2, 3])
      expect(await shelf.store.effects.apply(update(row._id, 0, 'B0202'), 'ev_u')).toBe('done');
    expect(await read(row._id)).toMatchObject({ unit: 'B0202', revision: 1, lastCause: 'ev_u' });
  });
  it('is stale when the row has moved on, or is not there', async () => {
    const row = binding(fresh('oc_'));
    await shelf.store.effects.apply(insert(row), row.cause);
    await shelf.store.effects.apply(update(row._id, 0, 'B0202'), 'ev_first');
    expect(await shelf.store.effects.apply(update(row._id, 0, 'B0203'), 'ev_second')).toBe('stale');
    expect(await shelf.store.effects.apply(update(fresh('oc_'), 0, 'B0203'), 'ev_third')).toBe('stale');
    expect(await read(row._id)).toMatchObject({ unit: 'B0202', revision: 1 });
  });
  it('has one winner among twenty under one revision', async () => {
    const row = binding(fresh('oc_'));
    await shelf.store.effects.apply(insert(row), row.cause);
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        shelf.store.effects.apply(update(row._id, 0, `U${index}`), `ev_${index}`),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
  });
  it('without a revision is guarded by what it expects', async () => {
    const row = binding(fresh('oc_'));
    await shelf.store.effects.apply(insert(row), row.cause);
    const guarded = (expect_: Partial<BindingRow>): Effect => ({
      op: 'update',
      in: 'bindings',
      id: row._id,
      revision: null,
      expect: expect_,
      set: { unit: 'B0209' },
      ifStale: 'skip',
    });
    expect(await shelf.store.effects.apply(guarded({ unit: 'other' }), 'ev_x')).toBe('stale');
    expect(await shelf.store.effects.apply(guarded({ unit: 'B0201' }), 'ev_x')).toBe('done');
  });
});

describe('a plan', () => {
  const make = () => {
    const [a, b] = [binding(fresh('oc_')), binding(fresh('oc_'))];
    const message = outboxRow({ cause: 'ev_a' });
    const plan: Plan = {
      effects: [
        insert(a),
        insert(b),
        update(b._id, 0, 'B0202'),
        update(fresh('oc_'), 3, 'gone', 'skip'),
        { op: 'insert', into: 'outbox', row: message },
        update(a._id, 0, 'B0203'),
      ],
    };
    return { a, b, message, plan };
  };

  it('applied from any prefixes, any number of times, is applied once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 4 }), async (crashes) => {
        const { a, b, message, plan } = make();
        for (const reached of crashes)
          await applyPlan(shelf.store.effects, { effects: plan.effects.slice(0, reached) }, 'ev_a');
        expect(await applyPlan(shelf.store.effects, plan, 'ev_a')).toBe('done');
        expect(await applyPlan(shelf.store.effects, plan, 'ev_a')).toBe('done');
        expect(await read(a._id)).toMatchObject({ unit: 'B0203', revision: 1 });
        expect(await read(b._id)).toMatchObject({ unit: 'B0202', revision: 1 });
        expect(await shelf.store.outbox.find(message._id)).toMatchObject({ state: 'waiting', revision: 0 });
      }),
      { numRuns: 40 },
    );
  });

  it('applied by several at once is applied once', async () => {
    const { a, b, plan } = make();
    await Promise.all(Array.from({ length: 6 }, () => applyPlan(shelf.store.effects, plan, 'ev_a')));
    expect(await read(a._id)).toMatchObject({ unit: 'B0203', revision: 1 });
    expect(await read(b._id)).toMatchObject({ unit: 'B0202', revision: 1 });
  });

  it('stops where it must be decided again, and goes on past what may be left out', async () => {
    const [a, last] = [binding(fresh('oc_')), binding(fresh('oc_'))];
    const { effects } = shelf.store;
    await effects.apply(insert(a), 'ev_other');
    await effects.apply(update(a._id, 0, 'moved'), 'ev_other');
    const stale = (ifStale: 'redo' | 'skip'): Plan => ({ effects: [update(a._id, 0, 'late', ifStale), insert(last)] });
    expect(await applyPlan(effects, stale('redo'), 'ev_a')).toBe('stale');
    expect(await read(last._id)).toBeNull();
    expect(await applyPlan(effects, stale('skip'), 'ev_a')).toBe('done');
    expect(await read(last._id)).not.toBeNull();
  });
});
