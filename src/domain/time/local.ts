import { Temporal } from 'temporal-polyfill';

/** A calendar day in the organisation's zone, `YYYY-MM-DD`; compares as text. */
export type LocalDate = string;
/** A wall-clock moment in the organisation's zone, `YYYY-MM-DDTHH:mm`. */
export type LocalDateTime = string;

const plain = (date: LocalDate) => Temporal.PlainDate.from(date.slice(0, 10));

/** The wall clock of `zone` at an instant, to the minute. */
export const localDateTime = (instant: Date, zone: string): LocalDateTime =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' });

/** The calendar day of `zone` at an instant. */
export const localDate = (instant: Date, zone: string): LocalDate => localDateTime(instant, zone).slice(0, 10);

/** The instant of a wall-clock time (`HH:mm` or `HH:mm:ss`) in `zone`; a gap resolves forward, a fold to the earlier. */
export const instantOf = (date: LocalDate, time: string, zone: string): Date =>
  new Date(
    Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(zone, { disambiguation: 'compatible' })
      .epochMilliseconds,
  );

/** The instant of a `LocalDateTime` (a bare date means 00:00) in `zone`. */
export const instantOfLocal = (value: LocalDate | LocalDateTime, zone: string): Date =>
  instantOf(value.slice(0, 10), value.slice(11) || '00:00', zone);

export const isLocalDate = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    return plain(text).toString() === text;
  } catch {
    return false;
  }
};

export const addDays = (date: LocalDate, days: number): LocalDate => plain(date).add({ days }).toString();
/** Adds calendar months, clamped to the month's end (2026-01-31 + 1 = 2026-02-28). */
export const addMonths = (date: LocalDate, months: number): LocalDate => plain(date).add({ months }).toString();
export const daysBetween = (from: LocalDate, to: LocalDate): number => plain(from).until(plain(to)).days;
/** 1 = Monday … 7 = Sunday. */
export const weekday = (date: LocalDate): number => plain(date).dayOfWeek;
export const monthOf = (date: LocalDate): string => date.slice(0, 7);
export const quarterOf = (date: LocalDate): string =>
  `${date.slice(0, 4)}-Q${Math.floor((Number(date.slice(5, 7)) + 2) / 3)}`;
export const firstOfMonth = (date: LocalDate): LocalDate => `${date.slice(0, 7)}-01`;
export const lastOfMonth = (date: LocalDate): LocalDate =>
  plain(date).with({ day: 1 }).add({ months: 1 }).subtract({ days: 1 }).toString();
