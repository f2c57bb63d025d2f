import { degradedCard } from '../cards/view.ts';
import { apiMentions } from '../core/content.ts';
import type { StoredMessage } from '../core/records.ts';
import type { Sandbox } from '../core/sandbox.ts';

/** A message as the API returns it; the text of a recalled one is withheld. */
export function messageObject(sandbox: Sandbox, message: StoredMessage): object {
  const deleted = message.recalledAt !== null;
  const { rootId, parentId, threadId, mentions } = message;
  return {
    message_id: message.id,
    ...(rootId ? { root_id: rootId } : {}),
    ...(parentId ? { parent_id: parentId } : {}),
    ...(threadId ? { thread_id: threadId } : {}),
    msg_type: message.type,
    create_time: String(message.createdAt),
    update_time: String(message.updatedAt),
    deleted,
    updated: message.edits > 0,
    chat_id: message.chatId,
    sender: senderOf(sandbox, message),
    body: { content: deleted ? 'This message was recalled' : bodyOf(sandbox, message) },
    ...(mentions.length > 0 && !deleted ? { mentions: apiMentions(mentions, sandbox.app) } : {}),
  };
}

function senderOf(sandbox: Sandbox, message: StoredMessage): object {
  const { app_id, tenant_key } = sandbox.app;
  if (message.from === 'bot') return { id: app_id, id_type: 'app_id', sender_type: 'app', tenant_key };
  const openId = sandbox.directory.person(message.from)?.openId ?? message.from;
  return { id: openId, id_type: 'open_id', sender_type: 'user', tenant_key };
}

function bodyOf(sandbox: Sandbox, message: StoredMessage): string {
  return message.type === 'interactive' ? degradedCard(message.content, sandbox.nameOf) : message.content;
}
