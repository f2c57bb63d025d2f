import type { Context } from 'koa';
import { z } from 'zod';
import type { StoredMessage } from '../core/records.ts';
import { type RefusalCode, refused } from '../core/refusals.ts';
import type { Sandbox } from '../core/sandbox.ts';
import type { Chat, Person } from '../core/world.ts';

/** One call of the bot, already authorised. */
export interface ApiCall {
  sandbox: Sandbox;
  ctx: Context;
  params: Record<string, string>;
  query: Record<string, string>;
  /** The parsed JSON body, `{}` if there is none; multipart bodies are read by the handler from `raw`. */
  body: unknown;
  raw: Buffer;
}

/** A reply with its fields at the top level, not under `data`. */
export class TopLevel {
  readonly fields: object;
  constructor(fields: object) {
    this.fields = fields;
  }
}

/** A reply of bytes. */
export class Binary {
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly name: string;
  constructor(bytes: Buffer, contentType: string, name: string) {
    this.bytes = bytes;
    this.contentType = contentType;
    this.name = name;
  }
}

export type Handler = (call: ApiCall) => object | Promise<object>;

/** Checks what came from outside. The gateway's own code unless the endpoint has one for malformed parameters. */
export function validated<T extends z.ZodType>(schema: T, value: unknown, code: RefusalCode = 99992402): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const violations = result.error.issues.map(({ path, message }) => ({ field: path.join('.'), description: message }));
  const [first] = violations;
  throw refused(code, `${first?.field}: ${first?.description}`, { detail: { field_violations: violations } });
}

/** The message of the path; reactions and resources have codes of their own for one that does not exist. */
export function messageOf({ sandbox, params }: ApiCall, unknown: RefusalCode = 230001): StoredMessage {
  const message = sandbox.state.messages.get(params.message_id ?? '');
  if (!message) throw refused(unknown, 'invalid message_id');
  return message;
}

export function ownMessage(call: ApiCall, foreign: RefusalCode = 230012): StoredMessage {
  const message = messageOf(call);
  if (message.from !== 'bot') throw refused(foreign);
  return message;
}

export function notRecalled(message: StoredMessage, code: RefusalCode): void {
  if (message.recalledAt !== null) throw refused(code);
}

/** The chat of a message, in which the bot has to be. */
export function ownChat({ sandbox }: ApiCall, { chatId }: StoredMessage, outside: RefusalCode = 230002): Chat {
  const chat = sandbox.directory.chat(chatId);
  if (!chat) throw new Error(`a message lies in ${chatId}, which does not exist`);
  return mustBeIn(chat, outside);
}

export function mustBeIn(chat: Chat, outside: RefusalCode = 230002): Chat {
  if (!chat.bot) throw refused(outside);
  return chat;
}

/** A chat by its id; keys of the world file are no ids. */
export function chatById(sandbox: Sandbox, id: string): Chat | undefined {
  return id.startsWith('oc_') ? sandbox.directory.chat(id) : undefined;
}

export const idType = z.enum(['open_id', 'union_id', 'user_id']).default('open_id');
export const withUserIds = z.object({ user_id_type: idType });
export type IdType = z.output<typeof idType>;

const PREFIX: Record<IdType | 'email', RegExp> = { open_id: /^ou_/, union_id: /^on_/, user_id: /./, email: /@/ };

/** A person by an id of the given kind; keys of the world file are no ids. */
export function personById(sandbox: Sandbox, type: IdType | 'email', id: string): Person | null {
  const person = PREFIX[type].test(id) ? sandbox.directory.person(id) : undefined;
  const ids = person && {
    open_id: person.openId,
    union_id: person.unionId,
    user_id: person.userId,
    email: person.email,
  };
  return person && ids?.[type] === id ? person : null;
}

export function idOf(person: Person, type: IdType): string {
  if (type === 'union_id') return person.unionId;
  return type === 'user_id' ? (person.userId ?? '') : person.openId;
}
