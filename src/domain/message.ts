import type { OutboxRow } from './rows.ts';

type Said = Pick<OutboxRow, '_id' | 'cause' | 'to' | 'kind' | 'at' | 'seq'>;

/** A message that waits to be sent: nobody has tried it, nothing is fixed but what is said here. */
export const newMessage = (row: Said & Partial<OutboxRow>): OutboxRow => ({
  revision: 0,
  target: null,
  content: null,
  items: [],
  duties: [],
  draft: null,
  record: null,
  state: 'waiting',
  uuid: null,
  messageId: null,
  chatId: null,
  tries: 0,
  triedAt: null,
  sentAt: null,
  note: null,
  ...row,
});
