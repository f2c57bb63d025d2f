import type { FaultInput } from 'feishu-sandbox';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openStage, type Stage } from '../support/bot.ts';

const replyPath = '/open-apis/im/v1/messages/:id/reply';
const units = ['B0101', 'B0102', 'B0103', 'B0104', 'B0201', 'B0202', 'B0203', 'B0204', 'B0301', 'B0302'];
type Row = { _id: string; state: string; tries: number; note: string | null; messageId: string | null };

/** The clock stands still, so that a message which cannot be sent does not keep the bot from following it. */
let stage: Stage;
let now = Date.parse('2026-11-20T10:00:00+08:00');
beforeAll(async () => {
  stage = await openStage({ now: new Date(now).toISOString(), speed: 0 });
});
afterEach(() => stage.sandbox.clearFaults());
afterAll(() => stage.close());

const jump = async (ms: number) => {
  now += ms;
  await stage.sandbox.setClock({ set: new Date(now).toISOString(), settle: false });
};
const fault = (kind: FaultInput['kind'], more: Partial<FaultInput> = {}) =>
  stage.sandbox.addFault({ match: { path: replyPath, method: 'POST' }, kind, ...more });
/** Each test has a chat of its own. */
const nextUnit = () => units.shift() ?? 'B0401';
const ask = async (unit: string): Promise<string> => {
  const as = `${unit}.branchSecretary`;
  return (await stage.sandbox.say({ as, chat: unit, mention: true, text: '帮助' })).message_id ?? '';
};
const rowOf = async (event: string) => (await stage.rows<Row>('outbox', { _id: `reply/${event}` }))[0];
const replies = (unit: string) => stage.sent(0, unit);
const last = async () => (await stage.sandbox.calls()).last;
const sends = async (after: number) =>
  (await stage.sandbox.calls(after)).items.filter(({ path, method }) => method === 'POST' && path.endsWith('/reply'));
const patience = { timeout: 10_000, interval: 20 };
const state = (event: string) => expect.poll(async () => (await rowOf(event))?.state, patience);
const tries = (event: string) => expect.poll(async () => (await rowOf(event))?.tries ?? 0, patience);

describe('a message whose fate is not known at once', () => {
  it('is sent once though the answer to it was lost: tried again under the same uuid', async () => {
    const [unit, before] = [nextUnit(), await last()];
    await fault('drop-after');
    const event = await ask(unit);
    await state(event).toBe('sent');
    expect(await replies(unit)).toHaveLength(1);
    const calls = await sends(before);
    expect(calls).toHaveLength(2);
    expect(new Set(calls.map(({ uuid }) => uuid)).size).toBe(1);
    expect(await rowOf(event)).toMatchObject({ tries: 2 });
  });

  it.each([
    ['is there: it counts as sent', 'drop-after', 'sent', 0],
    ['is not there: it is sent, once', 'drop-before', 'sent', 1],
  ] as const)('is looked up after fifty minutes by its short code; %s', async (_name, kind, outcome, further) => {
    const unit = nextUnit();
    await fault(kind);
    await fault('drop-before', { times: 1_000 });
    const event = await ask(unit);
    await tries(event).toBeGreaterThan(1);
    await jump(61 * 60_000);
    const before = await last();
    await stage.sandbox.clearFaults();
    await state(event).toBe(outcome);
    const [only, ...more] = await replies(unit);
    expect(more).toEqual([]);
    expect((await rowOf(event))?.messageId).toBe(only?.message_id);
    expect((await sends(before)).filter(({ code }) => code === 0)).toHaveLength(further);
  });

  it('is parked for a person when it cannot be looked up either', async () => {
    const unit = nextUnit();
    await fault('drop-after');
    await fault('drop-before', { times: 1_000 });
    const event = await ask(unit);
    await tries(event).toBeGreaterThan(1);
    const match = { path: '/open-apis/im/v1/messages', method: 'GET' };
    await stage.sandbox.addFault({ match, kind: 'status', http: 400, code: 230002, times: 1_000 });
    await jump(61 * 60_000);
    await state(event).toBe('parked');
    expect(await rowOf(event)).toMatchObject({ note: 'outcome unknown' });
    expect(await replies(unit)).toHaveLength(1);
  });
});

describe('when Feishu says no', () => {
  it.each([
    ['500', { http: 500 }],
    ['429 with a time to wait', { http: 429, code: 99991400, ms: 1_000 }],
    ['too many to one chat', { http: 400, code: 230020 }],
  ])('%s: later, and in order', async (_name, more) => {
    const unit = nextUnit();
    await fault('status', { ...more, times: 2 });
    const events = [await ask(unit), await ask(unit), await ask(unit)];
    for (const event of events) await state(event).toBe('sent');
    const rows = await Promise.all(events.map(rowOf));
    const ids = (await replies(unit)).map(({ message_id }) => message_id);
    expect(ids).toEqual(rows.map((row) => row?.messageId));
    expect(rows.reduce((sum, row) => sum + (row?.tries ?? 0), 0)).toBe(5);
    await jump(60_000);
  });

  it('with a code nobody knows: parked, the next message goes', async () => {
    const unit = nextUnit();
    await fault('status', { http: 400, code: 987_654 });
    const [first, second] = [await ask(unit), await ask(unit)];
    await state(second).toBe('sent');
    expect(await rowOf(first)).toMatchObject({ state: 'parked', note: 'code 987654', tries: 1 });
    expect(await replies(unit)).toHaveLength(1);
  });

  it('that the token has expired: a new one, and one further try', async () => {
    const unit = nextUnit();
    await state(await ask(unit)).toBe('sent');
    const before = await last();
    await fault('expire-token');
    const event = await ask(unit);
    await state(event).toBe('sent');
    expect((await sends(before)).map(({ code }) => code)).toEqual([99991663, 0]);
    expect(await rowOf(event)).toMatchObject({ tries: 1 });
    expect(await replies(unit)).toHaveLength(2);
  });
});
