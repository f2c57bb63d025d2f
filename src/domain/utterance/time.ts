/** Times of day and spans (domain §11.5): 下午3点半, 15:00-16:30, 晚上7点到8点一刻. */
import { numberOf, numeral } from './chinese-number.ts';

/** `HH:mm`. */
type ClockTime = string;
export type TimeReading = {
  readonly start: ClockTime | null;
  readonly end: ClockTime | null;
  readonly why: 'unclear' | 'range' | null;
  readonly options: readonly ClockTime[];
};
type Half = { readonly from: number; readonly to: number; readonly add: number };

/** Which hours each word allows, and what it adds to hours below twelve. */
const halves: Readonly<Record<string, Half>> = {
  凌晨: { from: 0, to: 6, add: 0 },
  清晨: { from: 4, to: 9, add: 0 },
  早: { from: 5, to: 11, add: 0 },
  早上: { from: 5, to: 11, add: 0 },
  早晨: { from: 5, to: 11, add: 0 },
  上午: { from: 6, to: 12, add: 0 },
  中午: { from: 11, to: 14, add: 12 },
  下午: { from: 12, to: 19, add: 12 },
  午后: { from: 12, to: 18, add: 12 },
  傍晚: { from: 16, to: 20, add: 12 },
  晚: { from: 17, to: 23, add: 12 },
  晚上: { from: 17, to: 23, add: 12 },
  夜里: { from: 18, to: 23, add: 12 },
};
/** Hours that are said of the afternoon as often as of the night: asked about when no word tells. */
const ambiguous = { from: 1, to: 6 };
const minutes: Readonly<Record<string, number>> = { 半: 30, 一刻: 15, 三刻: 45, '1刻': 15, '3刻': 45, 整: 0 };

type Parsed = { readonly hour: number; readonly minute: number };
const two = (value: number): string => String(value).padStart(2, '0');
const show = ({ hour, minute }: Parsed): ClockTime => `${two(hour)}:${two(minute)}`;

const minuteOf = (word: string | undefined): number | null =>
  word === undefined || word === '' ? 0 : (minutes[word] ?? numberOf(word));
const clockOf = (hourWord: string, minuteWord: string | undefined): Parsed | null => {
  const hour = numberOf(hourWord);
  const minute = minuteOf(minuteWord);
  return hour === null || minute === null || hour > 23 || minute > 59 ? null : { hour, minute };
};

const inHalf = (time: Parsed, word: string): Parsed | null => {
  const half = halves[word];
  if (!half) return time;
  const hour = time.hour < 12 && time.hour + half.add <= half.to ? time.hour + half.add : time.hour;
  return hour >= half.from && hour <= half.to ? { ...time, hour } : null;
};
const needsHalf = (time: Parsed, hourWord: string): boolean =>
  time.hour >= ambiguous.from && time.hour <= ambiguous.to && !/^0\d/.test(hourWord);

const fault = (why: 'unclear' | 'range', options: readonly ClockTime[] = []): TimeReading => ({
  start: null,
  end: null,
  why,
  options,
});

const startOf = (half: string | undefined, hourWord: string, minuteWord: string | undefined): TimeReading => {
  const time = clockOf(hourWord, minuteWord);
  if (!time) return fault('range');
  if (half === undefined && needsHalf(time, hourWord))
    return fault('unclear', [show(time), show({ ...time, hour: time.hour + 12 })]);
  const placed = half === undefined ? time : inHalf(time, half);
  return placed ? { start: show(placed), end: null, why: null, options: [] } : fault('unclear');
};

/** The end takes the start's half of the day, or the next hour that is later. */
const endOf = (start: ClockTime, half: string | undefined, hourWord: string, minuteWord: string | undefined) => {
  const time = clockOf(hourWord, minuteWord);
  const placed = time && half !== undefined ? inHalf(time, half) : time;
  if (!placed) return null;
  const later = { ...placed, hour: placed.hour + 12 };
  return show(placed) > start || half !== undefined || placed.hour >= 12 ? show(placed) : show(later);
};

const half = '凌晨|清晨|早上|早晨|上午|中午|下午|午后|傍晚|晚上|夜里|早|晚';
const afterMinute = '(?![\\d〇零一二三四五六七八九十人名票个位号楼栋教会室])';
const spokenMinute = `(?:\\d{1,2}|[〇零一二三四五六七八九十]{1,3})${afterMinute}`;
const clock = (name: string): string =>
  `(?:(?<${name}Half>${half})\\s?)?(?<${name}Hour>${numeral})` +
  `(?::(?<${name}Digits>\\d{2})(?!\\d)(?::\\d\\d)?|(?:点钟?|时)(?<${name}Words>半|[一三13]刻|整|${spokenMinute})?分?)`;
const pattern = new RegExp(`${clock('from')}(?:\\s?(?:-|~|到|至)+\\s?${clock('to')})?`, 'y');

export type TimeMatch = { readonly reading: TimeReading; readonly length: number };

/** The time that starts at a place of the line; null when none does. */
export const timeAt = (line: string, position: number): TimeMatch | null => {
  pattern.lastIndex = position;
  const match = pattern.exec(line);
  const words = match?.groups;
  if (!match || !words) return null;
  const start = startOf(words.fromHalf, words.fromHour ?? '', words.fromDigits ?? words.fromWords);
  const length = match[0].length;
  if (start.start === null || words.toHour === undefined) return { reading: start, length };
  const end = endOf(start.start, words.toHalf, words.toHour, words.toDigits ?? words.toWords);
  return { reading: end === null ? fault('range') : { ...start, end }, length };
};

/** The first time in a text; null when there is none. */
export const parseTime = (text: string): (TimeMatch & { readonly index: number }) | null => {
  for (let index = 0; index < text.length; index += 1) {
    const match = /\d/.test(text.charAt(index - 1)) ? null : timeAt(text, index);
    if (match) return { ...match, index };
  }
  return null;
};
