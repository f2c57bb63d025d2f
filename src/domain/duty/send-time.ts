/** The minute at which one recipient hears from the bot on a day: spread over 25 minutes, the same every time. */
import { instantOf, type LocalDate } from '../time/local.ts';

const windowStarts = ['09:03:00', '14:03:00'];
const windowSeconds = 25 * 60;

/** FNV-1a, 32 bits, over the characters' codes. */
const hashOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
};

/** In 09:03:00–09:27:59, or the same in the afternoon when that has passed; null when the day is over for this. */
export const sendTime = (recipientId: string, date: LocalDate, zone: string, notBefore: Date): Date | null => {
  const seconds = hashOf(`${recipientId}/${date}`) % windowSeconds;
  const times = windowStarts.map((start) => new Date(instantOf(date, start, zone).getTime() + seconds * 1000));
  return times.find((time) => time >= notBefore) ?? null;
};
