import { z } from 'zod';
import { CARD_BYTES } from '../cards/lint.ts';
import { parseCard } from '../cards/tree.ts';
import { ApiFault } from '../core/fault.ts';
import { addMessage } from '../core/post-box.ts';
import type { StoredMessage } from '../core/records.ts';
import type { Sandbox } from '../core/sandbox.ts';
import type { Chat } from '../core/world.ts';
import {
  type ApiCall,
  chatById,
  chatOfMessage,
  messageOf,
  mustBeIn,
  notRecalled,
  ownMessage,
  page,
  personById,
  validated,
} from './call.ts';
import { messageObject } from './message-object.ts';
import { outgoingSchema, prepare, prepareCard } from './outgoing.ts';

const DAY_MS = 86_400_000;
const MAX_EDITS = 20;

const createQuery = z.object({ receive_id_type: z.enum(['open_id', 'union_id', 'user_id', 'email', 'chat_id']) });
const createBody = outgoingSchema.extend({ receive_id: z.string().min(1) });
const replyBody = outgoingSchema.extend({ reply_in_thread: z.boolean().nullish() });

export function createMessage(call: ApiCall): object {
  const { sandbox } = call;
  const { receive_id_type: type } = validated(createQuery, call.query);
  const body = validated(createBody, call.body);
  const earlier = repeated(sandbox, body.uuid);
  if (earlier) return messageObject(sandbox, earlier);
  const chat = type === 'chat_id' ? chatById(sandbox, body.receive_id) : privateChat(sandbox, type, body.receive_id);
  return send(sandbox, chat, body, {});
}

export function replyMessage(call: ApiCall): object {
  const { sandbox } = call;
  const body = validated(replyBody, call.body);
  const parent = messageOf(call);
  const earlier = repeated(sandbox, body.uuid);
  if (earlier) return messageObject(sandbox, earlier);
  notRecalled(parent);
  const inThread = body.reply_in_thread === true;
  return send(sandbox, chatOfMessage(call, parent), body, { parent, inThread });
}

/** The message that the same uuid made less than an hour ago: it is returned again, and none is sent. */
function repeated(sandbox: Sandbox, uuid: string | null | undefined): StoredMessage | undefined {
  return uuid ? sandbox.state.messages.withUuid(uuid, sandbox.clock.now()) : undefined;
}

function privateChat(sandbox: Sandbox, type: 'open_id' | 'union_id' | 'user_id' | 'email', id: string): Chat {
  const person = personById(sandbox, type, id);
  if (!person) throw new ApiFault(99992351, `not a valid ${type}: ${id}`);
  return sandbox.directory.p2pOf(person);
}

type Outgoing = z.output<typeof outgoingSchema>;

function send(
  sandbox: Sandbox,
  chat: Chat,
  { msg_type: type, content, uuid }: Outgoing,
  place: { parent?: StoredMessage; inThread?: boolean },
): object {
  mustBeIn(chat);
  const prepared = prepare(sandbox, type, content);
  sandbox.limits.perTarget(chat.id, sandbox.clock.now());
  return messageObject(
    sandbox,
    addMessage(sandbox, { chatId: chat.id, from: 'bot', type, uuid, ...prepared, ...place }),
  );
}

const patchBody = z.object({ content: z.string() });

export function patchMessage(call: ApiCall): object {
  const { sandbox } = call;
  const { content } = validated(patchBody, call.body);
  const message = ownMessage(call);
  const now = sandbox.clock.now();
  notRecalled(message);
  if (message.type !== 'interactive') throw new ApiFault(230001, 'ext=This message is NOT a card.');
  if (now - message.createdAt > 14 * DAY_MS) throw new ApiFault(230031, 'The card was sent more than 14 days ago.');
  if (Buffer.byteLength(content) > CARD_BYTES) throw new ApiFault(230025, 'The length of the card reaches its limit.');
  if (Array.isArray(parseCard(content)?.elements)) {
    throw new ApiFault(230099, 'Failed to create card content, ext=ErrCode: 200830; ErrMsg: 2.0 can not become 1.0;');
  }
  prepareCard(content);
  sandbox.limits.perTarget(message.id, now);
  sandbox.state.commit({ t: 'content', id: message.id, content, mentions: [], at: now, edit: false });
  return {};
}

const editBody = z.object({ msg_type: z.enum(['text', 'post']), content: z.string() });

export function editMessage(call: ApiCall): object {
  const { sandbox } = call;
  const { msg_type: type, content } = validated(editBody, call.body);
  const message = ownMessage(call);
  notRecalled(message);
  if (message.type !== type) throw new ApiFault(230054, 'This operation is not supported for this message type.');
  if (message.edits >= MAX_EDITS)
    throw new ApiFault(230072, 'The message has reached the number of times it can be edited.');
  const prepared = prepare(sandbox, type, content);
  sandbox.limits.perTarget(message.id, sandbox.clock.now());
  sandbox.state.commit({ t: 'content', id: message.id, ...prepared, at: sandbox.clock.now(), edit: true });
  return messageObject(sandbox, message);
}

/** The bot withdraws what it sent. People's recalls raise an event, this one does not. */
export function deleteMessage(call: ApiCall): object {
  const { sandbox } = call;
  const message = messageOf(call);
  if (message.from !== 'bot') throw new ApiFault(230026, 'No permission to recall this message.');
  notRecalled(message);
  if (sandbox.clock.now() - message.createdAt > DAY_MS) throw new ApiFault(230009, 'The recall time limit has passed.');
  sandbox.state.commit({ t: 'recall', id: message.id, at: sandbox.clock.now() });
  return {};
}

export function getMessage(call: ApiCall): object {
  const message = messageOf(call);
  mustBeIn(chatOfMessage(call, message));
  return { items: [messageObject(call.sandbox, message)] };
}

const seconds = z.coerce.number().int().min(0).optional();
const listQuery = z.object({
  container_id_type: z.enum(['chat', 'thread']),
  container_id: z.string().min(1),
  start_time: seconds,
  end_time: seconds,
  sort_type: z.enum(['ByCreateTimeAsc', 'ByCreateTimeDesc']).default('ByCreateTimeAsc'),
  page_size: z.coerce.number().int().min(1).max(50).default(20),
  page_token: z.string().optional(),
});

export function listMessages({ sandbox, query }: ApiCall): object {
  const wanted = validated(listQuery, query);
  const from = (wanted.start_time ?? 0) * 1000;
  const to = wanted.end_time === undefined ? Number.POSITIVE_INFINITY : wanted.end_time * 1000 + 999;
  const found = container(sandbox, wanted).filter(({ createdAt }) => createdAt >= from && createdAt <= to);
  const sorted = found.toSorted((a, b) => a.createdAt - b.createdAt || a.seq - b.seq);
  if (wanted.sort_type === 'ByCreateTimeDesc') sorted.reverse();
  const { items, ...rest } = page(sorted, wanted.page_size, wanted.page_token);
  return { ...rest, items: items.map((message) => messageObject(sandbox, message)) };
}

function container(
  sandbox: Sandbox,
  { container_id_type: type, container_id: id }: z.output<typeof listQuery>,
): StoredMessage[] {
  const { messages } = sandbox.state;
  if (type === 'thread') {
    const inThread = messages.all.filter(({ threadId }) => threadId === id);
    const [first] = inThread;
    if (first) mustBeIn(chatById(sandbox, first.chatId));
    return inThread;
  }
  const chat = chatById(sandbox, id);
  mustBeIn(chat);
  return [...messages.inChat(chat.id)];
}
