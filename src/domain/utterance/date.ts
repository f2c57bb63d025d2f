/** Dates as people say them (domain §11.5, last paragraph). A date that cannot be placed is a question, never a guess. */
import { addDays, addMonths, daysBetween, isLocalDate, type LocalDate, lastOfMonth, weekday } from '../time/local.ts';
import { numberOf, numeral } from './chinese-number.ts';

export type Tense = 'past' | 'future';
export type DateContext = {
  readonly today: LocalDate;
  readonly tense: Tense;
  /** The month a reply is about (`2026-11`), for a day without a month. */
  readonly month: string | null;
};
export type DateReading = {
  readonly date: LocalDate | null;
  /** The last day, when several are named. */
  readonly until: LocalDate | null;
  readonly why: 'unclear' | 'mismatch' | null;
  readonly options: readonly LocalDate[];
  /** The words themselves point forward: 明天, 下周三. */
  readonly ahead: boolean;
};
type Words = Readonly<Record<string, string | undefined>>;
type DateRule = { readonly pattern: RegExp; readonly read: (words: Words, context: DateContext) => DateReading | null };

/** A date without a year further back than this is asked about. */
const oldestGuess = 180;

const sure = (date: LocalDate, ahead = false): DateReading => ({ date, until: null, why: null, options: [], ahead });
const unsure = (options: readonly LocalDate[] = [], why: 'unclear' | 'mismatch' = 'unclear'): DateReading => ({
  date: null,
  until: null,
  why,
  options,
  ahead: false,
});
const two = (value: number): string => String(value).padStart(2, '0');
/** Years in which a branch of today can have met or can plan to. */
const years = { from: 2000, to: 2099 };
const day = (year: number, month: number, dayOfMonth: number): LocalDate | null => {
  if (year < years.from || year > years.to) return null;
  const text = `${String(year).padStart(4, '0')}-${two(month)}-${two(dayOfMonth)}`;
  return isLocalDate(text) ? text : null;
};
const exact = (date: LocalDate | null): DateReading => (date ? sure(date) : unsure());
const isDate = (date: LocalDate | null): date is LocalDate => date !== null;

const nearest = (month: number, dayOfMonth: number, { today, tense }: DateContext): DateReading => {
  const year = Number(today.slice(0, 4));
  const days = [year - 1, year, year + 1].map((one) => day(one, month, dayOfMonth)).filter(isDate);
  const past = days.filter((date) => date <= today).at(-1);
  const future = days.find((date) => date >= today);
  if (tense === 'future') return future ? sure(future) : unsure();
  if (past && daysBetween(past, today) <= oldestGuess) return sure(past);
  return unsure([past ?? null, future ?? null].filter(isDate));
};

const yearOf = (word: string | undefined, today: LocalDate): number | null => {
  if (word === undefined) return null;
  const relative = ['去年', '今年', '明年'].indexOf(word);
  const value = relative >= 0 ? Number(today.slice(0, 4)) + relative - 1 : numberOf(word.replace('年', ''));
  return value !== null && value < 100 ? 2000 + value : value;
};
const weekdays = '一二三四五六日';
const weekdayOf = (word: string): number =>
  weekdays.indexOf(word.slice(-1).replace('天', '日')) + 1 || Number(word.slice(-1));

const sameWeekday = (reading: DateReading, word: string | undefined): DateReading =>
  word && reading.date && weekday(reading.date) !== weekdayOf(word) ? unsure([reading.date], 'mismatch') : reading;
const withEnd = (reading: DateReading, last: string | undefined): DateReading => {
  const number = last === undefined ? null : numberOf(last);
  if (number === null || !reading.date) return reading;
  const until = day(Number(reading.date.slice(0, 4)), Number(reading.date.slice(5, 7)), number);
  return until && until > reading.date ? { ...reading, until } : unsure([reading.date]);
};

const monthAndDay = (words: Words, context: DateContext): DateReading | null => {
  const month = numberOf(words.month ?? '');
  const dayOfMonth = numberOf(words.day ?? '');
  if (month === null || dayOfMonth === null) return null;
  const year = yearOf(words.year, context.today);
  const reading = year === null ? nearest(month, dayOfMonth, context) : exact(day(year, month, dayOfMonth));
  return withEnd(sameWeekday(reading, words.weekday), words.last);
};
/** `11.20` or `11/20`: only when it can be a date at all. */
const shortMonthAndDay = (words: Words, context: DateContext): DateReading | null =>
  day(2024, Number(words.month), Number(words.day)) ? monthAndDay(words, context) : null;

const relativeDays = ['大前天', '前天', '昨', '今', '明', '后天', '大后天'];
const byDay = (words: Words, { today }: DateContext): DateReading => {
  const word = words.word ?? '今';
  const offset = relativeDays.indexOf(word.length === 2 && /^[昨今明]/.test(word) ? word.slice(0, 1) : word) - 3;
  return sure(addDays(today, offset), offset > 0);
};

const weeks: readonly (readonly [RegExp, number])[] = [
  [/^上上/, -2],
  [/^上/, -1],
  [/^[这本]/, 0],
  [/^下下/, 2],
  [/^下/, 1],
];
const byWeek = (words: Words, { today, tense }: DateContext): DateReading => {
  const wanted = weekdayOf(words.weekday ?? '');
  if (!(wanted >= 1 && wanted <= 7)) return unsure();
  const shift = weeks.find(([pattern]) => pattern.test(words.week ?? ''))?.[1];
  const here = addDays(today, wanted - weekday(today));
  if (shift !== undefined) return sure(addDays(here, 7 * shift), addDays(here, 7 * shift) > today);
  if (tense === 'past') return sure(here <= today ? here : addDays(here, -7));
  return sure(here >= today ? here : addDays(here, 7));
};

const monthShift = (word: string): number => (word.startsWith('上') ? -1 : word.startsWith('下') ? 1 : 0);
const inMonth = (month: LocalDate, dayOfMonth: number): LocalDate | null =>
  day(Number(month.slice(0, 4)), Number(month.slice(5, 7)), dayOfMonth);
const byDayOfMonth = (words: Words, { today, tense, month }: DateContext): DateReading | null => {
  const dayOfMonth = numberOf(words.day ?? '');
  if (dayOfMonth === null) return null;
  const first = `${today.slice(0, 7)}-01`;
  if (words.which) {
    const date = inMonth(addMonths(first, monthShift(words.which)), dayOfMonth);
    return date ? sure(date, date > today) : unsure();
  }
  if (month && tense === 'past') return sameWeekday(exact(inMonth(`${month}-01`, dayOfMonth)), words.weekday);
  const here = inMonth(first, dayOfMonth);
  const fits = here !== null && (tense === 'past' ? here <= today : here >= today);
  const other = inMonth(addMonths(first, tense === 'past' ? -1 : 1), dayOfMonth);
  return sameWeekday(exact(fits ? here : here === null && tense === 'past' ? null : other), words.weekday);
};

const byMonthEnd = (words: Words, context: DateContext): DateReading => {
  const first = `${context.today.slice(0, 7)}-01`;
  const number = words.month === undefined ? null : numberOf(words.month);
  if (number === null) {
    const date = lastOfMonth(addMonths(first, monthShift(words.which ?? '')));
    return sure(date, date > context.today);
  }
  if (number < 1 || number > 12) return unsure();
  const year = yearOf(words.year, context.today);
  const start = year === null ? nearest(number, 28, context).date : day(year, number, 1);
  return start ? sure(lastOfMonth(start)) : unsure();
};

const year = '(?<year>\\d{2,4}年|[〇零一二三四五六七八九]{4}年|[去今明]年)?\\s?';
const trailingWeekday = '(?:\\s?\\(?(?<weekday>(?:周|星期|礼拜)[一二三四五六日天])\\)?)?';
const last = `(?:\\s?(?:-|~|到|至)\\s?(?<last>${numeral})[日号])?`;
const notAPlace = '(?!楼|栋|院|门|线|文|令|教|会议|厅|馆|室|报告)';
const rule = (source: string, read: DateRule['read']): DateRule => ({ pattern: new RegExp(source, 'y'), read });

/** In the order in which they are tried. */
const rules: readonly DateRule[] = [
  rule(
    `(?<year>\\d{4})([-/.])(?<month>\\d{1,2})\\2(?<day>\\d{1,2})日?(?!\\d)(?:T(?=\\d))?${trailingWeekday}`,
    monthAndDay,
  ),
  rule(`(?<year>20\\d\\d)(?<month>[01]\\d)(?<day>[0-3]\\d)(?!\\d)`, monthAndDay),
  rule(
    `${year}(?<month>${numeral})月份?\\s?(?<day>${numeral})(?:[日号]|(?![\\d月人名票个条项年点时:%]))${last}${trailingWeekday}`,
    monthAndDay,
  ),
  rule(`${year}(?:(?<month>${numeral})月份?|(?<which>这个月|本月|上个?月|下个?月))?(?:月?[底末])(?!考)`, byMonthEnd),
  rule(
    `(?<month>\\d{1,2})[-/.](?<day>\\d{1,2})日?(?=$|[\\s,;()]|[上下中]午|[早晚]|周|星期)${trailingWeekday}`,
    shortMonthAndDay,
  ),
  rule('(?<word>大前天|前天|大后天|后天|[昨今明][天日]|[昨今](?=[晚早])|明(?=[晚早]))', byDay),
  rule(
    '(?<week>上上个?|上一?个?|这个?|本|下下个?|下一?个?)?(?:周|星期|礼拜)(?<weekday>[一二三四五六日天]|[1-7](?!\\d))(?![年期])',
    byWeek,
  ),
  rule(`(?<which>这个月|本月|上个?月|下个?月)?(?<day>${numeral})[日号]${notAPlace}${trailingWeekday}`, byDayOfMonth),
  rule(
    `${year}(?:(?:${numeral}月份?|这个月|本月|上个?月|下个?月)?(?:[上中下]旬|月?初)|前几天|前些天|前阵子|最近|近日|日前|前段时间|改天|过几天|[上这本下]个?(?:周|星期|礼拜)末?(?![一-龥])|周末)`,
    () => unsure(),
  ),
];

export type DateMatch = { readonly reading: DateReading; readonly length: number };

/** The date that starts at a place of the line; null when none does. */
export const dateAt = (line: string, position: number, context: DateContext): DateMatch | null => {
  for (const { pattern, read } of rules) {
    pattern.lastIndex = position;
    const match = pattern.exec(line);
    const reading = match && match[0] !== '' ? read(match.groups ?? {}, context) : null;
    if (match && reading) return { reading, length: match[0].length };
  }
  return null;
};

const couldStart = /[\d〇零一二两三四五六七八九十昨今明前后大上下本这去周星礼月最近日改过底]/;

/** The first date in a text; null when there is none. */
export const parseDate = (text: string, context: DateContext): (DateMatch & { readonly index: number }) | null => {
  for (let index = 0; index < text.length; index += 1) {
    const insideNumber = /\d/.test(text.charAt(index)) && /\d/.test(text.charAt(index - 1));
    const begins = !insideNumber && couldStart.test(text.charAt(index));
    const match = begins ? dateAt(text, index, context) : null;
    if (match) return { ...match, index };
  }
  return null;
};
