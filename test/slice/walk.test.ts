import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStage, type Stage } from '../support/bot.ts';
import type { Card } from '../support/bot-types.ts';

/** design.md §5, nothing done: day, step, card and how it reaches people. */
const ladder = [
  ['2026-09-10', 'S10', '提醒', 'group'],
  ['2026-09-24', 'D-5', '提醒', 'group'],
  ['2026-09-28', 'D-2', '提醒', 'secretary'],
  ['2026-09-30', 'D', '提醒', 'secretary+group'],
  ['2026-10-08', '+1', '逾期', 'secretary'],
  ['2026-10-10', '+3', '升级', 'organizer'],
  ['2026-10-15', '+7', '升级', 'orgDept'],
] as const;
const october = [
  ['2026-10-10', 'S10', '提醒', 'group'],
  ['2026-10-23', 'D-5', '提醒', 'group'],
  ['2026-10-28', 'D-2', '提醒', 'secretary'],
  ['2026-10-30', 'D', '提醒', 'secretary+group'],
  ['2026-11-02', '+1', '逾期', 'secretary'],
  ['2026-11-04', '+3', '升级', 'organizer'],
  ['2026-11-10', '+7', '升级', 'orgDept'],
] as const;
const noCommittee = ['B0105', 'B0204', 'B0504'];

type Sent = { readonly day: string; readonly time: string; readonly kind: string | null; readonly card: Card };
const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
const inWindow = (time: string): boolean => {
  const at = minutes(time);
  return (at >= 9 * 60 + 3 && at <= 9 * 60 + 27) || (at >= 14 * 60 + 3 && at <= 14 * 60 + 27);
};

let stage: Stage;
let cards: readonly Card[] = [];
const to = (chat: string): readonly Sent[] =>
  cards
    .filter((card) => card.chat === chat)
    .map((card) => ({
      day: card.created_at.slice(0, 10),
      time: card.created_at.slice(11, 19),
      kind: card.kind,
      card,
    }));
const days = (chat: string) => to(chat).map(({ day, kind }) => `${day} ${kind}`);

beforeAll(async () => {
  stage = await openStage({ now: '2026-09-01T08:00:00+08:00', speed: 0 });
  await stage.walkTo('2026-11-11T12:00:00+08:00');
  cards = await stage.sent();
}, 120_000);
afterAll(() => stage.close());

const both = [...ladder, ...october];
const when = (how: string) =>
  both.filter(([, , , reach]) => reach.includes(how)).map(([day, , kind]) => `${day} ${kind}`);
/** November's first reminder falls on the same day as October's last. */
const november = '2026-11-10 提醒';

describe('September and October with nothing done', () => {
  it('reach a branch in its group on the check days and on no other', () => {
    for (const unit of ['B0202', 'B0105', 'ZS01']) expect(days(unit), unit).toEqual([...when('group'), november]);
  });

  it('reach its secretary in private on the check days and on no other', () => {
    expect(days('p2p:B0202.branchSecretary')).toEqual(when('secretary'));
  });

  it('reach the organizer of the general branch on the third working day after, 组织部 on the seventh', () => {
    expect(days('p2p:ZZ02.organizer')).toEqual(when('organizer'));
    for (const person of ['OD.odStaff.1', 'OD.odStaff.2'])
      expect(new Set(days(`p2p:${person}`)), person).toEqual(
        new Set([...when('organizer'), ...when('orgDept')].sort()),
      );
  });

  it('say nothing on any other day, and nothing outside the two windows', () => {
    const checked = new Set<string>([...both.map(([day]) => day), '2026-11-10']);
    expect(cards.map((card) => card.created_at.slice(0, 10)).filter((day) => !checked.has(day))).toEqual([]);
    expect(cards.map((card) => card.created_at.slice(11, 19)).filter((time) => !inWindow(time))).toEqual([]);
  });

  it('come as one card a day to each recipient, everybody at the same minute each time asked', () => {
    const keys = cards.map((card) => `${card.chat} ${card.created_at.slice(0, 10)}`);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
    const seconds = new Set(cards.map((card) => card.created_at.slice(11, 19)));
    expect(seconds.size).toBeGreaterThan(100);
  });

  it('never mention the committee meeting where there is no committee; elsewhere they do (control)', () => {
    const mentions = (unit: string) =>
      [...to(unit), ...to(`p2p:${unit}.branchSecretary`)].filter(({ card }) => card.text.includes('支委会')).length;
    expect(noCommittee.map(mentions)).toEqual([0, 0, 0]);
    expect(mentions('B0202')).toBe(13);
  });

  it('open no such duty either, and one of each for every branch that has both', async () => {
    const rows = await stage.rows<{ _id: string; kind: string; unit: string }>('duties', { period: '2026-10' });
    const units = (kind: string) => rows.filter((row) => row.kind === kind).map((row) => row.unit);
    expect(units('TPD')).toHaveLength(27);
    expect(units('BCM')).toEqual(units('TPD').filter((unit) => !noCommittee.includes(unit)));
  });

  it('say in each item the rule, the date and what closes it', () => {
    const [first] = to('B0202');
    expect(first?.card.text).toContain('支部工作条例第十六条');
    expect(first?.card.text).toContain('9月30日（周三）前');
    expect(first?.card.text).toContain('@我 并回复本条一句话即可记录');
    expect(first?.card.buttons.map(({ text }) => text)).toEqual(['已开，补记', '知道了']);
  });
});
