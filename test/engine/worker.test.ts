import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Effect, Plan } from '../../src/domain/rows.ts';
import { createInboxWorker, type InboxWorker, type InboxWorkerOptions } from '../../src/engine/inbox/worker.ts';
import type { InboxRow, Store } from '../../src/ports/store.ts';
import { createHands, createLines, createWatch } from '../support/fakes.ts';
import { event, fresh, outboxRow, start, useStore } from '../support/store.ts';

const shelf = useStore();
const at = new Date(start);
let workers: InboxWorker[] = [];
let decided: string[] = [];
beforeEach(async () => {
  [workers, decided] = [[], []];
  for (const name of ['inbox', 'outbox', 'leases', 'bindings']) await shelf.db.collection(name).deleteMany({});
});
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
});

const message = (cause: string): Effect => ({
  op: 'insert',
  into: 'outbox',
  row: outboxRow({ _id: `reply/${cause}`, cause }),
});
const decide = async (row: InboxRow): Promise<Plan> => {
  decided.push(row._id);
  return { effects: [message(row._id)] };
};
const launch = (options: Partial<InboxWorkerOptions> = {}) => {
  const log = createLines();
  const worker = createInboxWorker({
    store: shelf.store,
    decide,
    applied: () => {},
    owner: fresh('owner'),
    log,
    mourn: async (row) => ({ effects: [message(`dead/${row._id}`)] }),
    clock: createHands(),
    stopwatch: createWatch(),
    ...options,
  });
  workers.push(worker);
  return { worker, log };
};
const put = async (count: number, lane = 'oc_1') => {
  const events = Array.from({ length: count }, (_, index) => event({ lane, createTime: start + index }));
  await shelf.store.inbox.insertMany(events, at);
  return events.map(({ eventId }) => eventId);
};
const state = async (id: string | undefined) => (await shelf.store.inbox.find(id ?? ''))?.state;
const replies = async () =>
  (await shelf.db.collection('outbox').find().sort({ _id: 1 }).toArray()).map((row) => String(row._id));

describe('the worker', () => {
  it('handles the rows of a lane in order, those of many lanes all', async () => {
    const [a, b] = [await put(5, 'oc_a'), await put(5, 'oc_b')];
    await launch().worker.idle();
    expect(decided.filter((id) => a.includes(id))).toEqual(a);
    expect(decided.filter((id) => b.includes(id))).toEqual(b);
  });

  it('shares a lane with another without handling anything twice', async () => {
    const ids = await put(20);
    const [one, two] = [launch().worker, launch().worker];
    await Promise.all([one.idle(), two.idle()]);
    expect(decided).toEqual(ids);
    expect(await replies()).toHaveLength(20);
  });

  it('only applies what has a plan, and never decides it again', async () => {
    const [id = ''] = await put(1);
    await shelf.store.inbox.start('oc_1', 0);
    await shelf.store.inbox.savePlan(id, 0, { effects: [message('planned')] });
    await launch().worker.idle();
    expect(decided).toEqual([]);
    expect(await replies()).toEqual(['reply/planned']);
    expect(await state(id)).toBe('done');
  });

  it('decides again when what the plan was decided upon has moved on', async () => {
    const [id = ''] = await put(1);
    const by = { cause: 'ev_x', unit: 'B0201', by: 'ou_1', at };
    await shelf.store.effects.apply(
      { op: 'insert', into: 'bindings', row: { _id: 'oc_1', revision: 0, ...by } },
      'ev_x',
    );
    let revision = 7;
    const again = async (row: InboxRow): Promise<Plan> => {
      decided.push(row._id);
      const set = { unit: 'B0202' };
      const effect: Effect = { op: 'update', in: 'bindings', id: 'oc_1', revision, set, ifStale: 'redo' };
      revision = 0;
      return { effects: [effect] };
    };
    await launch({ decide: again }).worker.idle();
    expect(decided).toEqual([id, id]);
    expect(await state(id)).toBe('done');
  });
});

describe('an event that cannot be handled', () => {
  const poisoned = (poison: string | undefined) => async (row: InboxRow) => {
    if (row._id === poison) throw new TypeError('canary: what they wrote');
    return decide(row);
  };

  it('is tried five times, then buried; its sender is told once and the lane goes on', async () => {
    const [poison, next] = await put(2);
    const { worker, log } = launch({ decide: poisoned(poison) });
    await worker.idle();
    expect(await shelf.store.inbox.find(poison ?? '')).toMatchObject({ state: 'dead', tries: 6 });
    expect(await state(next)).toBe('done');
    expect(await replies()).toEqual([`reply/dead/${poison}`, `reply/${next}`]);
    expect(log.lines.join('')).not.toContain('canary');
    expect(log.lines.filter((line) => line.includes('inbox.stumbled'))).toHaveLength(5);
  });

  it('is handled after all when it is driven again and the fault is gone', async () => {
    const [poison = ''] = await put(1);
    await launch({ decide: poisoned(poison) }).worker.idle();
    await Promise.all(workers.map((worker) => worker.stop()));
    await shelf.store.inbox.redrive(poison);
    await launch().worker.idle();
    expect(await state(poison)).toBe('done');
  });

  it('does not hold its lane for ever when not even its sender can be told', async () => {
    const [poison, next] = await put(2);
    const mourn = async (): Promise<Plan> => {
      throw new Error('canary');
    };
    await launch({ decide: poisoned(poison), mourn }).worker.idle();
    expect(await state(poison)).toBe('dead');
    expect(await state(next)).toBe('done');
  });

  it('is waited for, and not counted, while the database is away', async () => {
    const [id] = await put(1);
    let failures = 9;
    const away: Store = { ...shelf.store, ping: async () => failures-- <= 0 };
    const failing = async (row: InboxRow) => {
      if (failures > 0) throw new Error('the database is away');
      return decide(row);
    };
    await launch({ store: away, decide: failing }).worker.idle();
    expect(await shelf.store.inbox.find(id ?? '')).toMatchObject({ state: 'done', tries: 1 });
  });
});

describe('what was handled long ago', () => {
  it('is swept by the worker itself', async () => {
    const [id] = await put(1);
    await launch().worker.idle();
    await Promise.all(workers.map((worker) => worker.stop()));
    await put(1);
    await launch({ clock: createHands(start + 47 * 3_600_000) }).worker.idle();
    expect(await state(id)).toBe('done');
    await put(1);
    await launch({ clock: createHands(start + 48 * 3_600_000) }).worker.idle();
    expect(await state(id)).toBeUndefined();
  });
});
