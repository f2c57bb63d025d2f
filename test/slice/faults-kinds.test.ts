import type { FaultInput } from 'feishu-sandbox';
import { FAULT_KINDS } from 'feishu-sandbox';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openStage, type Stage } from '../support/bot.ts';

type Kind = FaultInput['kind'];
type Place = 'push' | 'call';

const match: Record<Place, FaultInput['match']> = {
  push: { path: 'im.message.receive_v1' },
  call: { path: '/open-apis/im/v1/messages/:id/reply', method: 'POST' },
};
/** Every kind of fault that the sandbox knows, and where it can happen. */
const places: Record<Kind, readonly Place[]> = {
  'drop-before': ['push', 'call'],
  'drop-after': ['push', 'call'],
  status: ['push', 'call'],
  delay: ['push', 'call'],
  'expire-token': ['call'],
  duplicate: ['push'],
  reorder: ['push'],
};
/** What was said first may be heard last: it comes late, or only with the repeat fifteen seconds later. */
const mayComeLate = (kind: Kind, place: Place) =>
  place === 'push' && ['drop-before', 'status', 'delay', 'reorder'].includes(kind);

const lines = [
  '/记录 主题党日 11月18日下午3点 党史馆 学支部条例 应到5实到5',
  '/记录 支委会 11月19日下午3点 会议室 研究发展工作 应到5实到5',
];
/** Of all that have both duties in November; each case has one of its own. */
const units = ['B0101', 'B0102', 'B0103', 'B0104', 'B0201', 'B0202', 'B0203', 'B0301', 'B0302', 'B0303', 'B0304'];

/** The clock stands still: only what a test moves on moves. */
let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ now: '2026-11-20T10:00:00+08:00', speed: 0 });
});
afterEach(() => stage.sandbox.clearFaults());
afterAll(() => stage.close());

const faultsLeft = async (): Promise<unknown> => {
  const answer = await fetch(new URL('/sandbox/faults', stage.sandbox.feedUrl(0)));
  return ((await answer.json()) as { items: unknown }).items;
};

/** Two lines, the second as soon as the first one is said, whether or not that has arrived; then all comes to rest. */
const speak = async (unit: string) => {
  const say = (text = '') => stage.sandbox.say({ as: `${unit}.branchSecretary`, chat: unit, mention: true, text });
  const first = say(lines[0]);
  await stage.sandbox.messages({ chat: unit, from: 'person', wait: 5_000 });
  const second = say(lines[1]);
  await Promise.all([first, second]);
  await stage.sandbox.advance('PT20S');
  await vi.waitFor(async () => expect(await stage.sent(0, unit)).toHaveLength(2), { timeout: 10_000, interval: 20 });
  await stage.settle();
  const { items } = await stage.sandbox.messages({ chat: unit, from: 'person' });
  return items.map(({ message_id }) => message_id);
};

/** What the two lines have left behind, without what is of that unit or that message only. */
const remains = async (unit: string) => {
  const records = await stage.rows<{ _id: string; kind: string }>('records', { unit });
  const log = await stage.rows<{ on: { id: string } }>('changes', { 'on.id': { $in: records.map(({ _id }) => _id) } });
  const duties = await stage.rows<{ _id: string; met: unknown }>('duties', { unit, period: '2026-11' });
  return {
    records: records
      .map(({ _id, cause, unit: _unit, source, submittedBy, submittedAt, ...rest }: Record<string, unknown>) => rest)
      .sort((a, b) => String(a.kind).localeCompare(String(b.kind))),
    changes: log.length,
    met: duties.filter(({ met }) => met !== null).map(({ _id }) => _id.replace(unit, 'UNIT')),
    cards: (await stage.sent(0, unit)).map(({ kind, title }) => `${kind} ${title}`).sort(),
  };
};

describe('two records, one straight after the other', () => {
  let undisturbed: Awaited<ReturnType<typeof remains>>;
  beforeAll(async () => {
    await speak('B0401');
    undisturbed = await remains('B0401');
  });

  it('are two records, two entries, two cards and two duties met when nothing goes wrong (control)', () => {
    expect(undisturbed).toMatchObject({
      records: [{ kind: 'BCM' }, { kind: 'TPD' }],
      changes: 2,
      cards: [expect.stringContaining('已记录'), expect.stringContaining('已记录')],
    });
    expect(undisturbed.met).toHaveLength(2);
  });

  const happenings = FAULT_KINDS.flatMap((kind) => places[kind].map((place) => ({ kind, place })));
  const cases = happenings.map(({ kind, place }, index) => {
    const unit = units[index] ?? 'none';
    return [`${kind} of a ${place}`, { kind, place, unit }] as const;
  });

  it.each(cases)('leave the same after %s: nothing lost, nothing twice', async (_name, { kind, place, unit }) => {
    await stage.sandbox.addFault({ match: match[place], kind, ms: 600 });
    const said = await speak(unit);
    expect(await faultsLeft()).toEqual([]);
    expect(await remains(unit)).toEqual(undisturbed);
    const answered = (await stage.sent(0, unit)).map(({ reply_to }) => reply_to);
    if (mayComeLate(kind, place)) expect(answered.toSorted()).toEqual(said.toSorted());
    else expect(answered).toEqual(said);
  });

  it('every kind of fault that the sandbox knows was among them', () => {
    expect(new Set(cases.map(([, { kind }]) => kind))).toEqual(new Set(FAULT_KINDS));
  });
});
