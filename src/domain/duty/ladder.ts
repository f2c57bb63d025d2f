/** The days on which somebody hears of a duty that is not met (design §5). */
import { addDays, type LocalDate } from '../time/local.ts';
import { addWorkdays, type WorkCalendar, workdayAtOrBefore } from '../time/work-calendar.ts';
import type { LadderStep, PlannedStep, StepTime } from './types.ts';

/** Day `day` of the month that `period` begins with, or the month's last day when it is shorter. */
const dayInMonth = (period: string, day: number): LocalDate => {
  const first = `${period.slice(0, 7)}-01`;
  const date = addDays(first, day - 1);
  return date.slice(0, 7) === first.slice(0, 7) ? date : dayInMonth(period, day - 1);
};

const dayOf = (at: StepTime, deadline: LocalDate, period: string, calendar: WorkCalendar): LocalDate => {
  if ('workdaysAfter' in at) return addWorkdays(calendar, deadline, at.workdaysAfter);
  const nominal = 'dayOfMonth' in at ? dayInMonth(period, at.dayOfMonth) : addDays(deadline, -at.daysBefore);
  return workdayAtOrBefore(calendar, nominal);
};

/** The later step's name and card, and everybody whom either of them reaches. */
const merge = (earlier: PlannedStep, later: PlannedStep): PlannedStep => ({
  ...later,
  to: [...new Set([...later.to, ...earlier.to])],
});

const mergeDays = (steps: readonly PlannedStep[]): PlannedStep[] => {
  const merged: PlannedStep[] = [];
  for (const step of steps) {
    const last = merged.at(-1);
    if (last?.on === step.on) merged.splice(-1, 1, merge(last, step));
    else merged.push(step);
  }
  return merged;
};

/**
 * A ladder's steps on their days, by date. Days before the deadline move back to a working day, days after it are
 * working days; steps that meet on a day become one, the one that stands later in the ladder.
 */
export const stepsOf = (
  ladder: readonly LadderStep[],
  deadline: LocalDate,
  period: string,
  calendar: WorkCalendar,
): PlannedStep[] => {
  const planned = ladder.map(({ step, at, to, card }) => ({
    step,
    to,
    card,
    on: dayOf(at, deadline, period, calendar),
  }));
  return mergeDays(planned.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)));
};

/** The latest step in (after, today]: after downtime the ones before it are not made up for. */
export const latestStep = (
  steps: readonly PlannedStep[],
  after: LocalDate | null,
  today: LocalDate,
): PlannedStep | null => steps.findLast((step) => step.on <= today && (after === null || step.on > after)) ?? null;

/** The first step later than a day. */
export const nextStep = (steps: readonly PlannedStep[], after: LocalDate): PlannedStep | null =>
  steps.find((step) => step.on > after) ?? null;

/** The steps without those that somebody's 知道了 skipped. */
export const withoutSkipped = (steps: readonly PlannedStep[], skipped: readonly string[]): PlannedStep[] =>
  steps.filter((step) => !skipped.includes(step.step));

/**
 * 知道了 on a day: the skipped steps with the next one added, when that one comes before the deadline's day.
 * `steps` is the whole ladder, so that saying it twice skips no second step.
 */
export const acknowledge = (
  steps: readonly PlannedStep[],
  deadline: LocalDate,
  skipped: readonly string[],
  today: LocalDate,
): readonly string[] => {
  const next = nextStep(steps, today);
  if (next === null || next.on >= deadline || skipped.includes(next.step)) return skipped;
  return [...skipped, next.step];
};
