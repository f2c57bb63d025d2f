import { z } from 'zod';
import type { CardClick } from '../ports/click.ts';
import type { InboxRow } from '../ports/store.ts';

const facts = z.record(z.string(), z.unknown());
const click = z.object({
  eventId: z.string(),
  operator: z.string(),
  messageId: z.string(),
  chatId: z.string(),
  name: z
    .string()
    .nullish()
    .transform((name) => name ?? null),
  value: facts,
  form: facts,
});

/** The click an inbox row holds; null when the row is not one. */
export const readStoredClick = (row: InboxRow): CardClick | null =>
  row.type === 'card.action.trigger' ? (click.safeParse(row.body).data ?? null) : null;
