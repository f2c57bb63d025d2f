/** Times of the sandbox are ISO 8601 with the offset of China, and are shown in its zone wherever the browser stands. */
const ZONE = 'Asia/Shanghai';
export const inChina = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('zh-CN', { timeZone: ZONE, hourCycle: 'h23', ...options });

const dayFormat = inChina({ year: 'numeric', month: 'long', day: 'numeric' });
const shortDayFormat = inChina({ month: 'long', day: 'numeric' });
const weekdayFormat = inChina({ weekday: 'short' });
const timeFormat = inChina({ hour: '2-digit', minute: '2-digit' });
const fineFormat = inChina({ hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 });

const at = (iso: string): Date => new Date(iso);

/** "15:00" */
export const timeText = (iso: string): string => timeFormat.format(at(iso));
/** "15:00:07.120" */
export const fineTimeText = (iso: string): string => fineFormat.format(at(iso));
/** "11月20日" */
export const shortDayText = (iso: string): string => shortDayFormat.format(at(iso));
/** "2026年11月20日（周五）" */
export const dayText = (iso: string): string => `${dayFormat.format(at(iso))}（${weekdayFormat.format(at(iso))}）`;
/** "2026-11-20": the day as a key to group by. */
export const dayKey = (iso: string): string => iso.slice(0, 10);

const PARTS = inChina({
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const FIELDS: Readonly<Record<string, Intl.DateTimeFormatPartTypes>> = {
  YYYY: 'year',
  MM: 'month',
  DD: 'day',
  HH: 'hour',
  mm: 'minute',
  ss: 'second',
};

/** Writes a moment by a pattern such as "YYYY/MM/DD HH:mm". */
export function patternText(at: Date, pattern: string): string {
  const parts = new Map(PARTS.formatToParts(at).map(({ type, value }) => [type, value]));
  return pattern.replace(/YYYY|MM|DD|HH|mm|ss/g, (field) => parts.get(FIELDS[field] ?? 'literal') ?? field);
}
