import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/domain/rows.ts';
import { stopwatch } from '../../src/engine/stopwatch.ts';
import { openStore } from '../../src/store/index.ts';
import { event, fresh, start, useStore } from '../support/store.ts';
import { startWire } from '../support/wire.ts';

const shelf = useStore();
const at = new Date(start);
const hour = 3_600_000;
const plan: Plan = { effects: [], toast: { type: 'success', content: 'canary' } };

describe('many events in one insert', () => {
  it('are answered each by its own fate', async () => {
    const [known, same] = [event(), event()];
    await shelf.store.inbox.insertMany([known], at);
    const again = event({ messageId: same.messageId });
    const fates = await shelf.store.inbox.insertMany([event(), known, same, again, event({ messageId: null })], at);
    expect(fates).toEqual(['stored', 'known', 'stored', 'known', 'stored']);
  });

  it('know a message under whatever event id it comes, and events without a message by their own id', async () => {
    const first = event();
    const click = event({ messageId: null, type: 'card.action.trigger' });
    await shelf.store.inbox.insertMany([first, click], at);
    const renamed = { ...first, eventId: fresh('ev_') };
    const second = { ...click, eventId: fresh('ev_') };
    expect(await shelf.store.inbox.insertMany([renamed, second, click], at)).toEqual(['known', 'stored', 'known']);
  });

  it('become one row when forty deliver the same at once', async () => {
    const same = event();
    const fates = await Promise.all(Array.from({ length: 40 }, () => shelf.store.inbox.insertMany([same], at)));
    expect(fates.flat().filter((fate) => fate === 'stored')).toHaveLength(1);
  });

  it('are not called durable when the connection breaks in the middle', async () => {
    const wire = await startWire(shelf.database.uri);
    const store = await openStore({ uri: wire.uri, dbName: 'test', stopwatch });
    await store.inbox.insertMany([event()], at);
    await wire.cut();
    await expect(store.inbox.insertMany([event(), event()], at)).rejects.toThrow();
    await store.close();
  });
});

describe('a row', () => {
  const lane = () => fresh('oc_lane');
  it('is taken in the order of time, then of message id, by a token that is not older', async () => {
    const where = lane();
    const rows = [
      event({ lane: where, createTime: start + 2, messageId: 'om_a' }),
      event({ lane: where, createTime: start + 1, messageId: 'om_c' }),
      event({ lane: where, createTime: start + 1, messageId: 'om_b' }),
    ];
    await shelf.store.inbox.insertMany(rows, at);
    const taken: (string | null | undefined)[] = [];
    for (const _ of rows) {
      const row = await shelf.store.inbox.start(where, 7);
      taken.push(row?.messageId);
      await shelf.store.inbox.finish(row?._id ?? '', 7, at);
    }
    expect(taken).toEqual(['om_b', 'om_c', 'om_a']);
    expect(await shelf.store.inbox.start(where, 7)).toBeNull();
  });

  it('belongs to the newest token: what an older holder writes is refused', async () => {
    const sent = event({ lane: lane() });
    const { inbox } = shelf.store;
    await inbox.insertMany([sent], at);
    await inbox.start(sent.lane, 1);
    expect((await inbox.start(sent.lane, 2))?.tries).toBe(2);
    const late = [
      await inbox.savePlan(sent.eventId, 1, plan),
      await inbox.finish(sent.eventId, 1, at),
      await inbox.bury(sent.eventId, 1, 'late'),
      await inbox.forgive(sent.eventId, 1),
      await inbox.clearPlan(sent.eventId, 1),
    ];
    expect(late).toEqual([false, false, false, false, false]);
    expect(await inbox.start(sent.lane, 1)).toBeNull();
    expect(await inbox.savePlan(sent.eventId, 2, plan)).toBe(true);
  });

  it('has one plan: the second is refused, and it comes back with the row', async () => {
    const sent = event({ lane: lane() });
    const { inbox } = shelf.store;
    await inbox.insertMany([sent], at);
    await inbox.start(sent.lane, 1);
    expect(await inbox.savePlan(sent.eventId, 1, plan)).toBe(true);
    expect(await inbox.savePlan(sent.eventId, 1, { effects: [] })).toBe(false);
    expect((await inbox.start(sent.lane, 2))?.plan).toEqual(plan);
  });

  it('keeps ids only once it is done', async () => {
    const sent = event({ lane: lane() });
    await shelf.store.inbox.insertMany([sent], at);
    await shelf.store.inbox.start(sent.lane, 1);
    const effects: Plan['effects'] = [
      { op: 'update', in: 'drafts', id: 'd', revision: 0, set: { text: 'canary' }, ifStale: 'skip' },
    ];
    await shelf.store.inbox.savePlan(sent.eventId, 1, { effects });
    expect(await shelf.store.inbox.finish(sent.eventId, 1, at)).toBe(true);
    const row = await shelf.db.collection('inbox').findOne({ messageId: sent.messageId });
    expect(JSON.stringify(row)).not.toContain('canary');
    expect(row).toMatchObject({ messageId: sent.messageId, state: 'done' });
  });

  it('is known for 48 hours after it was handled, and swept only then', async () => {
    const [done, waiting] = [event({ lane: lane() }), event({ lane: lane() })];
    const { inbox } = shelf.store;
    await inbox.insertMany([done, waiting], at);
    await inbox.start(done.lane, 1);
    await inbox.finish(done.eventId, 1, at);
    for (const later of [0.004, 0.1, 1.1, 7.1, 47.99]) {
      await inbox.sweep(new Date(start + later * hour));
      expect(await inbox.insertMany([done], at)).toEqual(['known']);
    }
    await inbox.sweep(new Date(start + 48 * hour));
    expect(await inbox.find(done.eventId)).toBeNull();
    await inbox.sweep(new Date(start + 9_000 * hour));
    expect((await inbox.find(waiting.eventId))?.state).toBe('ready');
  });

  it('that was buried is listed, stays, and can be driven again', async () => {
    const sent = event({ lane: lane() });
    const { inbox } = shelf.store;
    await inbox.insertMany([sent], at);
    for (const token of [1, 2, 3]) await inbox.start(sent.lane, token);
    expect(await inbox.bury(sent.eventId, 3, '5 tries')).toBe(true);
    expect(await inbox.start(sent.lane, 4)).toBeNull();
    await inbox.sweep(new Date(start + 9_000 * hour));
    expect((await inbox.dead()).map((row) => row._id)).toContain(sent.eventId);
    expect(await inbox.redrive(sent.eventId)).toBe(true);
    expect(await inbox.redrive(sent.eventId)).toBe(false);
    expect(await inbox.start(sent.lane, 4)).toMatchObject({ tries: 1, body: sent.body });
  });
});
