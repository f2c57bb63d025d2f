import { z } from 'zod';
import { keysOf } from '../control/view.ts';
import { ApiFault } from '../core/fault.ts';
import { contentTypeOf } from '../core/files.ts';
import { randomHex } from '../core/ids.ts';
import type { Reaction } from '../core/records.ts';
import type { Sandbox } from '../core/sandbox.ts';
import {
  type ApiCall,
  Binary,
  chatOfMessage,
  idOf,
  messageOf,
  mustBeIn,
  ownMessage,
  page,
  personById,
  validated,
} from './call.ts';

const WEEK_MS = 7 * 86_400_000;
const idType = z.enum(['open_id', 'union_id', 'user_id']).default('open_id');

const readQuery = z.object({
  user_id_type: idType,
  page_size: z.coerce.number().int().min(1).max(100).default(20),
  page_token: z.string().optional(),
});

/** Who has read a message of the bot; nobody else is listed. */
export function readUsers(call: ApiCall): object {
  const { sandbox } = call;
  const query = validated(readQuery, call.query);
  const message = ownMessage(call);
  if (sandbox.clock.now() - message.createdAt > WEEK_MS)
    throw new ApiFault(230033, 'The message was sent more than 7 days ago.');
  const readers = [...chatOfMessage(call, message).members].flatMap((key) => {
    const at = sandbox.state.messages.readAt(message, key);
    const person = sandbox.directory.person(key);
    if (at === null || !person) return [];
    const user_id = idOf(person, query.user_id_type);
    return [{ user_id_type: query.user_id_type, user_id, timestamp: String(at), tenant_key: sandbox.app.tenant_key }];
  });
  return page(readers, query.page_size, query.page_token);
}

const urgentBody = z.object({ user_id_list: z.array(z.string()).min(1) });

export function urgent(call: ApiCall): object {
  const { sandbox } = call;
  const { user_id_type: type } = validated(z.object({ user_id_type: idType }), call.query);
  const { user_id_list: ids } = validated(urgentBody, call.body);
  const message = ownMessage(call);
  const chat = chatOfMessage(call, message);
  notGone(message.recalledAt);
  mustBeIn(chat);
  const keyOf = (id: string): string | null => {
    const person = personById(sandbox, type, id);
    return person && chat.members.has(person.key) ? person.key : null;
  };
  const people = ids.flatMap((id) => keyOf(id) ?? []);
  if (people.length === 0) throw new ApiFault(230001, 'ext=all user ids are invalid');
  sandbox.state.commit({ t: 'urgent', id: message.id, people });
  return { invalid_user_id_list: ids.filter((id) => keyOf(id) === null) };
}

function notGone(recalledAt: number | null): void {
  if (recalledAt !== null) throw new ApiFault(230011, 'The message was withdrawn.');
}

/** A file or picture of a message that somebody sent. */
export async function messageResource(call: ApiCall): Promise<object> {
  const { sandbox, params } = call;
  const { type } = validated(z.object({ type: z.enum(['image', 'file']) }), call.query);
  const message = messageOf(call);
  if (!chatOfMessage(call, message).bot) throw new ApiFault(234004, 'The app is not in the chat.');
  if (message.recalledAt !== null) throw new ApiFault(230110, 'The message was deleted.');
  if (message.type === 'sticker' || message.type === 'interactive')
    throw new ApiFault(234043, 'Unsupported message type.');
  const file = keysOf(message).includes(params.file_key ?? '') ? sandbox.files.get(params.file_key ?? '') : undefined;
  if (!file || file.kind !== type) throw new ApiFault(234003, 'The file key does not belong to the message.');
  return new Binary(await sandbox.files.read(file), contentTypeOf(file.name), file.name);
}

const reactionBody = z.object({ reaction_type: z.object({ emoji_type: z.string().min(1) }) });

export function addReaction(call: ApiCall): object {
  const { sandbox } = call;
  const { reaction_type } = validated(reactionBody, call.body);
  const message = messageOf(call);
  notGone(message.recalledAt);
  mustBeIn(chatOfMessage(call, message));
  const reaction = { id: randomHex(32), by: 'bot', emoji: reaction_type.emoji_type, at: sandbox.clock.now() };
  sandbox.state.commit({ t: 'reaction', id: message.id, reaction });
  return reactionView(sandbox, reaction);
}

export function listReactions(call: ApiCall): object {
  const { sandbox } = call;
  const { reaction_type: type } = validated(z.object({ reaction_type: z.string().optional() }), call.query);
  const all = sandbox.state.messages.reactionsOf(messageOf(call).id);
  const wanted = all.filter(({ emoji }) => type === undefined || emoji === type);
  return { items: wanted.map((reaction) => reactionView(sandbox, reaction)), has_more: false, page_token: '' };
}

export function removeReaction(call: ApiCall): object {
  const { sandbox, params } = call;
  const message = messageOf(call);
  const reaction = sandbox.state.messages.reactionsOf(message.id).find(({ id }) => id === params.reaction_id);
  if (reaction?.by !== 'bot') throw new ApiFault(231011, 'The reaction does not exist or is not of this app.');
  sandbox.state.commit({ t: 'unreact', id: message.id, reactionId: reaction.id });
  return reactionView(sandbox, reaction);
}

function reactionView(sandbox: Sandbox, { id, by, emoji, at }: Reaction): object {
  const operator =
    by === 'bot'
      ? { operator_id: sandbox.app.app_id, operator_type: 'app' }
      : { operator_id: sandbox.directory.person(by)?.openId ?? by, operator_type: 'user' };
  return { reaction_id: id, operator, action_time: String(at), reaction_type: { emoji_type: emoji } };
}
