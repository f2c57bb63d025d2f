import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutboxRow } from '../../src/domain/rows.ts';
import type { Delivery } from '../../src/engine/outbox/deliver.ts';
import { createDispatcher, type Dispatcher } from '../../src/engine/outbox/dispatcher.ts';
import { createHands, createLines, createWatch } from '../support/fakes.ts';
import { outboxRow, start, useStore } from '../support/store.ts';

const shelf = useStore();
let dispatchers: Dispatcher[] = [];
let tried: string[] = [];
let answer: (row: OutboxRow) => Delivery | Promise<Delivery> = () => ({ next: 'go-on' });

beforeEach(async () => {
  await shelf.db.collection('outbox').deleteMany({});
  await shelf.db.collection('leases').deleteMany({});
  [dispatchers, tried, answer] = [[], [], () => ({ next: 'go-on' })];
});
afterEach(async () => {
  await Promise.all(dispatchers.map((dispatcher) => dispatcher.stop()));
});

const deliver = async (row: OutboxRow): Promise<Delivery> => {
  tried.push(row._id);
  const delivery = await answer(row);
  if (delivery.next === 'go-on') await shelf.store.outbox.sent(row._id, `om_${row._id}`, row.to.id, new Date(start));
  return delivery;
};
const launch = (owner = 'a', watch = createWatch()): Dispatcher => {
  const { leases, outbox } = shelf.store;
  const clock = { ...createHands(), elapsed: watch.now };
  const dispatcher = createDispatcher({ leases, outbox, deliver, owner, clock, stopwatch: watch, log: createLines() });
  dispatchers.push(dispatcher);
  return dispatcher;
};
const put = (chat: string, ids: readonly string[]) =>
  shelf.db
    .collection<OutboxRow>('outbox')
    .insertMany(ids.map((_id) => outboxRow({ _id, to: { type: 'chat', id: chat } })));
const of = (prefix: string) => tried.filter((id) => id.startsWith(prefix));

describe('the dispatcher', () => {
  it('sends each chat its messages in the order they were written', async () => {
    await put('oc_a', ['a1', 'a2', 'a3']);
    await put('oc_b', ['b1', 'b2', 'b3']);
    await launch().drained();
    expect(of('a')).toEqual(['a1', 'a2', 'a3']);
    expect(of('b')).toEqual(['b1', 'b2', 'b3']);
  });

  it('lets a chat that must wait hold only itself, and its next message behind it', async () => {
    await put('oc_a', ['a1', 'a2']);
    await put('oc_b', ['b1', 'b2', 'b3', 'b4']);
    let failures = 2;
    answer = (row) => {
      if (row._id !== 'a1' || failures === 0) return { next: 'go-on' };
      failures -= 1;
      return { next: 'hold-chat', ms: 10_000 };
    };
    await launch().drained();
    expect(of('a')).toEqual(['a1', 'a1', 'a1', 'a2']);
    expect(tried.indexOf('b4')).toBeLessThan(tried.lastIndexOf('a1'));
  });

  it('lets a chat with a long queue, or one that does not answer, hold nobody else', async () => {
    const many = Array.from({ length: 700 }, (_, index) => `a${index}`);
    await put('oc_a', many);
    await put('oc_b', ['b1', 'b2']);
    let release: () => void = () => {};
    const hanging = new Promise<Delivery>((resolve) => {
      release = () => resolve({ next: 'hold-chat', ms: 1_000_000 });
    });
    const bothGone = new Promise<void>((resolve) => {
      answer = (row) => {
        if (row.to.id === 'oc_a') return hanging;
        if (row._id === 'b2') resolve();
        return { next: 'go-on' };
      };
    });
    launch();
    await bothGone;
    expect(of('a')).toEqual(['a0']);
    release();
  });

  it('waits everywhere when Feishu says it is too much', async () => {
    await put('oc_a', ['a1']);
    await put('oc_b', ['b1']);
    const watch = createWatch();
    const times: number[] = [];
    answer = () => {
      times.push(watch.now());
      return times.length === 1 ? { next: 'hold-all', ms: 2_000 } : { next: 'go-on' };
    };
    await launch('a', watch).drained();
    expect(times.filter((time) => time > (times[0] ?? 0) && time < (times[0] ?? 0) + 2_000)).toEqual([]);
    expect(tried.length).toBeGreaterThanOrEqual(3);
  });

  it('goes on after a failure of ours, and of two only one sends', async () => {
    await put('oc_a', ['a1', 'a2', 'a3', 'a4']);
    let failures = 1;
    answer = () => {
      failures -= 1;
      if (failures === 0) throw new Error('canary');
      return { next: 'go-on' };
    };
    const [one, two] = [launch('a'), launch('b')];
    await Promise.all([one.drained(), two.drained()]);
    expect(tried).toEqual(['a1', 'a1', 'a2', 'a3', 'a4']);
  });

  it('says when the next message wants to go', async () => {
    await shelf.db.collection<OutboxRow>('outbox').insertOne(outboxRow({ _id: 'later', at: new Date(start + 60_000) }));
    expect(await launch().drained()).toEqual(new Date(start + 60_000));
    expect(tried).toEqual([]);
  });
});
