import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { chatIdOf, openIdOf, p2pKeyOf, unionIdOf } from './ids.ts';

const personSchema = z.looseObject({
  key: z.string().min(1),
  name: z.string().min(1),
  title: z.string().optional(),
  user_id: z.string().optional(),
  /** False: outside the range in which the app is available and may see contacts. */
  available: z.boolean().default(true),
  email: z.string().optional(),
});
const chatSchema = z.looseObject({
  key: z.string().min(1),
  name: z.string().min(1),
  members: z.array(z.string()),
  bot: z.boolean().default(true),
});
const tipObject = z.looseObject({
  text: z.string(),
  label: z.string().optional(),
  as: z.string().nullish(),
  chat: z.string().nullish(),
});
/** A sentence to try, perhaps with who says it and where. */
const tipSchema = z
  .preprocess((tip) => (typeof tip === 'string' ? { text: tip } : tip), tipObject)
  .transform(({ text, label = text, as, chat }) => ({ text, label, as: as ?? null, chat: chat ?? null }));
/** What the bot understands after a slash. */
const commandSchema = z.looseObject({ text: z.string().startsWith('/'), label: z.string() });
const botSchema = z.looseObject({ name: z.string().min(1) });
const worldSchema = z.looseObject({
  bot: botSchema.default({ name: '机器人' }),
  people: z.array(personSchema),
  chats: z.array(chatSchema),
  tips: z.array(tipSchema).default([]),
  commands: z.array(commandSchema).default([]),
  offDays: z.array(z.string()).default([]),
  workDays: z.array(z.string()).default([]),
});

export type World = z.infer<typeof worldSchema>;

export interface Person {
  key: string;
  name: string;
  title: string | null;
  openId: string;
  unionId: string;
  userId: string | null;
  email: string | null;
  available: boolean;
}

export interface Chat {
  key: string;
  id: string;
  name: string;
  kind: 'group' | 'p2p';
  members: Set<string>;
  bot: boolean;
}

/** Reads and checks a world file; what is wrong with it is an error that says so. */
export function readWorld(file: string): World {
  const { data: world, error } = worldSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!world) throw new Error(`world file: ${z.prettifyError(error)}`);
  assertUnique('people', world.people);
  assertUnique('chats', world.chats);
  return world;
}

function assertUnique(what: string, items: readonly { key: string }[]): void {
  const seen = new Set<string>();
  for (const { key } of items) {
    if (seen.has(key)) throw new Error(`world file: two ${what} have the key ${key}`);
    seen.add(key);
  }
}

/** Who and what exists: people and chats by key or id. Each person has a private chat with the bot. */
export class Directory {
  readonly #people = new Map<string, Person>();
  readonly #chats = new Map<string, Chat>();
  readonly people: Person[] = [];
  readonly groups: Chat[] = [];

  constructor(world: World) {
    for (const entry of world.people) this.#addPerson(entry);
    for (const { key, name, members, bot } of world.chats) this.#addGroup(key, name, members, bot);
    for (const tip of world.tips) this.#checkTip(tip);
  }

  #checkTip({ label, as, chat }: World['tips'][number]): void {
    if (as !== null && !this.person(as)) throw new Error(`world file: the tip ${label} has an unknown person ${as}`);
    if (chat !== null && !this.chat(chat)) throw new Error(`world file: the tip ${label} has an unknown chat ${chat}`);
  }

  #addPerson(entry: World['people'][number]): void {
    const { key, name } = entry;
    const person: Person = {
      key,
      name,
      title: entry.title ?? null,
      openId: openIdOf(key),
      unionId: unionIdOf(key),
      userId: entry.user_id ?? null,
      email: entry.email ?? null,
      available: entry.available,
    };
    this.people.push(person);
    for (const id of [key, person.openId, person.unionId, person.userId, person.email]) {
      if (id) this.#people.set(id, person);
    }
    const chatKey = p2pKeyOf(key);
    this.#addChat({ key: chatKey, id: chatIdOf(chatKey), name, kind: 'p2p', members: new Set([key]), bot: true });
  }

  #addGroup(key: string, name: string, members: string[], bot: boolean): void {
    for (const member of members) {
      if (!this.#people.has(member)) throw new Error(`world file: chat ${key} has an unknown member ${member}`);
    }
    const chat: Chat = { key, id: chatIdOf(key), name, kind: 'group', members: new Set(members), bot };
    this.groups.push(chat);
    this.#addChat(chat);
  }

  #addChat(chat: Chat): void {
    this.#chats.set(chat.key, chat);
    this.#chats.set(chat.id, chat);
  }

  person(keyOrId: string): Person | undefined {
    return this.#people.get(keyOrId);
  }

  chat(keyOrId: string): Chat | undefined {
    return this.#chats.get(keyOrId);
  }

  p2pOf(person: Person): Chat {
    const chat = this.#chats.get(p2pKeyOf(person.key));
    if (!chat) throw new Error(`no private chat of ${person.key}`);
    return chat;
  }
}
