import type { Values } from './fields.ts';

/**
 * What a person put into the fields of a card, and what of it went to the bot.
 * It stays through updates of the card; only what was sent gives way to the next version, which shows what the bot made of it.
 */
export interface Draft {
  typed: Values;
  sent: { values: Values; version: number } | null;
}

export const untouched: Draft = { typed: {}, sent: null };

/** What still stands over the card's own values in this version of the card. */
export function standing({ typed, sent }: Draft, version: number): Values {
  if (!sent || version <= sent.version) return typed;
  return Object.fromEntries(Object.entries(typed).filter(([name, value]) => value !== sent.values[name]));
}

export const typeIn = (draft: Draft, version: number, name: string, value: unknown): Draft => ({
  typed: { ...standing(draft, version), [name]: value },
  sent: draft.sent?.version === version ? draft.sent : null,
});

export function markSent(draft: Draft, version: number): Draft {
  const typed = standing(draft, version);
  return { typed, sent: { values: typed, version } };
}

/** It was not taken: it stands over the next version too. */
export const takeBack = ({ typed }: Draft): Draft => ({ typed, sent: null });
