import { z } from 'zod';
import { lintFor } from '../cards/known.ts';
import { CARD_BYTES } from '../cards/lint.ts';
import { faultText } from '../cards/replace.ts';
import { Mentions, receivedPost, receivedText } from '../core/content.ts';
import type { Mention, StoredFile } from '../core/records.ts';
import { refused } from '../core/refusals.ts';
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
    throw refused(230025, `${limit} bytes`);
  }
  if (type === 'interactive') return prepareCard(sandbox, content);
  const value = parsed(content);
  if (type === 'text') return prepareText(sandbox, value);
  if (type === 'post') return preparePost(sandbox, value);
  return prepareKeyed(sandbox, type, value);
}

function prepareCard(sandbox: Sandbox, content: string): Prepared {
  const fault = lintFor(sandbox, content);
  if (fault) throw refused(230099, faultText(fault));
  return { content, mentions: [] };
}

function parsed(content: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(content);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Falls through: no JSON is as bad as JSON of another kind.
  }
  throw refused(230001, 'content is not in JSON format');
}

function prepareText(sandbox: Sandbox, { text }: Record<string, unknown>): Prepared {
  if (typeof text !== 'string' || text === '') throw refused(230001, 'text is missing');
  const mentions = new Mentions();
  return { content: JSON.stringify({ text: receivedText(sandbox, text, mentions) }), mentions: mentions.list };
}

const postSchema = z.object({
  title: z.string().optional(),
  content: z.array(z.array(z.looseObject({ tag: z.string() }))),
});

function preparePost(sandbox: Sandbox, value: Record<string, unknown>): Prepared {
  const posts = 'content' in value ? [value] : Object.values(value);
  if (posts.length === 0 || !posts.every((post) => postSchema.safeParse(post).success))
    throw refused(230001, 'malformed post');
  const mentions = new Mentions();
  return { content: JSON.stringify(receivedPost(sandbox, value, mentions)), mentions: mentions.list };
}

function prepareKeyed(sandbox: Sandbox, type: string, value: Record<string, unknown>): Prepared {
  if (type === 'share_chat' || type === 'share_user') return prepareShared(sandbox, type, value);
  const key = type === 'image' ? value.image_key : value.file_key;
  const file = typeof key === 'string' ? sandbox.files.get(key) : undefined;
  if (!file) throw refused(230001, 'invalid file key');
  if (file.by !== 'bot') throw refused(230017);
  if (FITS[type]?.(file) === false) throw refused(230055);
  return { content: JSON.stringify({ ...value, ...(type === 'image' ? {} : { file_name: file.name }) }), mentions: [] };
}

const SOUNDS_AND_FILMS: ReadonlySet<string | undefined> = new Set(['opus', 'mp4']);

/** Which uploads a message of this type can carry. */
const FITS: Record<string, (file: StoredFile) => boolean> = {
  image: ({ kind }) => kind === 'image',
  file: ({ kind, type }) => kind === 'file' && !SOUNDS_AND_FILMS.has(type),
  audio: ({ type }) => type === 'opus',
  media: ({ type }) => type === 'mp4',
};

/** A group's or a person's card, by id; a private chat can not be shared. */
function prepareShared(sandbox: Sandbox, type: 'share_chat' | 'share_user', value: Record<string, unknown>): Prepared {
  const id = type === 'share_chat' ? value.chat_id : value.user_id;
  if (typeof id !== 'string' || id === '') throw refused(230001, `malformed ${type}`);
  if (type === 'share_chat' && sandbox.directory.chat(id)?.kind === 'p2p') throw refused(230015);
  return { content: JSON.stringify(value), mentions: [] };
}
