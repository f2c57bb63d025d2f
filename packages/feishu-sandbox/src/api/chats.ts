import { z } from 'zod';
import { refused } from '../core/refusals.ts';
import type { Sandbox } from '../core/sandbox.ts';
import type { Chat } from '../core/world.ts';
import { type ApiCall, chatById, type IdType, idOf, idType, mustBeIn, validated, withUserIds } from './call.ts';
import { page, paging } from './paging.ts';

/** What every group allows. */
const PERMISSIONS = {
  add_member_permission: 'all_members',
  share_card_permission: 'allowed',
  at_all_permission: 'all_members',
  edit_permission: 'all_members',
  membership_approval: 'no_approval_required',
  moderation_permission: 'all_members',
  urgent_setting: 'all_members',
};

function wantedChat({ sandbox, params }: ApiCall): Chat {
  const chat = chatById(sandbox, params.chat_id ?? '');
  if (!chat) throw refused(232006);
  return chat;
}

/** The first member counts as the owner. */
function ownerOf({ directory }: Sandbox, chat: Chat, type: IdType): object {
  const [first = ''] = chat.members;
  const owner = directory.person(first);
  return owner ? { owner_id: idOf(owner, type), owner_id_type: type } : {};
}

/** Counts are strings; a bot that is not in the chat sees little of it. */
export function getChat(call: ApiCall): object {
  const { sandbox } = call;
  const { user_id_type: type } = validated(withUserIds, call.query);
  const chat = wantedChat(call);
  const counts = { user_count: String(chat.members.size), bot_count: chat.bot ? '1' : '0' };
  const seen = { avatar: '', name: nameOf(chat), ...counts, chat_status: 'normal' };
  if (!chat.bot) return seen;
  return {
    ...seen,
    ...PERMISSIONS,
    ...ownerOf(sandbox, chat, type),
    description: '',
    user_manager_id_list: [],
    bot_manager_id_list: [],
    chat_mode: chat.kind,
    chat_type: 'private',
    chat_tag: 'inner',
    group_message_type: 'chat',
    external: false,
    tenant_key: sandbox.app.tenant_key,
  };
}

/** A private chat has no name of its own. */
const nameOf = ({ kind, name }: Chat): string => (kind === 'p2p' ? '' : name);

const listQuery = withUserIds.extend({
  sort_type: z.enum(['ByCreateTimeAsc', 'ByActiveTimeDesc']).default('ByCreateTimeAsc'),
  ...paging(100),
});

/** The groups in which the bot is; private chats are never listed. */
export function listChats({ sandbox, query }: ApiCall): object {
  const wanted = validated(listQuery, query);
  const lastSeq = ({ id }: Chat): number => sandbox.state.messages.inChat(id).at(-1)?.seq ?? 0;
  const groups = sandbox.directory.groups.filter(({ bot }) => bot);
  if (wanted.sort_type === 'ByActiveTimeDesc') groups.sort((a, b) => lastSeq(b) - lastSeq(a));
  const { items, ...rest } = page(groups, wanted);
  const view = (chat: Chat): object => ({
    chat_id: chat.id,
    avatar: '',
    name: chat.name,
    description: '',
    ...ownerOf(sandbox, chat, wanted.user_id_type),
    external: false,
    tenant_key: sandbox.app.tenant_key,
    chat_status: 'normal',
  });
  return { ...rest, items: items.map(view) };
}

const membersQuery = z.object({ member_id_type: idType, ...paging(100) });

/** The people in a chat; bots are never listed. */
export function getMembers(call: ApiCall): object {
  const { sandbox } = call;
  const query = validated(membersQuery, call.query);
  const chat = mustBeIn(wantedChat(call), 232011);
  const people = [...chat.members].flatMap((key) => sandbox.directory.person(key) ?? []);
  const all = people.map((person) => ({
    member_id_type: query.member_id_type,
    member_id: idOf(person, query.member_id_type),
    name: person.name,
    tenant_key: sandbox.app.tenant_key,
  }));
  return { ...page(all, query), member_total: all.length };
}

export function isInChat(call: ApiCall): object {
  return { is_in_chat: wantedChat(call).bot };
}
