/** Numbers as people write them: digits, or Chinese numerals up to 999. */

export const numeral = '(?:\\d{1,4}|[〇零一二两三四五六七八九十百]{1,6})';

const digits: Readonly<Record<string, number>> = Object.fromEntries(
  [...'〇一二三四五六七八九'].map((character, value) => [character, value]),
);
const digitOf = (character: string | undefined): number | null =>
  character === undefined ? null : character === '零' ? 0 : character === '两' ? 2 : (digits[character] ?? null);

const grouped = /^(?:([一二两三四五六七八九])百)?[零〇]?(?:([一二两三四五六七八九])?(十))?([一二两三四五六七八九])?$/;

const ofGroups = (match: RegExpMatchArray): number =>
  (digitOf(match[1]) ?? 0) * 100 + (match[3] ? (digitOf(match[2]) ?? 1) * 10 : 0) + (digitOf(match[4]) ?? 0);

/** The value of a numeral; null when it is not one. `二〇二六` reads digit by digit. */
export const numberOf = (text: string): number | null => {
  if (/^\d+$/.test(text)) return Number(text);
  if (/^[〇零一二三四五六七八九]{2,4}$/.test(text)) return Number([...text].map(digitOf).join(''));
  if (text === '零' || text === '〇') return 0;
  const match = text === '' ? null : text.match(grouped);
  return match ? ofGroups(match) : null;
};
