import type { MessageView } from 'feishu-sandbox';

/** A message of the bot with what an eye sees first. */
export type Card = MessageView & { readonly kind: string | null; readonly title: string };

export type Speech = {
  readonly as: string;
  readonly text?: string;
  readonly chat?: string;
  readonly mention?: boolean;
  readonly reply_to?: string;
  readonly files?: { name: string; base64: string }[];
};
export type Said = {
  readonly message_id: string;
  readonly event_id: string | null;
  readonly status: number | null;
  readonly cards: readonly Card[];
};

/** Every collection with all its rows. */
export type Dump = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
