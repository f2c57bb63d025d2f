import { batch } from '@preact/signals';
import { setDraft } from './drafts.ts';
import { type ChatView, type PersonView, sandbox, type WorldView } from './sandbox.ts';
import { answered, chat, chatKey, chats, openThread, people, personOf, speakerKey, world } from './state.ts';
import { say } from './toast.ts';

export const privateKey = (person: string): string => `p2p:${person}`;

/** The private chat of a person, also before anything was said in it. */
export function privateChat(person: PersonView): ChatView {
  const key = privateKey(person.key);
  const empty: ChatView = {
    chat: key,
    chat_id: '',
    name: person.name,
    type: 'p2p',
    members: [person.key],
    bot: true,
    messages: 0,
    last: 0,
    reads: {},
    latest: null,
  };
  return chats.value.find((one) => one.chat === key) ?? empty;
}

/** Opens a chat. Who is not in it cannot speak there: then its first member does. */
export function openChat(key: string): void {
  const target = chats.value.find((one) => one.chat === key);
  const person = key.startsWith('p2p:') ? personOf(key.slice(4)) : undefined;
  const members = target?.members ?? (person ? [person.key] : []);
  if (members.length === 0 && !target) return;
  batch(() => {
    if (!target && person) chats.value = [...chats.value, privateChat(person)];
    chatKey.value = key;
    answered.value = null;
    openThread.value = null;
    const [first] = members;
    if (first !== undefined && !members.includes(speakerKey.value ?? '')) speakAs(first);
  });
}

/** Lets somebody else speak in this window; a chat in which this person is not is left for the own private chat. */
export function speakAs(key: string): void {
  if (speakerKey.value === key) return;
  batch(() => {
    const before = speakerKey.value;
    speakerKey.value = key;
    if (chat.value && !chat.value.members.includes(key)) openChat(firstChatOf(key));
    if (before !== null) say('info', `现在以${personOf(key)?.name ?? key}的身份说话`);
  });
}

const firstChatOf = (person: string): string =>
  chats.value.find(({ type, members }) => type === 'group' && members.includes(person))?.chat ?? privateKey(person);

export type Tip = WorldView['tips'][number];

/** Puts a tip into the box, with the person who says it and the chat in which it is said. */
export function useTip({ as, chat: where, text }: Tip): void {
  batch(() => {
    if (as !== null) speakAs(as);
    if (where !== null) openChat(where);
    setDraft(text);
  });
}

/** Reads the lists anew: people and chats of the world. */
export async function loadWorld(): Promise<void> {
  const [around, everybody, all] = await Promise.all([sandbox.world(), sandbox.people(), sandbox.chats()]);
  batch(() => {
    world.value = around;
    people.value = everybody.items;
    chats.value = all.items;
  });
}
