import { describe, expect, it } from 'vitest';
import { readCollege } from '../../fixtures/college.ts';
import { loadCalendar } from '../../src/calendar/index.ts';
import {
  acknowledge,
  deadlineOf,
  type LadderStep,
  latestStep,
  nextStep,
  openDuties,
  type Policy,
  stepsOf,
  withoutSkipped,
} from '../../src/domain/duty/index.ts';
import { membersOf, type Organisation } from '../../src/domain/organisation.ts';
import { loadPack } from '../../src/policies/index.ts';

const calendar = loadCalendar();
const { organisation } = readCollege('fixtures/college.json');
const loaded = loadPack('policies/wuhua-xietong-2020.yaml');
if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
const { pack } = loaded;
const ladder = pack.ladders.L_MONTHLY ?? [];
const policyOf = (kind: string): Policy => {
  const policy = pack.policies.find((candidate) => candidate.kind === kind);
  if (!policy) throw new Error(kind);
  return policy;
};
const themedDay = policyOf('TPD');
const stepsIn = (period: string) => stepsOf(ladder, deadlineOf(themedDay, period, calendar), period, calendar);
const november = { from: '2026-11-01', to: '2026-11-30', goLive: '2026-11-01' };

describe('the monthly ladder, nothing done', () => {
  it.each([
    ['2026-09', ['09-10', '09-24', '09-28', '09-30', '10-08', '10-10', '10-15']],
    ['2026-10', ['10-10', '10-23', '10-28', '10-30', '11-02', '11-04', '11-10']],
  ])('takes the steps of %s on the days of the design', (period, days) => {
    expect(stepsIn(period).map((step) => step.on)).toEqual(days.map((day) => `2026-${day}`));
    expect(stepsIn(period).map((step) => step.step)).toEqual(['S10', 'D-5', 'D-2', 'D', '+1', '+3', '+7']);
  });

  it('reminds of 2026-12 on 2027-01-04, the first working day after it', () => {
    const overdue = stepsIn('2026-12').find((step) => step.card === 'overdue');
    expect(overdue).toEqual({ step: '+1', on: '2027-01-04', to: ['secretary'], card: 'overdue' });
  });

  it('merges steps that meet into the later, for everybody whom either reaches', () => {
    const crowded: LadderStep[] = [
      { step: 'D-1', at: { daysBefore: 1 }, to: ['group'], card: 'duty' },
      { step: 'D', at: { daysBefore: 0 }, to: ['secretary'], card: 'duty' },
    ];
    // A deadline on a Sunday: both steps move back to the Friday.
    expect(stepsOf(crowded, '2026-11-29', '2026-11', calendar)).toEqual([
      { step: 'D', on: '2026-11-27', to: ['secretary', 'group'], card: 'duty' },
    ]);
  });

  it("takes the month's last day for a day it does not have", () => {
    const late: LadderStep[] = [{ step: 'S31', at: { dayOfMonth: 31 }, to: ['group'], card: 'duty' }];
    expect(stepsOf(late, '2026-02-28', '2026-02', calendar).map((step) => step.on)).toEqual(['2026-02-28']);
  });
});

describe('the step to take', () => {
  const steps = stepsIn('2026-09');

  it('is the latest one missed, and none twice', () => {
    expect(latestStep(steps, null, '2026-09-09')).toBeNull();
    expect(latestStep(steps, null, '2026-09-29')?.step).toBe('D-2');
    expect(latestStep(steps, '2026-09-28', '2026-09-29')).toBeNull();
    expect(latestStep(steps, '2026-09-10', '2026-10-09')?.step).toBe('+1');
    expect(latestStep(steps, '2026-09-10', '2027-01-01')?.step).toBe('+7');
  });

  it('comes after a day, until the ladder ends', () => {
    expect(nextStep(steps, '2026-09-09')?.step).toBe('S10');
    expect(nextStep(steps, '2026-09-10')?.step).toBe('D-5');
    expect(nextStep(steps, '2026-10-15')).toBeNull();
  });
});

describe('知道了', () => {
  const steps = stepsIn('2026-09');
  const say = (today: string, skipped: readonly string[] = []) => acknowledge(steps, '2026-09-30', skipped, today);

  it('skips the next step before the deadline, once', () => {
    expect(say('2026-09-10')).toEqual(['D-5']);
    expect(say('2026-09-10', say('2026-09-10'))).toEqual(['D-5']);
    expect(say('2026-09-24', ['D-5'])).toEqual(['D-5', 'D-2']);
    expect(withoutSkipped(steps, ['D-5']).map((step) => step.step)).toEqual(['S10', 'D-2', 'D', '+1', '+3', '+7']);
  });

  it('skips neither the deadline nor anything after it', () => {
    expect(say('2026-09-28')).toEqual([]);
    expect(say('2026-09-30')).toEqual([]);
    expect(say('2026-10-08', ['D-5'])).toEqual(['D-5']);
    expect(say('2026-10-20')).toEqual([]);
  });
});

describe('open duties', () => {
  const duties = openDuties(pack, organisation, november, calendar);

  it('are one a branch, and none for a committee that does not exist', () => {
    expect(duties.filter((duty) => duty.kind === 'TPD')).toHaveLength(27);
    expect(duties.filter((duty) => duty.kind === 'BCM')).toHaveLength(24);
    const year = openDuties(
      pack,
      organisation,
      { from: '2026-01-01', to: '2027-12-31', goLive: '2026-01-01' },
      calendar,
    );
    const lone = year.filter((duty) => ['B0105', 'B0204', 'B0504'].includes(duty.unit));
    expect(new Set(lone.map((duty) => duty.kind))).toEqual(new Set(['TPD']));
    expect(lone).toHaveLength(3 * 24);
  });

  it('carry all that a reminder says', () => {
    expect(duties.find((duty) => duty.id === 'TPD/B0201/2026-11')).toEqual({
      id: 'TPD/B0201/2026-11',
      unit: 'B0201',
      policy: 'S7.1-TPD',
      kind: 'TPD',
      period: '2026-11',
      deadline: '2026-11-30',
      rule: 'BR-16',
    });
  });

  it('begin with the first full period of the bot and of the unit', () => {
    const span = { from: '2026-08-15', to: '2026-11-02', goLive: '2026-10-01' };
    const periods = (goLive: string) =>
      new Set(openDuties(pack, organisation, { ...span, goLive }, calendar).map((duty) => duty.period));
    expect(periods('2026-10-01')).toEqual(new Set(['2026-10', '2026-11']));
    expect(periods('2026-10-02')).toEqual(new Set(['2026-11']));
    const young: Organisation = {
      ...organisation,
      units: organisation.units.map((unit) =>
        unit.code === 'B0201' ? { ...unit, establishedOn: '2026-10-09' } : unit,
      ),
    };
    const opened = openDuties(pack, young, span, calendar).filter((duty) => duty.unit === 'B0201');
    expect(opened.map((duty) => duty.id)).toEqual(['TPD/B0201/2026-11', 'BCM/B0201/2026-11']);
  });

  it('ask for a committee as soon as the seventh full member is there', () => {
    const [seventh] = membersOf(organisation, 'B0204').filter((person) => person.stage === 'probationary');
    const [another] = membersOf(organisation, 'B0202').filter((person) => person.stage === 'full');
    const people = organisation.people.map((person) =>
      person === seventh || person === another ? { ...person, unit: 'B0204', stage: 'full' as const } : person,
    );
    const opened = openDuties(pack, { ...organisation, people }, november, calendar);
    expect(opened.map((duty) => duty.id)).toContain('BCM/B0204/2026-11');
  });

  it('can ask only units with Party groups', () => {
    const groups: Policy = { ...themedDay, id: 'G', kind: 'PGM', appliesTo: { levels: ['branch'], groups: true } };
    const opened = openDuties({ ...pack, policies: [groups] }, organisation, november, calendar);
    expect(opened).toHaveLength(15);
    expect(opened.map((duty) => duty.unit)).not.toContain('B0201');
  });
});
