import { computed, signal } from '@preact/signals';
import type { ChatView, ClockView, MessageView, PersonView, WorldView } from './sandbox.ts';

/** What the whole page knows. Components read these signals; `actions.ts` and `feed.ts` write them. */
export const world = signal<WorldView>({
  bot: { name: '机器人', open_id: '' },
  tips: [],
  commands: [],
  offDays: [],
  workDays: [],
});
export const people = signal<readonly PersonView[]>([]);
export const chats = signal<readonly ChatView[]>([]);
export const clock = signal<ClockView | null>(null);
export const connected = signal(true);

/** Who speaks in this window, and which chat is open: keys of the world file. */
export const speakerKey = signal<string | null>(null);
export const chatKey = signal<string | null>(null);

/** The message that the next one answers, and the topic that is open beside the chat. */
export const answered = signal<MessageView | null>(null);
export const openThread = signal<string | null>(null);

export const developerOpen = signal(false);

const peopleById = computed(() => {
  const known = new Map<string, PersonView>();
  for (const person of people.value)
    for (const id of [person.key, person.open_id, person.union_id]) known.set(id, person);
  return known;
});

/** A person by key, open_id or union_id. */
export const personOf = (id: string): PersonView | undefined => peopleById.value.get(id);

/** A person's name, the bot's, or the id itself. */
export function nameOf(id: string): string {
  const { bot } = world.value;
  return id === 'bot' || id === bot.open_id ? bot.name : (personOf(id)?.name ?? id);
}

export const speaker = computed(() => (speakerKey.value === null ? undefined : personOf(speakerKey.value)));
export const chat = computed(() => chats.value.find((one) => one.chat === chatKey.value));

// Of its own, so that what is drawn of the people stays when only the chat's counts change.
const memberKeys = computed(() => chat.value?.members);
/** The people of the open chat, in the order of the world file. */
export const members = computed(() => (memberKeys.value ?? []).flatMap((key) => personOf(key) ?? []));

/** How many messages of a chat this person has not read. */
export const unread = ({ messages, reads }: ChatView, person: string): number => messages - (reads[person] ?? 0);
