/** A click on a card, verified and parsed; the value is what the client sent and is not to be trusted. */
export type CardClick = {
  readonly eventId: string;
  readonly operator: string;
  readonly messageId: string;
  readonly chatId: string;
  readonly name: string | null;
  readonly value: Record<string, unknown>;
  readonly form: Record<string, unknown>;
};

export type ClickReply = {
  readonly toast?: { readonly type: 'success' | 'info' | 'warning' | 'error'; readonly content: string };
  readonly card?: { readonly type: 'raw'; readonly data: Record<string, unknown> };
};

/** Answers a click within 2.5 s; never throws for a user's mistake. */
export type ClickHandler = (click: CardClick) => Promise<ClickReply>;
