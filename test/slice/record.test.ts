import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStage, type Stage } from '../support/bot.ts';
import type { Dump, Said } from '../support/bot-types.ts';

const line = '/记录 主题党日 11月20日下午3点 党史馆 学支部条例 应到14实到12 缺赵甲(出差) 钱乙(病假)';
const now = '2026-11-20T16:00:00+08:00';
const secretary = 'B0201.branchSecretary';
const duty = 'TPD/B0201/2026-11';

/** What one message may change; leases and cursors are the engine's own. */
const counted = ['inbox', 'outbox', 'records', 'changes', 'drafts', 'duties', 'bindings', 'people', 'units'];
const sizes = (dump: Dump) => Object.fromEntries(counted.map((name) => [name, dump[name]?.length ?? 0]));
const content = (dump: Dump) => Object.fromEntries(counted.map((name) => [name, dump[name] ?? []]));

let stage: Stage;
let before: Dump;
let said: Said;
let after: Dump;
beforeAll(async () => {
  stage = await openStage({ now, speed: 0 });
  before = await stage.dump();
  said = await stage.say({ as: secretary, chat: 'B0201', mention: true, text: line });
  after = await stage.dump();
});
afterAll(() => stage.close());

describe('the record line of a secretary', () => {
  it('becomes one record with every field right', () => {
    const { openIdOf, chatIdOf } = stage.college;
    expect(after.records).toEqual([
      {
        _id: `${said.message_id}/record/0`,
        cause: said.message_id,
        revision: 0,
        kind: 'TPD',
        unit: 'B0201',
        group: null,
        startAt: new Date('2026-11-20T15:00:00+08:00'),
        endAt: null,
        period: '2026-11',
        place: '党史馆',
        host: null,
        recorder: null,
        expected: 14,
        present: 12,
        absent: [
          { name: '赵甲', reason: '出差' },
          { name: '钱乙', reason: '病假' },
        ],
        topics: ['学支部条例'],
        details: {},
        missing: ['host', 'agenda', 'summary', 'attachments'],
        filled: {},
        state: 'submitted',
        late: false,
        submittedBy: openIdOf(secretary),
        submittedAt: new Date(now),
        source: { chat: chatIdOf('B0201'), message: said.message_id },
      },
    ]);
  });

  it('is answered by one card below it that says what counts and what review still needs', async () => {
    expect(await stage.sent()).toHaveLength(1);
    expect(said.cards).toHaveLength(1);
    expect(said.cards[0]).toMatchObject({ kind: '已记录', title: '11月主题党日已记下', chat: 'B0201' });
    const text = said.cards[0]?.text ?? '';
    for (const part of ['15:00 · 党史馆', '应到14 · 实到12', '赵甲（出差）、钱乙（病假）', '已计入11月', '主持人'])
      expect(text).toContain(part);
  });

  it('meets the duty, and no duty of another unit', async () => {
    const met = await stage.rows<{ _id: string; met: unknown }>('duties', { met: { $ne: null } });
    expect(met.map(({ _id }) => _id)).toEqual([duty]);
    expect(met[0]?.met).toEqual({ by: `${said.message_id}/record/0`, at: new Date(now) });
  });

  it('leaves one entry in the log: who, when, from which message, before and after', () => {
    expect(after.changes).toEqual([
      {
        _id: `${said.message_id}/submit/${said.message_id}/record/0`,
        cause: said.message_id,
        revision: 0,
        at: new Date(now),
        by: stage.college.openIdOf(secretary),
        what: 'submit',
        on: { collection: 'records', id: `${said.message_id}/record/0` },
        before: null,
        after: { kind: 'TPD', period: '2026-11', present: 12 },
        message: said.message_id,
      },
    ]);
  });

  it('adds exactly one record, one row to send, one entry and one event', () => {
    const { inbox = 0, outbox = 0, records = 0, changes = 0, ...rest } = sizes(before);
    const one = { inbox: inbox + 1, outbox: outbox + 1, records: records + 1, changes: changes + 1 };
    expect(sizes(after)).toEqual({ ...rest, ...one });
  });
});

describe('fifty redeliveries at once', () => {
  it.each([
    ['of the same event', false],
    ['of the same message under new event ids', true],
  ])('%s change nothing at all', async (_name, fresh) => {
    const kept = content(await stage.dump());
    const options = { times: 50, parallel: true, fresh_event_id: fresh };
    const { results } = await stage.sandbox.redeliver(said.event_id ?? '', options);
    expect(results.map(({ status }) => status)).toEqual(new Array(50).fill(200));
    expect(new Set(results.map(({ event_id }) => event_id)).size).toBe(fresh ? 50 : 1);
    await stage.settle();
    expect(content(await stage.dump())).toEqual(kept);
    expect(await stage.sent()).toHaveLength(1);
  });

  it('of a message that is new to the bot leave one record, one row to send, one entry (control)', async () => {
    const kept = sizes(await stage.dump());
    await stage.sandbox.addFault({ match: { path: 'im.message.receive_v1' }, kind: 'drop-before', times: 1 });
    const text = '/记录 主题党日 11月19日下午3点 党史馆 学党章 全到';
    const lost = await stage.sandbox.say({ as: 'B0104.branchSecretary', chat: 'B0104', mention: true, text });
    expect(lost.status).toBe(0);
    await stage.sandbox.redeliver(lost.event_id ?? '', { times: 50, parallel: true, fresh_event_id: true });
    await stage.sandbox.redeliver(lost.event_id ?? '', { times: 50, parallel: true });
    await stage.sandbox.advance('PT20S');
    await stage.settle();
    expect(await stage.rows('records', { unit: 'B0104' })).toHaveLength(1);
    expect(await stage.sent(0, 'B0104')).toHaveLength(1);
    const { inbox = 0, outbox = 0, records = 0, changes = 0, ...rest } = kept;
    const one = { inbox: inbox + 1, outbox: outbox + 1, records: records + 1, changes: changes + 1 };
    expect(sizes(await stage.dump())).toEqual({ ...rest, ...one });
  });
});

describe('the days after', () => {
  it('remind a unit whose duty stays open, and never the one that recorded', async () => {
    await stage.walkTo('2026-12-01T12:00:00+08:00');
    const told = async (chat: string) =>
      (await stage.sent(0, chat)).filter(({ kind }) => kind === '提醒' || kind === '逾期').map(({ text }) => text);
    const recorded = [...(await told('B0201')), ...(await told(`p2p:${secretary}`))];
    const open = [...(await told('B0202')), ...(await told('p2p:B0202.branchSecretary'))];
    expect(recorded.filter((text) => text.includes('主题党日'))).toEqual([]);
    expect(recorded.filter((text) => text.includes('支委会'))).toHaveLength(5);
    expect(open.filter((text) => text.includes('主题党日'))).toHaveLength(5);
    const [row] = await stage.rows<{ _id: string; met: unknown }>('duties', { _id: 'TPD/B0202/2026-11' });
    expect(row?.met).toBeNull();
  });
});
