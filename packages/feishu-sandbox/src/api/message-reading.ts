import { z } from 'zod';
import { keysOf } from '../control/view.ts';
import { contentTypeOf } from '../core/files.ts';
import type { StoredMessage } from '../core/records.ts';
import { refused } from '../core/refusals.ts';
import type { Sandbox } from '../core/sandbox.ts';
import {
  type ApiCall,
  Binary,
  chatById,
  idOf,
  idType,
  messageOf,
  mustBeIn,
  notRecalled,
  ownChat,
  ownMessage,
  validated,
} from './call.ts';
import { messageObject } from './message-object.ts';
import { page, paging } from './paging.ts';

const WEEK_MS = 7 * 86_400_000;

/** One message; of a recalled one only that it was. */
export function getMessage(call: ApiCall): object {
  const message = messageOf(call);
  ownChat(call, message);
  return { items: [messageObject(call.sandbox, message)] };
}

const seconds = z.coerce.number().int().min(0).optional();
const listQuery = z.object({
  container_id_type: z.enum(['chat', 'thread']),
  container_id: z.string().min(1),
  start_time: seconds,
  end_time: seconds,
  sort_type: z.enum(['ByCreateTimeAsc', 'ByCreateTimeDesc']).default('ByCreateTimeAsc'),
  ...paging(50),
});
type ListQuery = z.output<typeof listQuery>;

/** The history of a chat, or all of a topic. */
export function listMessages({ sandbox, query }: ApiCall): object {
  const wanted = validated(listQuery, query);
  const found = wanted.container_id_type === 'thread' ? inThread(sandbox, wanted) : inChat(sandbox, wanted);
  const sorted = found.toSorted((a, b) => a.createdAt - b.createdAt || a.seq - b.seq);
  if (wanted.sort_type === 'ByCreateTimeDesc') sorted.reverse();
  const { items, ...rest } = page(sorted, wanted);
  return { ...rest, items: items.map((message) => messageObject(sandbox, message)) };
}

/** Of a topic, a chat's history holds the first message only. */
function inChat(sandbox: Sandbox, { container_id: id, start_time = 0, end_time }: ListQuery): StoredMessage[] {
  const chat = chatById(sandbox, id);
  if (!chat) throw refused(230001, 'invalid container_id');
  mustBeIn(chat);
  const { messages } = sandbox.state;
  const to = end_time === undefined ? Number.POSITIVE_INFINITY : end_time * 1000 + 999;
  const opens = (message: StoredMessage): boolean =>
    message.threadId === null || messages.inThread(message.threadId)[0] === message;
  return messages
    .inChat(chat.id)
    .filter(({ createdAt }) => createdAt >= start_time * 1000 && createdAt <= to)
    .filter(opens);
}

function inThread(sandbox: Sandbox, { container_id: id, start_time, end_time }: ListQuery): StoredMessage[] {
  const found = sandbox.state.messages.inThread(id);
  const chat = chatById(sandbox, found[0]?.chatId ?? '');
  if (!chat) throw refused(230001, 'invalid container_id');
  if (start_time !== undefined || end_time !== undefined) throw refused(230001, 'a thread takes no range of time');
  mustBeIn(chat);
  return [...found];
}

const readQuery = z.object({ user_id_type: idType, ...paging(100) });

/** Who has read a message of the bot; nobody else is listed. */
export function readUsers(call: ApiCall): object {
  const { sandbox } = call;
  const query = validated(readQuery, call.query);
  const message = ownMessage(call);
  const chat = ownChat(call, message);
  notRecalled(message, 230110);
  if (sandbox.clock.now() - message.createdAt > WEEK_MS) throw refused(230033);
  const readers = [...chat.members].flatMap((key) => {
    const at = sandbox.state.messages.readAt(message, key);
    const person = sandbox.directory.person(key);
    if (at === null || !person) return [];
    const user_id = idOf(person, query.user_id_type);
    return [{ user_id_type: query.user_id_type, user_id, timestamp: String(at), tenant_key: sandbox.app.tenant_key }];
  });
  return page(readers, query);
}

const WITHOUT_FILES: ReadonlySet<string> = new Set(['sticker', 'interactive']);

/** A file or picture of a message that somebody sent. */
export async function messageResource(call: ApiCall): Promise<object> {
  const { sandbox, params } = call;
  const { type } = validated(z.object({ type: z.enum(['image', 'file']) }), call.query);
  const message = messageOf(call, 234001);
  ownChat(call, message, 234004);
  notRecalled(message, 230110);
  if (WITHOUT_FILES.has(message.type)) throw refused(234043);
  const key = params.file_key ?? '';
  const file = keysOf(message).includes(key) ? sandbox.files.get(key) : undefined;
  if (!file || file.kind !== type) throw refused(234003);
  return new Binary(await sandbox.files.read(file), contentTypeOf(file.name), file.name);
}
