/** Times in a card stand in the zone of China, as everything in the sandbox. */
const ZONE = 'Asia/Shanghai';
const format = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('zh-CN', { timeZone: ZONE, hourCycle: 'h23', ...options });

const PARTS = format({
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const NAMED: Readonly<Record<string, Intl.DateTimeFormat>> = {
  date_short: format({ month: 'long', day: 'numeric' }),
  date: format({ year: 'numeric', month: 'long', day: 'numeric' }),
  week: format({ weekday: 'long' }),
  week_short: format({ weekday: 'short' }),
};
const PATTERNS: Readonly<Record<string, string>> = {
  date_num: 'YYYY-MM-DD',
  time: 'HH:mm',
  time_sec: 'HH:mm:ss',
  timezone: 'GMT+08:00',
};
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

/** Writes a moment as `format_type` of a `<local_datetime>` says. */
export const momentText = (at: Date, type: string): string =>
  NAMED[type]?.format(at) ?? patternText(at, PATTERNS[type] ?? 'YYYY-MM-DD');
