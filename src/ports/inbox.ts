/** One event of Feishu as the webhook hands it on: verified, decrypted, parsed, not yet understood. */
export type InboundEvent = {
  readonly eventId: string;
  readonly type: string;
  /** Set for received messages only: the same message may come under several event ids. */
  readonly messageId: string | null;
  /** What is handled in order: the chat, or the event itself where there is none. */
  readonly lane: string;
  /** Milliseconds since the epoch, by Feishu's clock. */
  readonly createTime: number;
  readonly body: Record<string, unknown>;
};

/** `stored`: durable now. `known`: it, or the same message, was durable already. Throws when the database is away. */
export type Admission = 'stored' | 'known';

export type InboxWriter = {
  /** Inserts many at once, unordered; answers each by its own fate, in order. */
  insertMany(events: readonly InboundEvent[], receivedAt: Date): Promise<readonly (Admission | Error)[]>;
};
