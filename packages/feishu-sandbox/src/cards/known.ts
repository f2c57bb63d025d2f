import type { Sandbox } from '../core/sandbox.ts';
import { type CardFault, lintCard } from './lint.ts';

/** Looks a card through that the bot of this sandbox wants to show: its pictures have to be its own, people real. */
export function lintFor({ bot, directory, files }: Sandbox, content: string): CardFault | null {
  return lintCard(content, {
    image: (key) => {
      const file = files.get(key);
      return file?.kind === 'image' && file.by === 'bot';
    },
    person: (id) => {
      const person = directory.person(id);
      return id === bot.openId || [person?.openId, person?.unionId, person?.userId].includes(id);
    },
  });
}
