import type { Context } from 'koa';
import type { z } from 'zod';
import { ApiFault } from '../core/fault.ts';
import type { StoredMessage } from '../core/records.ts';
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

export function validated<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const violations = result.error.issues.map(({ path, message }) => ({ field: path.join('.'), description: message }));
  throw new ApiFault(99992402, 'field validation failed', { detail: { field_violations: violations } });
}

export function messageOf({ sandbox, params }: ApiCall): StoredMessage {
  const message = sandbox.state.messages.get(params.message_id ?? '');
  if (!message)
    throw new ApiFault(230001, `Your request contains an invalid request parameter, ext=invalid message_id`);
  return message;
}

export function ownMessage(call: ApiCall): StoredMessage {
  const message = messageOf(call);
  if (message.from !== 'bot') throw new ApiFault(230012, 'The operator is not the sender of the message.');
  return message;
}

export function notRecalled(message: StoredMessage): void {
  if (message.recalledAt !== null) throw new ApiFault(230011, 'The message was withdrawn.');
}

export function chatOfMessage({ sandbox }: ApiCall, message: StoredMessage): Chat {
  return chatById(sandbox, message.chatId);
}

export function chatById(sandbox: Sandbox, id: string): Chat {
  const chat = id.startsWith('oc_') ? sandbox.directory.chat(id) : undefined;
  if (!chat) throw new ApiFault(230034, 'The receive_id is invalid.');
  return chat;
}

export function mustBeIn(chat: Chat): void {
  if (!chat.bot) throw new ApiFault(230002, 'Bot/User can NOT be out of the chat.');
}

export type IdType = 'open_id' | 'union_id' | 'user_id';

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

interface Page<T> {
  items: T[];
  has_more: boolean;
  page_token: string;
}

/** Cuts one page; the token is the place at which the next one begins. */
export function page<T>(all: readonly T[], size: number, token: string | undefined): Page<T> {
  const start = token ? Number(Buffer.from(token, 'base64url').toString()) : 0;
  if (!Number.isInteger(start) || start < 0) throw new ApiFault(99992402, 'page_token is invalid');
  const end = start + size;
  const more = end < all.length;
  return {
    items: all.slice(start, end),
    has_more: more,
    page_token: more ? Buffer.from(String(end)).toString('base64url') : '',
  };
}
