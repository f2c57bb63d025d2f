import type { Recipient } from '../domain/rows.ts';

/** What became of a call to Feishu (feishu.md §3.6): the only place that knows codes is the feishu room. */
export type Outcome =
  | { readonly result: 'sent'; readonly messageId: string; readonly chatId: string | null }
  /** Feishu said not now; nothing was done. */
  | { readonly result: 'later'; readonly afterMs: number; readonly scope: 'chat' | 'all' }
  /** Feishu said no for good (recalled, not in the group, too old …). */
  | { readonly result: 'refused'; readonly code: number }
  /** A code nobody has classified, or one that needs a person. */
  | { readonly result: 'puzzling'; readonly code: number }
  /** No answer: it may or may not have happened; only the same uuid may be tried again. */
  | { readonly result: 'unknown' };

/** Where a message may have gone: its chat, and the message that it answers, which may lie in a topic. */
export type Place = { readonly chatId: string; readonly answered: string | null };

export type Messenger = {
  send(to: Recipient, content: string, uuid: string): Promise<Outcome>;
  reply(messageId: string, content: string, uuid: string): Promise<Outcome>;
  patch(messageId: string, content: string): Promise<Outcome>;
  /** Looks through a chat's messages since an instant, and the topic of an answered one, for a card that shows this short code. */
  findByCode(place: Place, code: string, since: Date): Promise<{ messageId: string } | null | 'unknown'>;
  /** The bot's own open_id, learned once. */
  botOpenId(): Promise<string>;
};
