/** Which period a record belongs to, and whether it came late (domain §3.1): the start decides, never the submission. */
import { daysBetween, type LocalDate, type LocalDateTime, monthOf, quarterOf } from '../time/local.ts';
import { type WorkCalendar, workdaysAfter } from '../time/work-calendar.ts';
import { kindOf, type PeriodKind } from './kinds.ts';

/** Working days within which a record is on time. */
const graceDays = 3;

const halfOf = (date: LocalDate): string => `${date.slice(0, 4)}-H${Number(date.slice(5, 7)) <= 6 ? 1 : 2}`;
const keys: Readonly<Record<PeriodKind, (date: LocalDate) => string>> = {
  month: monthOf,
  quarter: (date) => quarterOf(date.slice(0, 10)),
  halfYear: halfOf,
  year: (date) => date.slice(0, 4),
};

/** The period's key: `2026-11`, `2026-Q4`, `2026-H2` or `2026`; null for a kind that is not in the table. */
export const periodOf = (
  kind: string,
  startAt: LocalDate | LocalDateTime,
  forYear: number | null = null,
): string | null => {
  const row = kindOf(kind);
  if (!row) return null;
  return row.period === 'year' && forYear !== null ? String(forYear) : keys[row.period](startAt);
};

/** No run of days off is this long, so counting working days can stop. */
const surelyLate = 60;

/** Submitted more than three working days after the activity. */
export const isLate = (startAt: LocalDateTime, submittedAt: LocalDateTime, calendar: WorkCalendar): boolean => {
  const [from, to] = [startAt.slice(0, 10), submittedAt.slice(0, 10)];
  return daysBetween(from, to) > surelyLate || workdaysAfter(calendar, from, to) > graceDays;
};
