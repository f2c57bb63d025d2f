/** Which duties exist: every unit a policy applies to, for every period that the unit lives through in full. */
import { hasCommittee, type Organisation, type Unit } from '../organisation.ts';
import { addMonths, firstOfMonth, type LocalDate, lastOfMonth, monthOf } from '../time/local.ts';
import { type WorkCalendar, workdayAtOrBefore } from '../time/work-calendar.ts';
import type { Cycle, Duty, Policy, PolicyPack } from './types.ts';

type Span = { readonly from: LocalDate; readonly to: LocalDate };
type CycleRule = {
  /** The first day of the period that holds a date. */
  readonly start: (date: LocalDate) => LocalDate;
  /** The first day of the next period. */
  readonly next: (start: LocalDate) => LocalDate;
  /** The period's name. */
  readonly key: (start: LocalDate) => string;
  /** The period's last day, from its name. */
  readonly end: (period: string) => LocalDate;
};

const cycleRules: Readonly<Record<Cycle, CycleRule>> = {
  month: {
    start: firstOfMonth,
    next: (start) => addMonths(start, 1),
    key: monthOf,
    end: (period) => lastOfMonth(`${period}-01`),
  },
};

/** First days of the periods that have a day in the span. */
const periodStarts = (rule: CycleRule, { from, to }: Span): LocalDate[] => {
  const starts: LocalDate[] = [];
  for (let start = rule.start(from); start <= to; start = rule.next(start)) starts.push(start);
  return starts;
};

const agrees = (wanted: boolean | undefined, actual: () => boolean): boolean =>
  wanted === undefined || wanted === actual();

const appliesTo = (policy: Policy, unit: Unit, organisation: Organisation): boolean =>
  policy.appliesTo.levels.includes(unit.level) &&
  agrees(policy.appliesTo.committee, () => hasCommittee(organisation, unit.code)) &&
  agrees(policy.appliesTo.groups, () => unit.groups.length > 0);

/** The last working day of the period. */
export const deadlineOf = (policy: Policy, period: string, calendar: WorkCalendar): LocalDate =>
  workdayAtOrBefore(calendar, cycleRules[policy.cycle].end(period));

const dutyOf = (policy: Policy, unit: Unit, period: string, calendar: WorkCalendar): Duty => ({
  id: `${policy.kind}/${unit.code}/${period}`,
  unit: unit.code,
  policy: policy.id,
  kind: policy.kind,
  period,
  deadline: deadlineOf(policy, period, calendar),
  rule: policy.rule,
});

/**
 * The duties of all periods with a day between `from` and `to`, by period, then policy, then unit. A period counts
 * for a unit only when it began on or after the day the unit was established and the bot went live (domain §3.1).
 */
export const openDuties = (
  pack: PolicyPack,
  organisation: Organisation,
  { from, to, goLive }: Span & { readonly goLive: LocalDate },
  calendar: WorkCalendar,
): Duty[] => {
  const opened = pack.policies.flatMap((policy) => {
    const rule = cycleRules[policy.cycle];
    const units = organisation.units.filter((unit) => appliesTo(policy, unit, organisation));
    const starts = periodStarts(rule, { from, to }).filter((start) => start >= goLive);
    return starts.flatMap((start) =>
      units
        .filter((unit) => unit.establishedOn <= start)
        .map((unit) => ({ start, duty: dutyOf(policy, unit, rule.key(start), calendar) })),
    );
  });
  return opened.sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0)).map(({ duty }) => duty);
};
