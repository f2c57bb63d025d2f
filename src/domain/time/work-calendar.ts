import { addDays, type LocalDate, weekday } from './local.ts';

/** Which days people work: a plain value, built once by the calendar room from published plans and local overrides. */
export type WorkCalendar = {
  readonly off: ReadonlySet<LocalDate>;
  readonly work: ReadonlySet<LocalDate>;
  /** Years (`2026`) whose plan is published; any other year is 暂算, a guess from the law's fixed days. */
  readonly published: ReadonlySet<string>;
};

/** A day on which people are at work: a make-up day, or Monday–Friday that is not off (domain §9.2). */
export const isWorkday = (calendar: WorkCalendar, date: LocalDate): boolean =>
  calendar.work.has(date) || (!calendar.off.has(date) && weekday(date) <= 5);

/** True when the year's holiday plan is not published yet, so that a date is shown as 暂算. */
export const isProvisional = (calendar: WorkCalendar, date: LocalDate): boolean =>
  !calendar.published.has(date.slice(0, 4));

const walk = (calendar: WorkCalendar, date: LocalDate, by: 1 | -1): LocalDate =>
  isWorkday(calendar, date) ? date : walk(calendar, addDays(date, by), by);

/** The date itself, or the last working day before it. */
export const workdayAtOrBefore = (calendar: WorkCalendar, date: LocalDate): LocalDate => walk(calendar, date, -1);
/** The date itself, or the first working day after it. */
export const workdayAtOrAfter = (calendar: WorkCalendar, date: LocalDate): LocalDate => walk(calendar, date, 1);

/** The `count`-th working day strictly after a date; `count` 0 is the date itself. */
export const addWorkdays = (calendar: WorkCalendar, date: LocalDate, count: number): LocalDate =>
  count === 0 ? date : addWorkdays(calendar, workdayAtOrAfter(calendar, addDays(date, 1)), count - 1);

/** How many working days lie after `from`, up to and including `to` (0 when `to` is not later). */
export const workdaysAfter = (calendar: WorkCalendar, from: LocalDate, to: LocalDate): number => {
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkday(calendar, day)) count += 1;
  return count;
};
