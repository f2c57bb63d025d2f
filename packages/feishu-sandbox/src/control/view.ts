import { type Json, objects, parseCard, text } from '../cards/tree.ts';
import { cardButtons, cardLines } from '../cards/view.ts';
import { withNames } from '../core/content.ts';
import type { StoredMessage } from '../core/records.ts';
import type { Sandbox } from '../core/sandbox.ts';
import { toIso } from '../core/time.ts';

/** A message as the control API shows it. */
export interface MessageView {
  seq: number;
  message_id: string;
  chat: string;
  chat_id: string;
  from: string;
  type: string;
  text: string;
  card: Json | null;
  buttons: { name: string | null; text: string; value: unknown; disabled: boolean }[];
  reply_to: string | null;
  thread_id: string | null;
  created_at: string;
  updated_at: string;
  version: number;
  recalled: boolean;
  uuid: string | null;
  files: { key: string; name: string; size: number }[];
  urgent: string[];
  reactions: { by: string; emoji: string }[];
  change: number;
}

export function viewMessage(sandbox: Sandbox, message: StoredMessage): MessageView {
  const { messages } = sandbox.state;
  const card = message.type === 'interactive' ? parseCard(message.content) : null;
  return {
    seq: message.seq,
    message_id: message.id,
    chat: sandbox.directory.chat(message.chatId)?.key ?? message.chatId,
    chat_id: message.chatId,
    from: message.from,
    type: message.type,
    text: card ? cardLines(card, sandbox.nameOf).join('\n') : plainText(sandbox, message),
    card,
    buttons: card ? cardButtons(card, sandbox.nameOf) : [],
    reply_to: message.parentId,
    thread_id: message.threadId,
    created_at: toIso(message.createdAt),
    updated_at: toIso(message.updatedAt),
    version: message.version,
    recalled: message.recalledAt !== null,
    uuid: message.uuid,
    files: filesOf(sandbox, message),
    urgent: message.urgent,
    reactions: messages.reactionsOf(message.id).map(({ by, emoji }) => ({ by, emoji })),
    change: messages.changeOf(message),
  };
}

function contentOf(message: StoredMessage): Json {
  return parseCard(message.content) ?? {};
}

/** What a reader sees of a message that is no card. */
function plainText(sandbox: Sandbox, message: StoredMessage): string {
  const content = contentOf(message);
  if (message.type === 'text') return withNames(text(content.text), message.mentions);
  if (message.type === 'post') return withNames(postText(content), message.mentions);
  if (message.type === 'image') return '[图片]';
  const key = text(content.file_key);
  return key === '' ? `[${message.type}]` : (sandbox.files.get(key)?.name ?? `[${message.type}]`);
}

function postText(content: Json): string {
  const paragraphs = Array.isArray(content.content) ? content.content : [];
  const lines = paragraphs.map((nodes) => objects(nodes).map(nodeText).join(''));
  return [text(content.title), ...lines].filter((line) => line !== '').join('\n');
}

function nodeText(node: Json): string {
  if (node.tag === 'at') return text(node.user_id);
  if (node.tag === 'img') return '[图片]';
  return text(node.text);
}

/** All file and image keys that a message carries. */
export function keysOf(message: StoredMessage): string[] {
  const content = contentOf(message);
  const own = [text(content.file_key), text(content.image_key)];
  const paragraphs = message.type === 'post' && Array.isArray(content.content) ? content.content : [];
  const inPost = paragraphs
    .flatMap((nodes) => objects(nodes))
    .flatMap((node) => [text(node.image_key), text(node.file_key)]);
  return [...own, ...inPost].filter((key) => key !== '');
}

function filesOf(sandbox: Sandbox, message: StoredMessage): MessageView['files'] {
  return keysOf(message).flatMap((key) => {
    const file = sandbox.files.get(key);
    return file ? [{ key, name: file.name, size: file.size }] : [];
  });
}
