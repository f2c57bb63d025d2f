import type { Said } from '../../src/wire.ts';
import type { Mentionable } from './suggest.ts';

interface Remark {
  text: string;
  /** It answers a message of the bot. */
  answersBot: boolean;
}

/** True when a remark is meant for the bot, and a bot that only hears its name does not hear it. */
export function isUnheard({ text, answersBot }: Remark, people: readonly Mentionable[]): boolean {
  const isMeant = text.trim() !== '' && (answersBot || text.trimStart().startsWith('/'));
  return isMeant && !people.some(({ name }) => text.includes(`@${name}`));
}

/** What to tell the speaker about the bot's answers to what was sent; null when all went well. */
export function troubleOf(messages: readonly Said[]): string | null {
  const failed = messages.find(({ status }) => status !== null && status !== 200);
  if (!failed) return null;
  return failed.status === 0 ? '机器人没有应答，稍后会重新投递' : `机器人应答 HTTP ${failed.status}`;
}
