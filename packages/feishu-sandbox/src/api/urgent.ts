import { z } from 'zod';
import { refused } from '../core/refusals.ts';
import type { Sandbox } from '../core/sandbox.ts';
import { type ApiCall, idType, notRecalled, ownChat, ownMessage, personById, validated } from './call.ts';

const MOST_UNREAD = 200;

const urgentQuery = z.object({ user_id_type: idType.unwrap() });
const urgentBody = z.object({ user_id_list: z.array(z.string()).min(1) });

/** Urges people to read a message of the bot, in the app, by text message or by telephone: here all are the same. */
export function urgent(call: ApiCall): object {
  const { sandbox } = call;
  const { user_id_type: type } = validated(urgentQuery, call.query);
  const { user_id_list: ids } = validated(urgentBody, call.body);
  const message = ownMessage(call);
  const chat = ownChat(call, message);
  notRecalled(message, 230110);
  const keyOf = (id: string): string | null => {
    const person = personById(sandbox, type, id);
    return person && chat.members.has(person.key) ? person.key : null;
  };
  const people = ids.flatMap((id) => keyOf(id) ?? []);
  if (people.length === 0) throw refused(230001, 'all user ids are invalid');
  if (people.some((key) => unreadUrgents(sandbox, key) >= MOST_UNREAD)) throw refused(230023);
  sandbox.state.commit({ t: 'urgent', id: message.id, people });
  return { invalid_user_id_list: ids.filter((id) => keyOf(id) === null) };
}

function unreadUrgents(sandbox: Sandbox, person: string): number {
  const { messages } = sandbox.state;
  return messages.all.filter((message) => {
    const open = message.urgent.includes(person) && message.recalledAt === null;
    return open && messages.readAt(message, person) === null;
  }).length;
}
