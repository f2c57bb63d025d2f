import { z } from 'zod';
import type { Attachment, ChatMessage, Heard } from '../ports/message.ts';
import type { InboxRow } from '../ports/store.ts';

const mention = z.object({
  key: z.string(),
  id: z.object({ open_id: z.string().nullish() }).nullish(),
  name: z
    .string()
    .nullish()
    .transform((name) => name ?? ''),
});
const received = z.object({
  sender: z.object({ sender_type: z.string().default('user'), sender_id: z.object({ open_id: z.string() }) }),
  message: z.object({
    message_id: z.string(),
    chat_id: z.string(),
    chat_type: z.string(),
    message_type: z.string(),
    content: z.string(),
    parent_id: z.string().nullish(),
    root_id: z.string().nullish(),
    mentions: z.array(mention).nullish(),
  }),
});
const recalled = z.object({ message_id: z.string(), chat_id: z.string() });

const node = z.object({
  tag: z.string(),
  text: z.string().nullish(),
  user_id: z.string().nullish(),
  image_key: z.string().nullish(),
});
const content = z.object({
  text: z.string().optional(),
  title: z.string().optional(),
  content: z.array(z.array(node)).optional(),
  image_key: z.string().optional(),
  file_key: z.string().optional(),
  file_name: z.string().optional(),
});
type Content = z.infer<typeof content>;

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
};

const nodeText = (one: z.infer<typeof node>): string => (one.tag === 'at' ? (one.user_id ?? '') : (one.text ?? ''));
const textOf = ({ text, title, content: lines }: Content): string =>
  [text, title, ...(lines ?? []).map((line) => line.map(nodeText).join(''))].filter(Boolean).join('\n');

const attachmentsOf = (type: string, body: Content): Attachment[] => {
  const inPost = (body.content ?? []).flat().flatMap((one) => (one.image_key ? [one.image_key] : []));
  const images = [...inPost, ...(body.image_key && type === 'image' ? [body.image_key] : [])];
  const files = body.file_key && (type === 'file' || type === 'audio' || type === 'media') ? ([type] as const) : [];
  return [
    ...images.map((key): Attachment => ({ type: 'image', key, name: null })),
    ...files.map((kind): Attachment => ({ type: kind, key: body.file_key ?? '', name: body.file_name ?? null })),
  ];
};

/** Longest placeholder first, so that `@_user_1` does not eat the beginning of `@_user_10`. */
const resolveMentions = (text: string, mentions: readonly z.infer<typeof mention>[], bot: string): string =>
  mentions
    .filter((one) => one.key !== '')
    .sort((a, b) => b.key.length - a.key.length)
    .reduce((rest, one) => rest.replaceAll(one.key, one.id?.open_id === bot ? '' : one.name), text)
    .replaceAll('@_all', '')
    .trim();

const toMessage = (row: InboxRow, botOpenId: string): Heard => {
  const parsed = received.safeParse(row.body);
  if (!parsed.success) return { is: 'unheard' };
  const { sender, message } = parsed.data;
  if (sender.sender_type !== 'user' || sender.sender_id.open_id === botOpenId) return { is: 'unheard' };
  const body = content.safeParse(parseJson(message.content)).data ?? {};
  const mentions = message.mentions ?? [];
  const heard: ChatMessage = {
    is: 'message',
    id: message.message_id,
    chatId: message.chat_id,
    chatType: message.chat_type === 'p2p' ? 'private' : 'group',
    sender: sender.sender_id.open_id,
    text: resolveMentions(textOf(body), mentions, botOpenId),
    mentionsBot: mentions.some((one) => one.id?.open_id === botOpenId),
    attachments: attachmentsOf(message.message_type, body),
    parentId: message.parent_id || null,
    rootId: message.root_id || null,
    at: new Date(row.createTime),
  };
  return heard;
};

/** What an inbox row says, in the project's own terms (feishu.md §2.1). Never throws: what is not understood is unheard. */
export const hear = (row: InboxRow, botOpenId: string): Heard => {
  if (row.type === 'im.message.receive_v1') return toMessage(row, botOpenId);
  const recall = recalled.safeParse(row.body);
  if (row.type !== 'im.message.recalled_v1' || !recall.success) return { is: 'unheard' };
  return { is: 'recalled', id: recall.data.message_id, chatId: recall.data.chat_id, at: new Date(row.createTime) };
};
