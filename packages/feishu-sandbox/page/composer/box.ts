import { batch, computed, effect, signal } from '@preact/signals';
import { draft, draftAt, place, setDraft } from '../core/drafts.ts';
import { answered, chat, members, world } from '../core/state.ts';
import { type Edit, EVERYBODY, type Mentionable, suggestionsFor, withMention } from './suggest.ts';

export const isGroup = computed(() => chat.value?.type === 'group');

/** Where the caret is, and where it is to go next; the text box obeys once it shows the text. */
export const caret = signal(0);
export const caretWish = signal<{ at: number } | null>(null);

/** Notes what a person typed. */
export function typed(edit: Edit): void {
  batch(() => {
    setDraft(edit.text);
    caret.value = edit.caret;
    if (found.peek()?.start !== quietAt.peek()) quietAt.value = null;
  });
}

/** Writes for a person, who goes on typing there; suggestions come if the text asks for them. */
export function write(edit: Edit): void {
  batch(() => {
    typed(edit);
    caretWish.value = { at: edit.caret };
  });
}

/** Writes what is complete: no suggestion takes the next Enter. */
export function put(edit: Edit): void {
  batch(() => {
    write(edit);
    silence();
  });
}

export const focusBox = (): void => put({ text: draft.peek(), caret: draft.peek().length });

/** Leads back to the box, except where that would raise a keyboard over half the screen. */
export function inviteToType(): void {
  if (matchMedia('(hover: hover)').matches) focusBox();
}

/** Brings back what could not be said, before anything written there since. */
export function putBack(where: string, text: string): void {
  const whole = [text, draftAt(where)].filter((part) => part !== '').join('\n');
  if (where === place.peek()) put({ text: whole, caret: whole.length });
  else setDraft(whole, where);
}

const bot = computed<Mentionable>(() => ({ key: 'bot', name: world.value.bot.name, title: '机器人' }));
/** Who can be mentioned here; in a private chat there is nobody to tell apart. */
export const mentionable = computed<readonly Mentionable[]>(() => {
  if (!isGroup.value) return [];
  return [...(chat.value?.bot ? [bot.value] : []), EVERYBODY, ...members.value];
});

const found = computed(() =>
  suggestionsFor(
    { text: draft.value, caret: caret.value },
    {
      bot: world.value.bot.name,
      isGroup: isGroup.value,
      people: mentionable.value,
      commands: world.value.commands,
    },
  ),
);
/** The sign at which no suggestions are wanted: they were waved away, or the text is complete. */
const quietAt = signal<number | null>(null);
export const suggestions = computed(() => (found.value?.start === quietAt.value ? null : found.value));

export function silence(): void {
  quietAt.value = found.peek()?.start ?? null;
}

/** An answer to the bot begins with its mention, as the client writes it; taken back with the answer if nothing follows. */
effect(() => {
  const name = world.peek().bot.name;
  const message = answered.value;
  const text = draft.peek();
  const lone = withMention('', name);
  if (!message) {
    if (text === lone) typed({ text: '', caret: 0 });
    return;
  }
  const wanted = message.from === 'bot' && isGroup.peek() ? withMention(text, name) : text;
  put({ text: wanted, caret: wanted.length });
});
