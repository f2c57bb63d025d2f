import { z } from 'zod';
import { addMessage } from '../core/post-box.ts';
import type { StoredMessage } from '../core/records.ts';
import { refused } from '../core/refusals.ts';
import type { Sandbox } from '../core/sandbox.ts';
import type { Chat } from '../core/world.ts';
import { type ApiCall, chatById, messageOf, mustBeIn, notRecalled, ownChat, personById, validated } from './call.ts';
import { messageObject } from './message-object.ts';
import { outgoingSchema, prepare } from './outgoing.ts';

const receiver = z.enum(['open_id', 'union_id', 'user_id', 'email', 'chat_id']);
const createQuery = z.object({ receive_id_type: receiver });
const createBody = outgoingSchema.extend({ receive_id: z.string().min(1) });
const replyBody = outgoingSchema.extend({ reply_in_thread: z.boolean().nullish() });

/** Sends a message into a chat or to a person. */
export function createMessage(call: ApiCall): object {
  const { sandbox } = call;
  const { receive_id_type: type } = validated(createQuery, call.query);
  const body = validated(createBody, call.body);
  const earlier = repeated(sandbox, body.uuid);
  if (earlier) return messageObject(sandbox, earlier);
  return send(sandbox, chatFor(sandbox, type, body.receive_id), body, {});
}

/** Answers a message; an answer to a message of a topic stays in the topic. */
export function replyMessage(call: ApiCall): object {
  const { sandbox } = call;
  const body = validated(replyBody, call.body);
  const parent = messageOf(call);
  const earlier = repeated(sandbox, body.uuid);
  if (earlier) return messageObject(sandbox, earlier);
  notRecalled(parent, 230011);
  const chat = ownChat(call, parent);
  const inThread = body.reply_in_thread === true;
  if (inThread && chat.kind === 'p2p') throw refused(230071);
  return send(sandbox, chat, body, { parent, inThread });
}

/** The message that the same uuid made less than an hour ago: it is returned again, and none is sent. */
function repeated(sandbox: Sandbox, uuid: string | null | undefined): StoredMessage | undefined {
  return uuid ? sandbox.state.messages.withUuid(uuid, sandbox.clock.now()) : undefined;
}

function chatFor(sandbox: Sandbox, type: z.output<typeof receiver>, id: string): Chat {
  if (type === 'chat_id') {
    const chat = chatById(sandbox, id);
    if (!chat) throw refused(230034);
    return chat;
  }
  const person = personById(sandbox, type, id);
  if (!person) throw refused(99992351, `not a valid ${type}: ${id}`);
  return sandbox.directory.p2pOf(person);
}

function send(
  sandbox: Sandbox,
  chat: Chat,
  { msg_type: type, content, uuid }: z.output<typeof outgoingSchema>,
  place: { parent?: StoredMessage; inThread?: boolean },
): object {
  mustReach(sandbox, mustBeIn(chat));
  const prepared = prepare(sandbox, type, content);
  sandbox.limits.perTarget(chat.id, sandbox.clock.now());
  return messageObject(
    sandbox,
    addMessage(sandbox, { chatId: chat.id, from: 'bot', type, uuid, ...prepared, ...place }),
  );
}

/** A person may be outside the range in which the app is available: then there is no private chat. */
function mustReach(sandbox: Sandbox, { kind, members }: Chat): void {
  const unreachable = [...members].some((key) => sandbox.directory.person(key)?.available === false);
  if (kind === 'p2p' && unreachable) throw refused(230013);
}
