import { kinds } from '../domain/record/kinds.ts';
import type { Intent } from '../domain/utterance/types.ts';
import { BotError } from '../errors.ts';
import type { Action, Command } from './request.ts';

export type Registry = {
  readonly commands: readonly Command[];
  /** The command for a word as typed after the slash. */
  byWord(word: string): Command | null;
  byIntent(intent: Intent): Command | null;
  /** The command whose word stands somewhere in an answer to a reminder. */
  inReply(line: string): Command | null;
  action(name: string): Action | null;
  /** Words near to one that nobody knows: at most two wrong characters, and fewer than half. */
  suggest(word: string): readonly string[];
  /** The longest known word a line begins with. */
  leading(line: string): { readonly word: string; readonly command: Command } | null;
};

/** Edit distance between two short words (insert, delete, replace, each one step). */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replace = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replace, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
};

/** Every word once: the commands' own, and each kind's words for the command that records (design §4). */
const wordsOf = (commands: readonly Command[]): Map<string, Command> => {
  const words = new Map<string, Command>();
  const add = (word: string, command: Command) => {
    const known = words.get(word);
    if (known && known !== command)
      throw new BotError('command.duplicate-word', `${word}: ${known.name}, ${command.name}`);
    words.set(word, command);
  };
  for (const command of commands) for (const word of command.words) add(word, command);
  const recorder = commands.find((command) => command.intents.includes('record'));
  if (recorder) for (const kind of kinds) for (const word of kind.words) if (!words.has(word)) add(word, recorder);
  return words;
};

export const createRegistry = (commands: readonly Command[]): Registry => {
  const words = wordsOf(commands);
  const byLength = [...words.keys()].sort((a, b) => b.length - a.length);
  const actions = new Map(commands.flatMap((command) => Object.entries(command.actions ?? {})));
  return {
    commands,
    byWord: (word) => words.get(word) ?? null,
    byIntent: (intent) => commands.find((command) => command.intents.includes(intent)) ?? null,
    inReply: (line) =>
      commands.find((command) => command.anywhereInReplies && command.words.some((word) => line.includes(word))) ??
      null,
    action: (name) => actions.get(name) ?? null,
    suggest: (word) =>
      [...words.keys()]
        .filter((known) => Math.abs(known.length - word.length) <= 2)
        .map((known) => ({ known, steps: distance(word, known) }))
        .filter(({ known, steps }) => steps > 0 && steps <= 2 && steps * 2 <= Math.max(known.length, 2))
        .sort((a, b) => a.steps - b.steps)
        .slice(0, 3)
        .map(({ known }) => known),
    leading: (line) => {
      const word = byLength.find((known) => line.startsWith(known));
      const command = word === undefined ? undefined : words.get(word);
      return word !== undefined && command ? { word, command } : null;
    },
  };
};
