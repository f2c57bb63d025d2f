import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCollege } from '../../fixtures/college.ts';
import { loadCalendar } from '../../src/calendar/index.ts';
import {
  acknowledge,
  audiences,
  deadlineOf,
  type LadderStep,
  latestStep,
  nextStep,
  openDuties,
  type StepTime,
  stepsOf,
} from '../../src/domain/duty/index.ts';
import { addDays, lastOfMonth } from '../../src/domain/time/local.ts';
import { isWorkday, type WorkCalendar } from '../../src/domain/time/work-calendar.ts';
import { loadPack } from '../../src/policies/index.ts';

const real = loadCalendar();
const { organisation } = readCollege('fixtures/college.json');
const loaded = loadPack('policies/wuhua-xietong-2020.yaml');
if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
const { pack } = loaded;
const [policy] = pack.policies;
if (!policy) throw new Error('no policy');

const period = fc
  .record({ year: fc.integer({ min: 2020, max: 2035 }), month: fc.integer({ min: 1, max: 12 }) })
  .map(({ year, month }) => `${year}-${String(month).padStart(2, '0')}`);
const day = fc.integer({ min: 0, max: 15 * 365 }).map((days) => addDays('2020-01-01', days));
/** The real calendar with days turned over at will. */
const calendar: fc.Arbitrary<WorkCalendar> = fc
  .record({ off: fc.array(day, { maxLength: 200 }), work: fc.array(day, { maxLength: 200 }) })
  .map(({ off, work }) => ({ ...real, off: new Set([...real.off, ...off]), work: new Set([...real.work, ...work]) }));
const at: fc.Arbitrary<StepTime> = fc.oneof(
  fc.record({ dayOfMonth: fc.integer({ min: 1, max: 31 }) }),
  fc.record({ daysBefore: fc.integer({ min: 0, max: 60 }) }),
  fc.record({ workdaysAfter: fc.integer({ min: 1, max: 20 }) }),
);
const ladder: fc.Arbitrary<LadderStep[]> = fc
  .array(fc.record({ at, to: fc.uniqueArray(fc.constantFrom(...audiences), { minLength: 1 }) }), { maxLength: 12 })
  .map((steps) => steps.map((step, index) => ({ ...step, step: `s${index}`, card: 'duty' as const })));
const world = fc.record({
  period,
  calendar,
  ladder: fc.oneof(ladder, fc.constant([...(pack.ladders.L_MONTHLY ?? [])])),
});

const latest = (step: LadderStep, deadline: string, name: string): string => {
  if ('daysBefore' in step.at) return addDays(deadline, -step.at.daysBefore);
  if (!('dayOfMonth' in step.at)) return '9999-12-31';
  const nominal = `${name}-${String(step.at.dayOfMonth).padStart(2, '0')}`;
  return nominal < lastOfMonth(`${name}-01`) ? nominal : lastOfMonth(`${name}-01`);
};

describe('the steps of any ladder in any calendar', () => {
  it('fall on working days, in strictly increasing order, and reach everybody', () => {
    fc.assert(
      fc.property(world, ({ period, calendar, ladder }) => {
        const deadline = deadlineOf(policy, period, calendar);
        const steps = stepsOf(ladder, deadline, period, calendar);
        expect(isWorkday(calendar, deadline)).toBe(true);
        expect(deadline <= lastOfMonth(`${period}-01`)).toBe(true);
        for (const step of steps) expect(isWorkday(calendar, step.on)).toBe(true);
        const days = steps.map((step) => step.on);
        expect(days).toEqual([...new Set(days)].sort());
        expect(new Set(steps.flatMap((step) => step.to))).toEqual(new Set(ladder.flatMap((step) => step.to)));
      }),
    );
  });

  it('come no later than their nominal day before the deadline, and after the deadline otherwise', () => {
    fc.assert(
      fc.property(world, ({ period, calendar, ladder }) => {
        const deadline = deadlineOf(policy, period, calendar);
        for (const planned of stepsOf(ladder, deadline, period, calendar)) {
          const source = ladder.find((step) => step.step === planned.step);
          if (!source) throw new Error(planned.step);
          expect(planned.on <= latest(source, deadline, period)).toBe(true);
          if ('workdaysAfter' in source.at) expect(planned.on > deadline).toBe(true);
        }
      }),
    );
  });

  it('are the same when computed again, walked or asked for day by day', () => {
    fc.assert(
      fc.property(world, ({ period, calendar, ladder }) => {
        const deadline = deadlineOf(policy, period, calendar);
        const steps = stepsOf(ladder, deadline, period, calendar);
        expect(stepsOf(ladder, deadline, period, calendar)).toEqual(steps);
        const walked = [];
        for (let next = nextStep(steps, '2000-01-01'); next; next = nextStep(steps, next.on)) walked.push(next);
        expect(walked).toEqual(steps);
        for (const step of steps) expect(latestStep(steps, addDays(step.on, -1), step.on)).toEqual(step);
      }),
    );
  });

  it('lose at most one, before the deadline, to 知道了 said any number of times on a day', () => {
    fc.assert(
      fc.property(world, fc.integer({ min: -70, max: 40 }), ({ period, calendar, ladder }, shift) => {
        const deadline = deadlineOf(policy, period, calendar);
        const steps = stepsOf(ladder, deadline, period, calendar);
        const today = addDays(deadline, shift);
        const once = acknowledge(steps, deadline, [], today);
        expect(acknowledge(steps, deadline, once, today)).toEqual(once);
        const skipped = steps.filter((step) => once.includes(step.step));
        expect(skipped.length).toBeLessThanOrEqual(1);
        for (const step of skipped) expect(step.on > today && step.on < deadline).toBe(true);
      }),
    );
  });
});

describe('opening duties', () => {
  it('gives each id once, and the same ones however the span is cut', () => {
    const month = fc.integer({ min: 0, max: 30 }).map((months) => addDays('2026-01-15', months * 31));
    fc.assert(
      fc.property(fc.uniqueArray(month, { minLength: 3, maxLength: 3 }), (dates) => {
        const [from = '', middle = '', to = ''] = [...dates].sort();
        const open = (start: string, end: string) =>
          openDuties(pack, organisation, { from: start, to: end, goLive: '2026-01-01' }, real).map((duty) => duty.id);
        const whole = open(from, to);
        expect(new Set(whole).size).toBe(whole.length);
        expect(new Set([...open(from, middle), ...open(middle, to)])).toEqual(new Set(whole));
      }),
      { numRuns: 15 },
    );
  });
});
