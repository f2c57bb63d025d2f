import { describe, expect, it } from 'vitest';
import { emptyFields, type RecordFields } from '../../src/domain/record/fields.ts';
import { kindOf, kinds } from '../../src/domain/record/kinds.ts';
import { isLate, periodOf } from '../../src/domain/record/period.ts';
import { assess } from '../../src/domain/record/record.ts';
import * as votes from '../../src/domain/record/votes.ts';
import { parseUtterance } from '../../src/domain/utterance/index.ts';
import { calendar, contextOf } from './utterance-world.ts';

const held: RecordFields = {
  ...emptyFields,
  kind: 'TPD',
  startAt: '2026-11-20T15:00',
  place: '党史馆',
  expected: 14,
  present: 12,
  topics: ['学支部条例'],
  absent: [
    { name: '赵甲', reason: '出差' },
    { name: '钱乙', reason: '病假' },
  ],
};
const judged = (change: Partial<RecordFields>, attachments = 0) =>
  assess({ ...held, ...change }, { now: '2026-11-24T10:00', attachments });

describe('what a record lacks', () => {
  it('counts before it is complete', () => {
    expect(judged({})).toEqual({
      counts: true,
      missingToCount: [],
      ask: [],
      missing: ['host', 'agenda', 'summary', 'attachments'],
    });
    expect(judged({ host: '王辛', agenda: ['签到'], summary: '学习' }, 1).missing).toEqual([]);
  });
  it.each<readonly [string, Partial<RecordFields>, string]>([
    ['no topic', { topics: [] }, 'topics'],
    ['no start', { startAt: null }, 'startAt'],
    ['nobody present', { present: null, absent: [] }, 'present'],
    ['nobody expected', { expected: null, absent: [] }, 'expected'],
    [
      'a nameless absence',
      {
        absent: [
          { name: '赵甲', reason: null },
          { name: null, reason: '产假' },
        ],
      },
      'absent',
    ],
    ['too few absences', { absent: [] }, 'absent'],
  ])('is a draft with %s', (_, change, field) => {
    expect(judged(change)).toMatchObject({ counts: false, missingToCount: [field] });
  });
  it.each<readonly [Partial<RecordFields>, string, string]>([
    [{ present: 15, absent: [] }, 'present', 'range'],
    [{ absent: [{ name: '赵甲', reason: null }] }, 'absent', 'mismatch'],
    [{ startAt: '2026-11-25' }, 'startAt', 'range'],
    [{ startAt: '2026-11-24T10:01' }, 'startAt', 'range'],
    [{ endAt: '2026-11-20T15:00' }, 'endAt', 'range'],
    [{ votes: [{ subject: null, yes: 12, no: 1, abstain: 0 }] }, 'votes', 'range'],
    [{ appraisal: { excellent: 1, qualified: 1, basic: 0, unqualified: 0 } }, 'appraisal', 'mismatch'],
  ])('asks about %j', (change, field, why) => {
    expect(judged(change).ask).toContainEqual({ field, why, options: [] });
  });
  it('wants the whole vote once one was taken', () => {
    expect(judged({ votes: [{ subject: null, yes: 12, no: null, abstain: null }] }).missing).toContain('votes');
  });
});

describe('periods', () => {
  it('belong to the start, never to the submission', () => {
    expect(periodOf('TPD', '2026-10-31T23:59')).toBe('2026-10');
    expect(periodOf('BGM', '2026-10-01')).toBe('2026-Q4');
    expect(periodOf('GBA', '2026-07-01')).toBe('2026-H2');
    expect(periodOf('OLM', '2027-02-01', 2026)).toBe('2026');
    expect(periodOf('XXX', '2027-02-01')).toBeNull();
  });
  it('are late after three working days', () => {
    expect(isLate('2026-11-20T15:00', '2026-11-24T10:00', calendar)).toBe(false);
    expect(isLate('2026-11-20T15:00', '2026-11-25T23:59', calendar)).toBe(false);
    expect(isLate('2026-11-20T15:00', '2026-11-26T00:00', calendar)).toBe(true);
    expect(isLate('2026-09-30', '2026-10-10', calendar)).toBe(false);
    expect(isLate('1226-11-20', '2026-10-10', calendar)).toBe(true);
  });
});

describe('votes', () => {
  it('tell half from more than half', () => {
    expect([votes.canVote(16, 8), votes.canVoteOnMember(16, 8)]).toEqual([true, false]);
    expect([votes.canVote(15, 8), votes.canVoteOnMember(15, 8)]).toEqual([true, true]);
    expect([votes.passes(18, 9), votes.passes(18, 10), votes.passesMember(18, 9, 1)]).toEqual([false, true, true]);
    expect([votes.electionIsValid(20, 16), votes.electionIsValid(19, 15)]).toEqual([true, false]);
    expect([votes.isElected(16, 8), votes.isElected(16, 9)]).toEqual([false, true]);
    expect([votes.isWithinExcellentCap(24, 8), votes.isWithinExcellentCap(24, 9)]).toEqual([true, false]);
    expect([votes.committeeIsValid(5, 3), votes.committeeIsValid(5, 2), votes.committeeIsValid(4, 2)]).toEqual([
      true,
      false,
      true,
    ]);
    expect([votes.jointMeetingIsValid(9, 6), votes.jointMeetingIsValid(9, 5), votes.jointMeetingPasses(9, 5)]).toEqual([
      true,
      false,
      true,
    ]);
  });
});

describe('the table of kinds', () => {
  it.each(kinds.map((kind) => [kind.code, kind] as const))('%s is whole', (code, kind) => {
    expect(kindOf(code)).toBe(kind);
    expect(kind.also.every((other) => kindOf(other))).toBe(true);
    expect(kind.words.every((word) => parseUtterance(`/${word} 11月20日`, contextOf()).items[0]?.kind === code)).toBe(
      true,
    );
  });
  it.each(kinds.map((kind) => [kind.example, kind.code] as const))(
    'has an example that counts: %s',
    (example, code) => {
      const at = code === 'PGM' || code === 'DAM' ? (code === 'PGM' ? 'B0203' : 'B0303') : 'B0201';
      const [item] = parseUtterance(example, contextOf({ at, now: '2026-12-20T10:00' })).items;
      expect(item).toMatchObject({ intent: 'record', kind: code });
      if (!['HHT', 'DOL', 'GBA'].includes(code)) expect(item).toMatchObject({ counts: true, ask: [] });
    },
  );
});
