import type { PersonView, WorldView } from '../../src/wire.ts';

/** A text and where the caret stands in it. */
export interface Edit {
  text: string;
  caret: number;
}

export type Mentionable = Pick<PersonView, 'key' | 'name' | 'title'>;

/** What a suggestion may depend on besides the text. */
export interface Surroundings {
  bot: string;
  isGroup: boolean;
  people: readonly Mentionable[];
  commands: WorldView['commands'];
}

export interface Option {
  key: string;
  name: string;
  detail: string;
  /** Choosing it makes this of the text. */
  edit: Edit;
  /** Whose face stands beside it. */
  face: string | null;
}

export interface Suggestions {
  title: '提到谁' | '命令';
  /** Where the sign stands that asked for them. */
  start: number;
  options: readonly Option[];
}

export const EVERYBODY: Mentionable = { key: 'all', name: '所有人', title: null };

/** What may be put in where the caret stands; null when nothing is asked for, or nothing fits. */
export function suggestionsFor(edit: Edit, around: Surroundings): Suggestions | null {
  const found = slashSuggestions(edit, around) ?? mentionSuggestions(edit, around);
  return found && found.options.length > 0 ? found : null;
}

/** An @ after a letter or a digit is part of an address such as a@b. */
const MENTION = /(?:^|[^\w.%+-])@([^\s@]{0,20})$/u;

function mentionSuggestions(edit: Edit, { people }: Surroundings): Suggestions | null {
  const [, query] = MENTION.exec(edit.text.slice(0, edit.caret)) ?? [];
  if (query === undefined) return null;
  const start = edit.caret - query.length - 1;
  const options = fitting(people, query, ({ name, title, key }) => [name, title ?? '', key]).map(
    ({ key, name, title }) => ({
      key,
      name,
      detail: title ?? '',
      edit: replaced(edit, start, `@${name} `),
      face: key === EVERYBODY.key ? null : key,
    }),
  );
  return { title: '提到谁', start, options };
}

/** A slash counts as the first character, also behind the bot's mention. */
function slashSuggestions({ text, caret }: Edit, { bot, isGroup, commands }: Surroundings): Suggestions | null {
  const typed = withoutMention(text.slice(0, caret), bot);
  if (!/^\/\S*$/.test(typed)) return null;
  const front = isGroup ? `@${bot} ` : '';
  const options = fitting(commands, typed.slice(1), (command) => [command.text.slice(1), command.label]).map(
    (command) => ({
      key: command.text,
      name: command.text,
      detail: command.label,
      edit: replaced({ text, caret }, 0, `${front}${command.text} `),
      face: null,
    }),
  );
  // Nothing to choose where the command stands already as it would be put in: there Enter sends.
  const isWhole = options[0]?.edit.text.trimEnd() === text.trimEnd();
  return { title: '命令', start: caret - typed.length, options: isWhole ? [] : options };
}

/** Those of which a text holds what was typed; first those whose text begins with it. */
function fitting<T>(all: readonly T[], query: string, textsOf: (one: T) => readonly string[]): readonly T[] {
  const wanted = query.toLowerCase();
  const rank = (one: T): number => {
    const texts = textsOf(one).map((text) => text.toLowerCase());
    if (texts.some((text) => text.startsWith(wanted))) return 0;
    return texts.slice(0, 2).some((text) => text.includes(wanted)) ? 1 : 2;
  };
  const ranked = all.map((one) => ({ one, rank: rank(one) })).filter((entry) => entry.rank < 2);
  return ranked.sort((a, b) => a.rank - b.rank).map(({ one }) => one);
}

function replaced({ text, caret }: Edit, start: number, insertion: string): Edit {
  const front = text.slice(0, start) + insertion;
  return { text: front + text.slice(caret).replace(/^ /, ''), caret: front.length };
}

/** A text without the bot's mention at its beginning. */
function withoutMention(text: string, bot: string): string {
  const mention = `@${bot}`;
  return (text.startsWith(mention) ? text.slice(mention.length) : text).trimStart();
}

/** A text with the bot's mention in front, unless it has one. */
export const withMention = (text: string, bot: string): string => (text.includes(`@${bot}`) ? text : `@${bot} ${text}`);

/** The @ of the tool bar: typed at the caret, apart from a word before it. */
export function withAt({ text, caret }: Edit): Edit {
  const before = text.slice(0, caret);
  return replaced({ text, caret }, caret, /[\w.%+-]$/.test(before) ? ' @' : '@');
}

/** The slash of the tool bar: in front of what is said; where one stands already, the caret goes to its end. */
export function withSlash(text: string, bot: string): Edit {
  const said = withoutMention(text, bot);
  const front = text.slice(0, text.length - said.length);
  const [command] = /^\/\S*/.exec(said) ?? [];
  if (command !== undefined) return { text, caret: front.length + command.length };
  return { text: `${front}/${said}`, caret: front.length + 1 };
}
