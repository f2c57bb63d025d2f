import { beforeEach, describe, expect, it } from 'vitest';
import type { OutboxRow } from '../../src/domain/rows.ts';
import { shortCode } from '../../src/domain/short-code.ts';
import { createDelivery, uuidOf } from '../../src/engine/outbox/deliver.ts';
import type { Outcome } from '../../src/ports/messenger.ts';
import { createHands, createLines, createMessenger } from '../support/fakes.ts';
import { fresh, outboxRow, start, useStore } from '../support/store.ts';

const shelf = useStore();
const minute = 60_000;
let clock = createHands();
let feishu = createMessenger();
let log = createLines();
let rendered: string | null = '{"card":"reminder"}';

beforeEach(() => {
  [clock, feishu, log, rendered] = [createHands(), createMessenger(), createLines(), '{"card":"reminder"}'];
});

const deliver = (row: OutboxRow) =>
  createDelivery({ outbox: shelf.store.outbox, messenger: feishu, render: async () => rendered, clock, log })(row);
const find = async (key: string): Promise<OutboxRow> => {
  const row = await shelf.store.outbox.find(key);
  if (!row) throw new Error(`${key} is not there`);
  return row;
};
const put = async (facts: Partial<OutboxRow> = {}): Promise<OutboxRow> => {
  const row = outboxRow(facts);
  await shelf.store.effects.apply({ op: 'insert', into: 'outbox', row }, row.cause);
  return find(row._id);
};
const unknown: Outcome = { result: 'unknown' };

describe('what becomes of a row', () => {
  it.each([
    [
      { result: 'sent', messageId: 'om_9', chatId: 'oc_9' },
      { state: 'sent', messageId: 'om_9', chatId: 'oc_9' },
      'go-on',
    ],
    [{ result: 'refused', code: 230002 }, { state: 'dropped', note: 'refused 230002' }, 'go-on'],
    [{ result: 'puzzling', code: 230028 }, { state: 'parked', note: 'code 230028' }, 'go-on'],
    [{ result: 'later', afterMs: 2_500, scope: 'chat' }, { state: 'waiting' }, 'hold-chat'],
    [{ result: 'later', afterMs: 7_000, scope: 'all' }, { state: 'waiting' }, 'hold-all'],
    [unknown, { state: 'waiting' }, 'hold-chat'],
  ] as const)('when Feishu answers %j', async (outcome, expected, next) => {
    feishu.outcome = outcome;
    const row = await put();
    expect(await deliver(row)).toMatchObject({ next });
    expect(await find(row._id)).toMatchObject({
      ...expected,
      tries: outcome.result === 'sent' ? 1 : expect.any(Number),
    });
  });

  it.each([
    [
      { kind: 'send', to: { type: 'person', id: 'ou_1' } },
      { method: 'send', to: 'ou_1' },
    ],
    [
      { kind: 'reply', target: 'om_asked' },
      { method: 'reply', to: 'om_asked' },
    ],
    [
      { kind: 'patch', target: 'om_shown_1' },
      { method: 'patch', to: 'om_shown_1' },
    ],
  ] as const)('is sent the way it says: %j', async (facts, call) => {
    await deliver(await put(facts));
    expect(feishu.calls).toMatchObject([call]);
  });

  it('says how long to wait as Feishu said it', async () => {
    feishu.outcome = { result: 'later', afterMs: 7_000, scope: 'all' };
    expect(await deliver(await put())).toEqual({ next: 'hold-all', ms: 7_000 });
  });
});

describe('every retry', () => {
  it('is equal byte for byte, with one uuid, however things stand by then', async () => {
    feishu.outcome = unknown;
    const row = await put({ content: null, _id: fresh('remind/') });
    for (let index = 0; index < 5; index += 1) {
      await deliver(await find(row._id));
      rendered = `{"card":${index}}`;
      clock.at += minute;
    }
    expect(new Set(feishu.calls.map(({ content, uuid }) => `${content} ${uuid}`)).size).toBe(1);
    expect(feishu.calls[0]).toMatchObject({ content: '{"card":"reminder"}', uuid: uuidOf(row._id) });
    expect((await find(row._id)).tries).toBe(5);
  });

  it('is not made for a reminder with nothing left to say', async () => {
    rendered = null;
    const row = await put({ content: null });
    await deliver(row);
    expect(feishu.calls).toEqual([]);
    expect(await find(row._id)).toMatchObject({ state: 'dropped', note: 'nothing left to say' });
  });

  it('is not made by one who has an old view of the row', async () => {
    const row = await put();
    await deliver(row);
    await deliver(row);
    expect(feishu.calls).toHaveLength(1);
  });
});

describe('an unknown outcome', () => {
  const doubtful = async (facts: Partial<OutboxRow> = {}) => {
    feishu.outcome = unknown;
    const row = await put({ to: { type: 'chat', id: fresh('oc_') }, ...facts });
    await deliver(row);
    feishu.calls.length = 0;
    feishu.outcome = { result: 'sent', messageId: fresh('om_second_'), chatId: null };
    return find(row._id);
  };

  it('is tried again under the same uuid for fifty minutes, without looking', async () => {
    const row = await doubtful();
    clock.at = start + 50 * minute;
    await deliver(row);
    expect(feishu.calls.map(({ method }) => method)).toEqual(['send']);
  });

  it('that is older and is found in the chat was sent then', async () => {
    const row = await doubtful();
    feishu.found = { messageId: fresh('om_found_') };
    clock.at = start + 50 * minute + 1;
    await deliver(row);
    expect(feishu.calls).toMatchObject([{ method: 'find', to: row.to.id, content: shortCode(row._id) }]);
    expect(await find(row._id)).toMatchObject({ state: 'sent', messageId: feishu.found.messageId, chatId: row.to.id });
  });

  it('that is older and is not found is sent again', async () => {
    const row = await doubtful();
    clock.at = start + 50 * minute + 1;
    await deliver(row);
    expect(feishu.calls.map(({ method }) => method)).toEqual(['find', 'send']);
    expect(await find(row._id)).toMatchObject({ state: 'sent' });
  });

  it('that is older waits for a person when the history cannot be read', async () => {
    const row = await doubtful();
    feishu.found = 'unknown';
    clock.at = start + 50 * minute + 1;
    await deliver(row);
    expect(feishu.calls.map(({ method }) => method)).toEqual(['find']);
    expect(await find(row._id)).toMatchObject({ state: 'parked', note: 'outcome unknown' });
  });

  it('that is older waits for a person when the private chat was never seen', async () => {
    const row = await doubtful({ to: { type: 'person', id: fresh('ou_') } });
    clock.at = start + 50 * minute + 1;
    await deliver(row);
    expect(feishu.calls).toEqual([]);
    expect(await find(row._id)).toMatchObject({ state: 'parked' });
  });

  it('of a patch is simply tried again: it shows a state, it adds nothing', async () => {
    const row = await doubtful({ kind: 'patch', target: fresh('om_') });
    clock.at = start + 90 * minute;
    await deliver(row);
    expect(feishu.calls.map(({ method }) => method)).toEqual(['patch']);
  });
});

describe('patches of one message', () => {
  it('show the newest state only', async () => {
    const patch = { kind: 'patch', target: fresh('om_') } as const;
    const [old, young] = [await put(patch), await put(patch)];
    await deliver(old);
    await deliver(young);
    expect(feishu.calls).toHaveLength(1);
    expect(await find(old._id)).toMatchObject({ state: 'dropped' });
    expect(await find(young._id)).toMatchObject({ state: 'sent' });
  });
});

describe('the log', () => {
  it('names codes and never what people wrote', async () => {
    feishu.outcome = { result: 'puzzling', code: 230028 };
    await deliver(await put({ content: '{"text":"canary"}' }));
    expect(log.lines.join('')).toContain('230028');
    expect(log.lines.join('')).not.toContain('canary');
  });
});
