import { Temporal } from 'temporal-polyfill';

/** Everything here is in China's zone, which has had no daylight saving since 1991. */
const ZONE = '+08:00';

const zoned = (ms: number): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(ZONE);

/** "2026-11-20T09:00:00+08:00", with three digits of a second if there are any. */
export const toIso = (ms: number): string =>
  Temporal.Instant.fromEpochMilliseconds(ms).toString({
    timeZone: ZONE,
    fractionalSecondDigits: ms % 1000 === 0 ? 0 : 3,
  });

/** Strict ISO 8601; a text without an offset means China's zone. Returns null for anything else. */
export const parseIso = (text: string): number | null =>
  orNull(() => Temporal.Instant.from(text).epochMilliseconds) ??
  orNull(() => Temporal.PlainDateTime.from(text).toZonedDateTime(ZONE).epochMilliseconds);

/** Adds an ISO 8601 duration; years and months follow the calendar, the day clamped to the month's last. Null = malformed, or backwards. */
export function addDuration(ms: number, duration: string): number | null {
  const span = orNull(() => Temporal.Duration.from(duration));
  return span && span.sign >= 0 ? orNull(() => zoned(ms).add(span).epochMilliseconds) : null;
}

/** What Temporal refuses, it throws. */
function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Which days are worked: weekdays, less the off days, and the work days that fall on a weekend. */
export interface Calendar {
  offDays: readonly string[];
  workDays: readonly string[];
}

const nineOn = (day: Temporal.PlainDate): number =>
  day.toZonedDateTime({ timeZone: ZONE, plainTime: '09:00' }).epochMilliseconds;

/** The next 09:00 of a working day. */
export function nextWorkday(now: number, { offDays, workDays }: Calendar): number {
  for (let day = zoned(now).toPlainDate(); ; day = day.add({ days: 1 })) {
    const date = day.toString();
    const isOff = offDays.includes(date) || (day.dayOfWeek > 5 && !workDays.includes(date));
    if (!isOff && nineOn(day) > now) return nineOn(day);
  }
}

/** 09:00 on the first day of the next month. */
export const nextMonth = (now: number): number => nineOn(zoned(now).toPlainDate().with({ day: 1 }).add({ months: 1 }));
