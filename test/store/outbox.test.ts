import { describe, expect, it } from 'vitest';
import type { OutboxRow, ReminderItem } from '../../src/domain/rows.ts';
import { uuidOf } from '../../src/engine/outbox/deliver.ts';
import { fresh, outboxRow, start, useStore } from '../support/store.ts';

const shelf = useStore();
const at = new Date(start);
const item = (duty: string, step = 'T-3'): ReminderItem => ({ duty, step, card: 'duty' });
const put = async (facts: Partial<OutboxRow> = {}): Promise<OutboxRow> => {
  const row = outboxRow(facts);
  await shelf.store.effects.apply({ op: 'insert', into: 'outbox', row }, row.cause);
  return row;
};
const find = async (key: string): Promise<OutboxRow> => {
  const row = await shelf.store.outbox.find(key);
  if (!row) throw new Error(`${key} is not there`);
  return row;
};

describe('the reminder of a recipient and day', () => {
  const reminder = () => outboxRow({ _id: fresh('remind/'), content: null });

  it('gathers the items of every job, each once', async () => {
    const row = reminder();
    const { outbox } = shelf.store;
    expect(await outbox.remind(row, [item('TPD/B0201/2026-11')])).toBe(true);
    expect(await outbox.remind(row, [item('PBC/B0201/2026-11'), item('TPD/B0201/2026-11')])).toBe(true);
    const stored = await find(row._id);
    expect(stored.items.map(({ duty }) => duty)).toEqual(['TPD/B0201/2026-11', 'PBC/B0201/2026-11']);
    expect(stored.duties).toEqual(['TPD/B0201/2026-11', 'PBC/B0201/2026-11']);
    expect(stored.state).toBe('waiting');
  });

  it('loses nothing when twenty add to it at once', async () => {
    const row = reminder();
    const duties = Array.from({ length: 20 }, (_, index) => `TPD/B${index}/2026-11`);
    const added = await Promise.all(duties.map((duty) => shelf.store.outbox.remind(row, [item(duty)])));
    const stored = await find(row._id);
    for (const [index, duty] of duties.entries())
      expect(stored.duties.includes(duty) || added[index] === false, duty).toBe(true);
  });

  it('takes nothing more once it was tried, and says whether it holds the items', async () => {
    const row = reminder();
    const { outbox } = shelf.store;
    await outbox.remind(row, [item('TPD/B0201/2026-11')]);
    await outbox.freeze(await find(row._id), '{}', uuidOf(row._id), at);
    expect(await outbox.remind(row, [item('TPD/B0201/2026-11')])).toBe(true);
    expect(await outbox.remind(row, [item('PBC/B0201/2026-11')])).toBe(false);
    expect((await find(row._id)).items).toHaveLength(1);
  });
});

describe('the first try', () => {
  it('fixes content, uuid and time for every later one', async () => {
    const row = await put({ content: null });
    const { outbox } = shelf.store;
    const frozen = await outbox.freeze(row, '{"first":1}', uuidOf(row._id), at);
    expect(frozen).toMatchObject({ content: '{"first":1}', uuid: uuidOf(row._id), triedAt: at });
    expect(await outbox.freeze(row, '{"second":1}', 'other', at)).toBeNull();
    if (frozen) expect(await outbox.freeze(frozen, '{"third":1}', 'other', at)).toBeNull();
    expect(await find(row._id)).toMatchObject({ content: '{"first":1}', uuid: uuidOf(row._id) });
  });
  it('is not made with a row that has moved on meanwhile', async () => {
    const row = outboxRow({ _id: fresh('remind/'), content: null });
    await shelf.store.outbox.remind(row, [item('a')]);
    const seen = await find(row._id);
    await shelf.store.outbox.remind(row, [item('b')]);
    expect(await shelf.store.outbox.freeze(seen, '{"only a":1}', 'uuid', at)).toBeNull();
  });
  it('has a uuid of 43 characters that depends on the key alone', () => {
    const uuids = new Set(Array.from({ length: 1_000 }, (_, index) => uuidOf(`reply/ev_${index}`)));
    expect(uuids.size).toBe(1_000);
    for (const uuid of uuids) expect(uuid).toMatch(/^[\w-]{43}$/);
    expect(uuidOf('reply/ev_1')).toBe(uuidOf('reply/ev_1'));
  });
});

describe('what is due', () => {
  it('comes in the order it was written, not before its time, and no longer than it waits', async () => {
    const to = { type: 'chat', id: fresh('oc_') } as const;
    const seq = 10_000_000;
    const rows = [
      await put({ to, seq: seq + 2 }),
      await put({ to, seq: seq + 1 }),
      await put({ to, seq: seq + 3, at: new Date(start + 1) }),
      await put({ to, seq: seq + 4, state: 'parked' }),
    ];
    const due = async (ms: number) =>
      (await shelf.store.outbox.due(new Date(start + ms), 500))
        .filter((row) => row.to.id === to.id)
        .map((row) => row._id);
    expect(await due(0)).toEqual([rows[1]?._id, rows[0]?._id]);
    expect(await due(1)).toEqual([rows[1]?._id, rows[0]?._id, rows[2]?._id]);
    expect(await shelf.store.outbox.nextAt(at)).toEqual(new Date(start + 1));
    await shelf.store.outbox.sent(rows[1]?._id ?? '', 'om_1', to.id, at);
    await shelf.store.outbox.drop(rows[0]?._id ?? '', 'test');
    expect(await due(1)).toEqual([rows[2]?._id]);
  });
  it('ends in one state: what left the queue leaves it once', async () => {
    const row = await put();
    const { outbox } = shelf.store;
    const fates = [
      await outbox.sent(row._id, 'om_2', null, at),
      await outbox.drop(row._id, 'x'),
      await outbox.park(row._id, 'x'),
    ];
    expect(fates).toEqual([true, false, false]);
    expect(await outbox.byMessage('om_2')).toMatchObject({ _id: row._id, state: 'sent' });
    await outbox.countTry(row._id);
    expect((await find(row._id)).tries).toBe(0);
  });
  it('knows which patch of a message is the newest', async () => {
    const patch = { kind: 'patch', target: fresh('om_') } as const;
    const [first, second] = [await put(patch), await put(patch)];
    expect(await shelf.store.outbox.hasNewerPatch(first)).toBe(true);
    expect(await shelf.store.outbox.hasNewerPatch(second)).toBe(false);
    await shelf.store.outbox.sent(second._id, 'om_3', null, at);
    expect(await shelf.store.outbox.hasNewerPatch(first)).toBe(true);
    expect(await shelf.store.outbox.hasNewerPatch(await put({ ...patch, target: fresh('om_') }))).toBe(false);
  });
  it('knows the private chat of a person from what was sent there last', async () => {
    const to = { type: 'person', id: fresh('ou_') } as const;
    expect(await shelf.store.outbox.lastChatOf(to.id)).toBeNull();
    await shelf.store.outbox.sent((await put({ to }))._id, fresh('om_'), 'oc_private', at);
    expect(await shelf.store.outbox.lastChatOf(to.id)).toBe('oc_private');
  });
});
