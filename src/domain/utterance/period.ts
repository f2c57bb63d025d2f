/** Spans people ask about: 这个月, 11月, 三季度, 2026年上半年, 今年. */
import { addMonths, type LocalDate, quarterOf } from '../time/local.ts';
import { numberOf, numeral } from './chinese-number.ts';

type Words = Readonly<Record<string, string | undefined>>;
type PeriodRule = { readonly pattern: RegExp; readonly read: (words: Words, today: LocalDate) => string | null };

const shift = (word: string): number => (/^上|^去/.test(word) ? -1 : /^下|^明/.test(word) ? 1 : 0);
const yearOf = (words: Words, today: LocalDate): number => {
  const word = words.year ?? '';
  const number = numberOf(word.replace('年', ''));
  const year = Number(today.slice(0, 4));
  return number === null ? year + shift(word) : number < 100 ? 2000 + number : number;
};
/** Without a year, the latest one that has begun. */
const begun = (words: Words, today: LocalDate, month: number): number =>
  yearOf(words, today) - (words.year === undefined && month > Number(today.slice(5, 7)) ? 1 : 0);
const two = (value: number): string => String(value).padStart(2, '0');

const year = '(?<year>\\d{4}年?|\\d{2}年|[〇零二一三四五六七八九]{4}年|去年|今年|明年)?的?\\s?';
const rules: readonly PeriodRule[] = [
  { pattern: /(?<year>20\d\d)-(?<month>0[1-9]|1[0-2])(?![\d-])/, read: (words) => `${words.year}-${words.month}` },
  {
    pattern: new RegExp(`${year}(?:第?(?<quarter>[一二三四1-4])个?季度?|[Qq](?<letter>[1-4]))`),
    read: (words, today) => {
      const quarter = numberOf(words.quarter ?? words.letter ?? '') ?? 0;
      return quarter ? `${begun(words, today, quarter * 3 - 2)}-Q${quarter}` : null;
    },
  },
  {
    pattern: /(?<which>这个?|本|上个?|下个?)季度?/,
    read: (words, today) => quarterOf(addMonths(`${today.slice(0, 7)}-01`, 3 * shift(words.which ?? ''))),
  },
  {
    pattern: new RegExp(`${year}(?<half>[上下])半年`),
    read: (words, today) => {
      const second = words.half === '下';
      return `${begun(words, today, second ? 7 : 1)}-H${second ? 2 : 1}`;
    },
  },
  {
    pattern: /(?<which>这个?|本|上个?|下个?)月/,
    read: (words, today) => addMonths(`${today.slice(0, 7)}-01`, shift(words.which ?? '')).slice(0, 7),
  },
  {
    pattern: new RegExp(`${year}(?<!\\d)(?<month>${numeral})月份?(?!\\d{1,2}[日号])`),
    read: (words, today) => {
      const month = numberOf(words.month ?? '') ?? 0;
      return month >= 1 && month <= 12 ? `${begun(words, today, month)}-${two(month)}` : null;
    },
  },
  {
    pattern: /(?<year>去年|今年|明年|本年度?|全年|\d{4}年度?)/,
    read: (words, today) => String(periodYear(words.year ?? '', today)),
  },
];
const periodYear = (word: string, today: LocalDate): number => {
  const number = word.match(/\d{4}/)?.[0];
  return number ? Number(number) : Number(today.slice(0, 4)) + shift(word);
};

/** The key of the first period a text names (`2026-11`, `2026-Q3`, `2026-H1`, `2026`); null when it names none. */
export const parsePeriod = (text: string, today: LocalDate): string | null => {
  for (const { pattern, read } of rules) {
    const match = text.match(pattern);
    const key = match && read(match.groups ?? {}, today);
    if (key) return key;
  }
  return null;
};
