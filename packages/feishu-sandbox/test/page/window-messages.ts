import type { MessageView } from '../../page/core/sandbox.ts';

/** A message of a made-up conversation: what the lists look at, the rest empty. */
export const messageOf = (seq: number, more: Partial<MessageView> = {}): MessageView => ({
  seq,
  message_id: `om_${seq}`,
  chat: 'B',
  chat_id: 'oc_b',
  position: seq,
  from: 'B.secretary',
  type: 'text',
  text: `第${seq}条`,
  card: null,
  buttons: [],
  reply_to: null,
  quote: null,
  thread_id: null,
  thread: null,
  created_at: '2026-11-24T10:00:00+08:00',
  updated_at: '2026-11-24T10:00:00+08:00',
  version: 1,
  edited: false,
  recalled: false,
  uuid: null,
  files: [],
  urgent: [],
  reactions: [],
  change: seq,
  ...more,
});

export const messagesOf = (from: number, to: number): MessageView[] =>
  Array.from({ length: to - from + 1 }, (_, index) => messageOf(from + index));
