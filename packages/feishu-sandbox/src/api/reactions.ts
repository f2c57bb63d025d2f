import { z } from 'zod';
import { randomHex } from '../core/ids.ts';
import type { Reaction, StoredMessage } from '../core/records.ts';
import { refused } from '../core/refusals.ts';
import type { Sandbox } from '../core/sandbox.ts';
import { type ApiCall, messageOf, notRecalled, ownChat, validated } from './call.ts';
import { page, paging } from './paging.ts';

const reactionBody = z.object({ reaction_type: z.object({ emoji_type: z.string().min(1) }) });

/** The message of the path; for reactions a recalled one does not exist. */
function reactedMessage(call: ApiCall): StoredMessage {
  const message = messageOf(call, 231003);
  notRecalled(message, 231003);
  ownChat(call, message, 231002);
  return message;
}

export function addReaction(call: ApiCall): object {
  const { sandbox } = call;
  const { reaction_type } = validated(reactionBody, call.body);
  const { id } = reactedMessage(call);
  const reaction = { id: randomHex(32), by: 'bot', emoji: reaction_type.emoji_type, at: sandbox.clock.now() };
  sandbox.state.commit({ t: 'reaction', id, reaction });
  return reactionView(sandbox, reaction);
}

const listQuery = z.object({ reaction_type: z.string().optional(), ...paging(50) });

export function listReactions(call: ApiCall): object {
  const { sandbox } = call;
  const query = validated(listQuery, call.query);
  const all = sandbox.state.messages.reactionsOf(reactedMessage(call).id);
  const wanted = all.filter(({ emoji }) => query.reaction_type === undefined || emoji === query.reaction_type);
  const { items, ...rest } = page(wanted, query);
  return { ...rest, items: items.map((reaction) => reactionView(sandbox, reaction)) };
}

export function removeReaction(call: ApiCall): object {
  const { sandbox, params } = call;
  const message = reactedMessage(call);
  const reactionId = params.reaction_id ?? '';
  if (!/^[0-9a-f]{32}$/.test(reactionId)) throw refused(231011);
  const reaction = sandbox.state.messages.reactionsOf(message.id).find(({ id }) => id === reactionId);
  if (!reaction) throw refused(231010);
  if (reaction.by !== 'bot') throw refused(231007);
  sandbox.state.commit({ t: 'unreact', id: message.id, reactionId });
  return reactionView(sandbox, reaction);
}

function reactionView(sandbox: Sandbox, { id, by, emoji, at }: Reaction): object {
  const operator =
    by === 'bot'
      ? { operator_id: sandbox.app.app_id, operator_type: 'app' }
      : { operator_id: sandbox.directory.person(by)?.openId ?? by, operator_type: 'user' };
  return { reaction_id: id, operator, action_time: String(at), reaction_type: { emoji_type: emoji } };
}
