import { inChina, patternText } from '../../core/time.ts';

const NAMED: Readonly<Record<string, Intl.DateTimeFormat>> = {
  date_short: inChina({ month: 'long', day: 'numeric' }),
  date: inChina({ year: 'numeric', month: 'long', day: 'numeric' }),
  week: inChina({ weekday: 'long' }),
  week_short: inChina({ weekday: 'short' }),
};
const PATTERNS: Readonly<Record<string, string>> = {
  date_num: 'YYYY-MM-DD',
  time: 'HH:mm',
  time_sec: 'HH:mm:ss',
  timezone: 'GMT+08:00',
};
/** Writes a moment as `format_type` of a `<local_datetime>` says. */
export const momentText = (at: Date, type: string): string =>
  NAMED[type]?.format(at) ?? patternText(at, PATTERNS[type] ?? 'YYYY-MM-DD');
