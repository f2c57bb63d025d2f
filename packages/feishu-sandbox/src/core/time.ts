/** Everything here is in China's zone, which has had no daylight saving since 1991: a fixed +08:00. */
const OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

export function toIso(ms: number): string {
  const text = new Date(ms + OFFSET_MS).toISOString();
  return `${text.slice(0, ms % 1000 === 0 ? 19 : 23)}+08:00`;
}

const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/;

/** Strict ISO 8601; a text without an offset means +08:00. Returns null for anything else. */
export function parseIso(text: string): number | null {
  const match = ISO.exec(text.trim());
  if (!match) return null;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone] = match;
  const ms = Number(fraction.padEnd(3, '0').slice(0, 3));
  const utc = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second), ms);
  const check = new Date(utc);
  const valid = check.getUTCMonth() === Number(month) - 1 && check.getUTCDate() === Number(day);
  return valid && Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60 ? utc - offsetOf(zone) : null;
}

function offsetOf(zone: string | undefined): number {
  if (zone === undefined) return OFFSET_MS;
  if (zone === 'Z') return 0;
  const sign = zone.startsWith('-') ? -1 : 1;
  return sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))) * 60_000;
}

const DURATION =
  /^P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,3})?)S)?)?$/;

/** Adds an ISO 8601 duration; years and months follow the calendar, the day clamped to the month's last. Null = malformed. */
export function addDuration(ms: number, duration: string): number | null {
  const match = DURATION.exec(duration);
  if (!match) return null;
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  const rest = (weeks * 7 + days) * DAY_MS + hours * 3_600_000 + minutes * 60_000 + Math.round(seconds * 1000);
  return addMonths(ms, years * 12 + months) + rest;
}

function addMonths(ms: number, months: number): number {
  if (months === 0) return ms;
  const local = new Date(ms + OFFSET_MS);
  const first = Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + months, 1);
  const lastDay = new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + months + 1, 0)).getUTCDate();
  const day = Math.min(local.getUTCDate(), lastDay);
  const timeOfDay = (((ms + OFFSET_MS) % DAY_MS) + DAY_MS) % DAY_MS;
  return first + (day - 1) * DAY_MS + timeOfDay - OFFSET_MS;
}

/** Which days are worked: weekdays, less the off days, and the work days that fall on a weekend. */
export interface Calendar {
  offDays: readonly string[];
  workDays: readonly string[];
}

const NINE_MS = 9 * 3_600_000;

/** The next 09:00 of a working day. */
export function nextWorkday(now: number, { offDays, workDays }: Calendar): number {
  const today = Math.floor((now + OFFSET_MS) / DAY_MS) * DAY_MS;
  for (let day = today; ; day += DAY_MS) {
    const date = new Date(day).toISOString().slice(0, 10);
    const weekend = new Date(day).getUTCDay() % 6 === 0 && !workDays.includes(date);
    const nine = day + NINE_MS - OFFSET_MS;
    if (nine > now && !weekend && !offDays.includes(date)) return nine;
  }
}

/** 09:00 on the first day of the next month. */
export function nextMonth(now: number): number {
  const local = new Date(now + OFFSET_MS);
  return Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + 1, 1) + NINE_MS - OFFSET_MS;
}
