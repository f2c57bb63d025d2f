import { z } from 'zod';
import { CARD_BYTES, lintCard } from '../cards/lint.ts';
import { Mentions, receivedPost, receivedText } from '../core/content.ts';
import { ApiFault } from '../core/fault.ts';
import type { Mention } from '../core/records.ts';
import type { Sandbox } from '../core/sandbox.ts';

const TEXT_BYTES = 150 * 1024;
const FILE_TYPES = ['image', 'file', 'audio', 'media', 'sticker'] as const;

export const outgoingSchema = z.object({
  msg_type: z.enum(['text', 'post', 'interactive', 'share_chat', 'share_user', ...FILE_TYPES]),
  content: z.string(),
  uuid: z.string().max(50).nullish(),
});

export interface Prepared {
  content: string;
  mentions: Mention[];
}

/** Checks what the bot wants to send and turns it into the form in which it is received; cards stay as they are. */
export function prepare(sandbox: Sandbox, type: string, content: string): Prepared {
  const limit = type === 'text' ? TEXT_BYTES : CARD_BYTES;
  if (Buffer.byteLength(content) > limit) {
    throw new ApiFault(230025, `The length of the message content reaches its limit of ${limit} bytes.`);
  }
  if (type === 'interactive') return prepareCard(content);
  const value = parsed(content);
  if (type === 'text') return prepareText(sandbox, value);
  if (type === 'post') return preparePost(sandbox, value);
  return prepareKeyed(sandbox, type, value);
}

export function prepareCard(content: string): Prepared {
  const fault = lintCard(content);
  if (fault) {
    const message = `Failed to create card content, ext=ErrCode: ${fault.code}; ErrMsg: ${fault.message};`;
    throw new ApiFault(230099, message);
  }
  return { content, mentions: [] };
}

const invalid = (what: string): ApiFault =>
  new ApiFault(230001, `Your request contains an invalid request parameter, ext=${what}`);

function parsed(content: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(content);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Falls through: no JSON is as bad as JSON of another kind.
  }
  throw invalid('content is not in JSON format');
}

function prepareText(sandbox: Sandbox, { text }: Record<string, unknown>): Prepared {
  if (typeof text !== 'string' || text === '') throw invalid('text is missing');
  const mentions = new Mentions();
  return { content: JSON.stringify({ text: receivedText(sandbox, text, mentions) }), mentions: mentions.list };
}

const postSchema = z.object({
  title: z.string().optional(),
  content: z.array(z.array(z.looseObject({ tag: z.string() }))),
});

function preparePost(sandbox: Sandbox, value: Record<string, unknown>): Prepared {
  const posts = 'content' in value ? [value] : Object.values(value);
  if (posts.length === 0 || !posts.every((post) => postSchema.safeParse(post).success)) throw invalid('malformed post');
  const mentions = new Mentions();
  return { content: JSON.stringify(receivedPost(sandbox, value, mentions)), mentions: mentions.list };
}

/** Pictures and files by key, shared chats and people by id. */
function prepareKeyed(sandbox: Sandbox, type: string, value: Record<string, unknown>): Prepared {
  if (type === 'share_chat' || type === 'share_user') {
    const id = type === 'share_chat' ? value.chat_id : value.user_id;
    if (typeof id !== 'string' || id === '') throw invalid(`malformed ${type}`);
    return { content: JSON.stringify(value), mentions: [] };
  }
  const key = type === 'image' ? value.image_key : value.file_key;
  const file = typeof key === 'string' ? sandbox.files.get(key) : undefined;
  if (!file) throw new ApiFault(230001, 'Your request contains an invalid request parameter, ext=invalid file key');
  if (file.by !== 'bot') throw new ApiFault(230017, 'Bot is NOT the owner of the resource.');
  return { content: JSON.stringify({ ...value, ...(type === 'image' ? {} : { file_name: file.name }) }), mentions: [] };
}
