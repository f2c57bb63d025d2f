import { isObject, type Json, objects, parseCard, text } from '../cards/tree.ts';
import { cardButtons, cardLines } from '../cards/view.ts';
import { withNames } from '../core/content.ts';
import type { StoredMessage } from '../core/records.ts';
import type { Sandbox } from '../core/sandbox.ts';
import { toIso } from '../core/time.ts';
import type { MessageView } from '../wire.ts';

export function viewMessage(sandbox: Sandbox, message: StoredMessage): MessageView {
  const { messages } = sandbox.state;
  const card = message.type === 'interactive' ? parseCard(message.content) : null;
  return {
    seq: message.seq,
    message_id: message.id,
    chat: sandbox.directory.chat(message.chatId)?.key ?? message.chatId,
    chat_id: message.chatId,
    position: messages.positionOf(message),
    from: message.from,
    type: message.type,
    text: card ? cardLines(card, sandbox.nameOf).join('\n') : plainText(sandbox, message),
    card,
    buttons: card ? cardButtons(card, sandbox.nameOf) : [],
    reply_to: message.parentId,
    quote: quoteOf(sandbox, message),
    thread_id: message.threadId,
    thread: topicOf(sandbox, message),
    created_at: toIso(message.createdAt),
    updated_at: toIso(message.updatedAt),
    version: message.version,
    edited: message.edits > 0,
    recalled: message.recalledAt !== null,
    uuid: message.uuid,
    files: filesOf(sandbox, message),
    urgent: message.urgent,
    reactions: messages.reactionsOf(message.id).map(({ by, emoji }) => ({ by, emoji })),
    change: messages.changeOf(message),
  };
}

function quoteOf(sandbox: Sandbox, { parentId }: StoredMessage): MessageView['quote'] {
  const parent = sandbox.state.messages.get(parentId ?? '');
  if (!parent) return null;
  const { id, from } = parent;
  return { message_id: id, from, text: shortText(sandbox, parent), recalled: parent.recalledAt !== null };
}

function topicOf({ state }: Sandbox, message: StoredMessage): MessageView['thread'] {
  const { threadId } = message;
  if (threadId === null || state.messages.isInside(message)) return null;
  return { thread_id: threadId, replies: state.messages.inThread(threadId).length - 1 };
}

const SHORT = 100;
const summaries = new WeakMap<StoredMessage, { version: number; text: string }>();

/** One line of a message, for quotes and lists. */
export function shortText(sandbox: Sandbox, message: StoredMessage): string {
  if (message.recalledAt !== null) return '消息已撤回';
  const known = summaries.get(message);
  if (known?.version === message.version) return known.text;
  const whole = message.type === 'interactive' ? cardSummary(sandbox, message) : plainText(sandbox, message);
  const summary = whole.replace(/\s+/g, ' ').slice(0, SHORT);
  summaries.set(message, { version: message.version, text: summary });
  return summary;
}

/** What a card calls itself: its summary, else its title, else the first text in it. */
function cardSummary(sandbox: Sandbox, message: StoredMessage): string {
  const card = contentOf(message);
  const summary = isObject(card.config) && isObject(card.config.summary) ? text(card.config.summary.content) : '';
  return summary || (cardLines(card, sandbox.nameOf)[0] ?? '[卡片]');
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
  // As the platform itself writes links into texts.
  return node.tag === 'a' && text(node.href) !== '' ? `[${text(node.text)}](${text(node.href)})` : text(node.text);
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
    return file ? [{ key, name: file.name, size: file.size, kind: file.kind }] : [];
  });
}
