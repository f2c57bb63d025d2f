import { degradedCard } from '../cards/view.ts';
import { eventMentions } from '../core/content.ts';
import type { Attempt, StoredMessage } from '../core/records.ts';
import type { Sandbox } from '../core/sandbox.ts';
import type { Delivery } from '../core/state.ts';
import type { Chat, Person } from '../core/world.ts';

export interface Emitted {
  delivery: Delivery;
  attempt: Attempt | null;
}

export const userIds = ({ openId, unionId, userId }: Person): object => ({
  union_id: unionId,
  ...(userId ? { user_id: userId } : {}),
  open_id: openId,
});

/** Whether the bot is told of this message: private ones always, in groups by mention or with the wide scope. */
export function isDelivered(sandbox: Sandbox, chat: Chat, message: StoredMessage): boolean {
  if (!chat.bot) return false;
  if (chat.kind === 'p2p' || sandbox.state.groupMessages === 'all') return true;
  return message.mentions.some(({ bot }) => bot);
}

export function emitMessage(sandbox: Sandbox, chat: Chat, message: StoredMessage, sender: Person): Promise<Emitted> {
  return sandbox.deliveries.emit('im.message.receive_v1', messageEvent(sandbox, chat, message, sender));
}

function messageEvent(sandbox: Sandbox, chat: Chat, message: StoredMessage, sender: Person): object {
  const { app, nameOf } = sandbox;
  const { mentions } = message;
  return {
    sender: { sender_id: userIds(sender), sender_type: 'user', tenant_key: app.tenant_key },
    message: {
      message_id: message.id,
      ...(message.rootId ? { root_id: message.rootId } : {}),
      ...(message.parentId ? { parent_id: message.parentId } : {}),
      create_time: String(message.createdAt),
      update_time: String(message.updatedAt),
      chat_id: message.chatId,
      ...(message.threadId ? { thread_id: message.threadId } : {}),
      chat_type: chat.kind,
      message_type: message.type,
      content: message.type === 'interactive' ? degradedCard(message.content, nameOf) : message.content,
      ...(mentions.length > 0 ? { mentions: eventMentions(mentions, app) } : {}),
    },
  };
}

export function emitRecalled(sandbox: Sandbox, message: StoredMessage): Promise<Emitted> {
  return sandbox.deliveries.emit('im.message.recalled_v1', {
    message_id: message.id,
    chat_id: message.chatId,
    recall_time: String(message.recalledAt ?? sandbox.clock.now()),
    recall_type: 'message_owner',
  });
}

export function emitBotMember(
  sandbox: Sandbox,
  chat: Chat,
  operator: Person | undefined,
  added: boolean,
): Promise<Emitted> {
  return sandbox.deliveries.emit(
    `im.chat.member.bot.${added ? 'added' : 'deleted'}_v1`,
    memberChange(sandbox, chat, operator),
  );
}

/** People came to a group in which the bot is, or left it. */
export function emitUserMembers(
  sandbox: Sandbox,
  chat: Chat,
  operator: Person | undefined,
  people: readonly Person[],
  added: boolean,
): Promise<Emitted> {
  const { tenant_key } = sandbox.app;
  return sandbox.deliveries.emit(`im.chat.member.user.${added ? 'added' : 'deleted'}_v1`, {
    ...memberChange(sandbox, chat, operator),
    users: people.map((person) => ({ name: person.name, tenant_key, user_id: userIds(person) })),
  });
}

const memberChange = (sandbox: Sandbox, chat: Chat, operator: Person | undefined): object => ({
  chat_id: chat.id,
  ...(operator ? { operator_id: userIds(operator) } : {}),
  external: false,
  operator_tenant_key: sandbox.app.tenant_key,
  name: chat.name,
  i18n_names: { zh_cn: chat.name },
});

/** Somebody opened the private chat with the bot. */
export function emitEntered(sandbox: Sandbox, chat: Chat, person: Person): Promise<Emitted> {
  const last = sandbox.state.messages.inChat(chat.id).at(-1);
  return sandbox.deliveries.emit('im.chat.access_event.bot_p2p_chat_entered_v1', {
    chat_id: chat.id,
    operator_id: userIds(person),
    ...(last ? { last_message_id: last.id, last_message_create_time: String(last.createdAt) } : {}),
  });
}

export function emitReaction(
  sandbox: Sandbox,
  messageId: string,
  person: Person,
  emoji: string,
  added = true,
): Promise<Emitted> {
  return sandbox.deliveries.emit(`im.message.reaction.${added ? 'created' : 'deleted'}_v1`, {
    message_id: messageId,
    reaction_type: { emoji_type: emoji },
    operator_type: 'user',
    user_id: userIds(person),
    action_time: String(sandbox.clock.now()),
  });
}

export function emitRead(sandbox: Sandbox, message: StoredMessage, person: Person): Promise<Emitted> {
  return sandbox.deliveries.emit('im.message.message_read_v1', {
    reader: { reader_id: userIds(person), read_time: String(sandbox.clock.now()), tenant_key: sandbox.app.tenant_key },
    message_id_list: [message.id],
  });
}
