import { z } from 'zod';
import { ApiFault } from '../core/fault.ts';
import type { Chat } from '../core/world.ts';
import { type ApiCall, idOf, page, personById, TopLevel, validated } from './call.ts';

const idType = z.enum(['open_id', 'union_id', 'user_id']).default('open_id');

export function botInfo({ sandbox }: ApiCall): object {
  const bot = {
    activate_status: 2,
    app_name: sandbox.bot.name,
    avatar_url: '',
    ip_white_list: [],
    open_id: sandbox.bot.openId,
  };
  return new TopLevel({ msg: 'ok', bot });
}

function wantedChat({ sandbox, params }: ApiCall): Chat {
  const chat = /^oc_/.test(params.chat_id ?? '') ? sandbox.directory.chat(params.chat_id ?? '') : undefined;
  if (!chat) throw new ApiFault(232006, 'Your request specifies a chat_id which is invalid.');
  return chat;
}

/** Counts are strings; one who is not in the chat sees little of it. */
export function getChat(call: ApiCall): object {
  const chat = wantedChat(call);
  const counts = { user_count: String(chat.members.size), bot_count: chat.bot ? '1' : '0', chat_status: 'normal' };
  const seen = { name: chat.kind === 'p2p' ? '' : chat.name, avatar: '', ...counts };
  if (!chat.bot) return seen;
  const [owner] = chat.members;
  const { tenant_key } = call.sandbox.app;
  const ownerId = owner === undefined ? '' : (call.sandbox.directory.person(owner)?.openId ?? '');
  return {
    ...seen,
    description: '',
    owner_id: ownerId,
    owner_id_type: 'open_id',
    user_manager_id_list: [],
    bot_manager_id_list: [],
    chat_mode: chat.kind,
    chat_type: 'private',
    group_message_type: 'chat',
    external: false,
    tenant_key,
  };
}

const membersQuery = z.object({
  member_id_type: idType,
  page_size: z.coerce.number().int().min(1).max(100).default(20),
  page_token: z.string().optional(),
});

/** Bots are never listed. */
export function getMembers(call: ApiCall): object {
  const { sandbox } = call;
  const { member_id_type: type, page_size, page_token } = validated(membersQuery, call.query);
  const chat = wantedChat(call);
  if (!chat.bot) throw new ApiFault(232011, 'Operator can NOT be out of the chat.');
  const people = [...chat.members].flatMap((key) => sandbox.directory.person(key) ?? []);
  const { tenant_key } = sandbox.app;
  const all = people.map((person) => ({
    member_id_type: type,
    member_id: idOf(person, type),
    name: person.name,
    tenant_key,
  }));
  return { ...page(all, page_size, page_token), member_total: all.length };
}

export function isInChat(call: ApiCall): object {
  return { is_in_chat: wantedChat(call).bot };
}

export function getUser({ sandbox, query, params }: ApiCall): object {
  const { user_id_type: type } = validated(z.object({ user_id_type: idType }), query);
  const person = personById(sandbox, type, params.user_id ?? '');
  if (!person) throw new ApiFault(99992351, `not a valid ${type}: ${params.user_id}`);
  return {
    user: {
      open_id: person.openId,
      union_id: person.unionId,
      ...(person.userId ? { user_id: person.userId } : {}),
      ...(person.email ? { email: person.email } : {}),
      name: person.name,
      en_name: '',
      nickname: '',
      job_title: person.title ?? '',
      avatar: { avatar_72: '', avatar_240: '', avatar_640: '', avatar_origin: '' },
      status: { is_frozen: false, is_resigned: false, is_activated: true, is_exited: false, is_unjoin: false },
      department_ids: ['0'],
    },
  };
}
