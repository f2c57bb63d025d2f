import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStage, type Stage } from '../support/bot.ts';
import type { Card } from '../support/bot-types.ts';

/** The tenth is a reminding day: everybody's group has a card of two duties, or of one where there is no committee. */
let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ now: '2026-11-10T08:00:00+08:00', speed: 0 });
  await stage.walkTo('2026-11-10T12:00:00+08:00');
  await stage.jumpTo('2026-11-20T16:00:00+08:00');
}, 60_000);
afterAll(() => stage.close());

type Duty = { _id: string; met: { by: string; at: Date } | null; skipped: string[] };
type Kept = { _id: string; state: string; startAt: Date; present: number };
const dutyOf = async (id: string) => (await stage.rows<Duty>('duties', { _id: id }))[0];
const records = (unit: string) => stage.rows<Kept>('records', { unit });
const reminderOf = async (unit: string): Promise<Card> => {
  const card = (await stage.sent(0, unit)).find(({ kind }) => kind === '提醒');
  if (!card) throw new Error(`no reminder in ${unit}`);
  return card;
};
const reply = async (unit: string, text: string, as = `${unit}.branchSecretary`) => {
  const { message_id: reply_to } = await reminderOf(unit);
  return stage.say({ as, chat: unit, mention: true, reply_to, text });
};
const record = (unit: string, text = '/记录 主题党日 11月18日下午3点 党史馆 学支部条例 全到') =>
  stage.say({ as: `${unit}.branchSecretary`, chat: unit, mention: true, text });

describe('a reply to a reminder', () => {
  it('of one duty needs neither command nor kind', async () => {
    const { cards } = await reply('B0105', '20日下午3点 党史馆 学支部条例 全到');
    expect(cards).toMatchObject([{ kind: '已记录', title: '11月主题党日已记下' }]);
    const [kept] = await records('B0105');
    expect(kept).toMatchObject({ kind: 'TPD', period: '2026-11', startAt: new Date('2026-11-20T15:00:00+08:00') });
    expect((await dutyOf('TPD/B0105/2026-11'))?.met?.by).toBe(kept?._id);
  });

  it('of several duties says which by its kind; the other stays open', async () => {
    await reply('B0201', '主题党日 20日下午3点 党史馆 学支部条例 全到');
    expect((await dutyOf('TPD/B0201/2026-11'))?.met?.by).toBe((await records('B0201'))[0]?._id);
    expect((await dutyOf('BCM/B0201/2026-11'))?.met).toBeNull();
  });

  it('of several duties without a kind is asked which, and completed by the answer', async () => {
    const { cards } = await reply('B0202', '20日下午3点 党史馆 学支部条例 全到');
    expect(cards).toMatchObject([{ kind: '待补充' }]);
    expect(await records('B0202')).toEqual([]);
    const { message_id: reply_to } = cards[0] ?? { message_id: '' };
    const said = { as: 'B0202.branchSecretary', chat: 'B0202', mention: true, reply_to, text: '主题党日' };
    expect((await stage.say(said)).cards).toMatchObject([{ kind: '已记录' }]);
    expect(await records('B0202')).toMatchObject([{ kind: 'TPD', present: 12, expected: 12 }]);
  });
});

describe('undo and recall', () => {
  it('undo within ten minutes reopens the duty and keeps the record as withdrawn', async () => {
    await record('B0203');
    expect((await dutyOf('TPD/B0203/2026-11'))?.met).not.toBeNull();
    await stage.sandbox.advance('PT9M');
    const { cards } = await stage.say({ as: 'B0203.branchSecretary', chat: 'B0203', mention: true, text: '撤销' });
    expect(cards).toMatchObject([{ title: '已撤销刚才的记录' }]);
    expect(await records('B0203')).toMatchObject([{ state: 'withdrawn', revision: 1 }]);
    expect((await dutyOf('TPD/B0203/2026-11'))?.met).toBeNull();
    const changes = await stage.rows<{ _id: string; what: string }>('changes', {
      by: stage.college.openIdOf('B0203.branchSecretary'),
    });
    expect(changes.map(({ what }) => what).sort()).toEqual(['submit', 'withdraw']);
  });

  it('undo after ten minutes changes nothing (control)', async () => {
    await record('B0204');
    await stage.sandbox.advance('PT11M');
    const { cards } = await stage.say({ as: 'B0204.branchSecretary', chat: 'B0204', mention: true, text: '撤销' });
    expect(cards).toMatchObject([{ title: '没有可撤销的记录' }]);
    expect(await records('B0204')).toMatchObject([{ state: 'submitted' }]);
  });

  it('recall of the message withdraws what it recorded', async () => {
    const { message_id } = await record('B0301');
    await stage.sandbox.recall({ message_id, as: 'B0301.branchSecretary' });
    await stage.settle();
    expect(await records('B0301')).toMatchObject([{ state: 'withdrawn' }]);
    expect((await dutyOf('TPD/B0301/2026-11'))?.met).toBeNull();
  });

  it('recall a day later, and of another message, does not (control)', async () => {
    const { message_id } = await record('B0302');
    const other = await stage.say({ as: 'B0302.branchSecretary', chat: 'B0302', mention: true, text: '帮助' });
    await stage.sandbox.recall({ message_id: other.message_id, as: 'B0302.branchSecretary' });
    await stage.jumpTo('2026-11-21T17:30:00+08:00');
    await stage.sandbox.recall({ message_id, as: 'B0302.branchSecretary' });
    await stage.settle();
    expect(await records('B0302')).toMatchObject([{ state: 'submitted' }]);
    expect((await dutyOf('TPD/B0302/2026-11'))?.met).not.toBeNull();
  });
});

describe('知道了', () => {
  const reminded = async (chat: string, day: string) =>
    (await stage.sent(0, chat)).filter((card) => card.created_at.startsWith(day) && card.kind === '提醒').length;

  it('by reply or by button skips just the next step', async () => {
    const { cards } = await reply('B0303', '知道了');
    expect(cards).toMatchObject([{ title: '知道了' }]);
    const { message_id } = await reminderOf('B0304');
    const clicked = await stage.sandbox.click({ message_id, as: 'B0304.branchSecretary', name: 'acknowledge' });
    expect(clicked.toast).toMatchObject({ type: 'success' });
    await stage.settle();
    for (const unit of ['B0303', 'B0304']) expect((await dutyOf(`TPD/${unit}/2026-11`))?.skipped).toEqual(['D-5']);
    await stage.walkTo('2026-12-01T12:00:00+08:00');
    for (const unit of ['B0303', 'B0304']) {
      expect(await reminded(unit, '2026-11-25'), `${unit} D-5`).toBe(0);
      expect(await reminded(`p2p:${unit}.branchSecretary`, '2026-11-27'), `${unit} D-2`).toBe(1);
      expect(await reminded(unit, '2026-11-30'), `${unit} D`).toBe(1);
    }
  }, 60_000);

  it('skips nothing for those who did not say it (control)', async () => {
    expect(await reminded('B0401', '2026-11-25')).toBe(1);
    expect((await dutyOf('TPD/B0401/2026-11'))?.skipped).toEqual([]);
  });
});

describe('本期不开', () => {
  type Waived = { waiver: { state: string; reason: string } | null };
  const waiverOf = async (id: string) => (await stage.rows<Waived>('duties', { _id: id }))[0]?.waiver ?? null;

  it('is asked for with a reason, and stands once the general branch has agreed', async () => {
    await reply('B0301', '主题党日本期不开,因为全员外出实习');
    const id = 'TPD/B0301/2026-11';
    expect(await waiverOf(id)).toMatchObject({ state: 'asked', reason: '全员外出实习' });
    expect(await waiverOf('BCM/B0301/2026-11')).toBeNull();
    const asked = (await stage.sent(0, 'p2p:ZZ03.organizer')).find(({ title }) => title === '申请本期不开');
    await stage.sandbox.click({ message_id: asked?.message_id ?? '', as: 'ZZ03.organizer', name: 'agree' });
    expect(await waiverOf(id)).toMatchObject({ state: 'agreed' });
  });
});
