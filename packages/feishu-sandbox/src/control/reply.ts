import { z } from 'zod';
import { showCard, unfit } from '../cards/replace.ts';
import { isObject, parseCard } from '../cards/tree.ts';
import type { StoredMessage } from '../core/records.ts';
import type { Sandbox } from '../core/sandbox.ts';
import type { PostResult } from '../events/post.ts';
import type { Clicked } from '../wire.ts';

const toastSchema = z.looseObject({
  type: z.enum(['success', 'info', 'warning', 'error']).default('info'),
  content: z.string().optional(),
  i18n: z.looseObject({ zh_cn: z.string().optional() }).optional(),
});
const replySchema = z.looseObject({
  toast: toastSchema.optional(),
  card: z.looseObject({ type: z.string(), data: z.unknown() }).optional(),
});

type Outcome = Pick<Clicked, 'toast' | 'card' | 'code'>;
const failure = (code: number): Outcome => ({ toast: null, card: null, code });

/** What the client makes of the bot's answer to a click. */
export function readReply(
  sandbox: Sandbox,
  message: StoredMessage,
  answer: PostResult,
): Omit<Clicked, 'event_id' | 'url'> {
  const { status, ms } = answer;
  return {
    status,
    ms,
    ...(answer.status === 200 ? apply(sandbox, message, answer.body) : failure(failureCode(answer))),
  };
}

function failureCode({ error, status }: PostResult): number {
  if (error === 'unset') return 200340;
  if (error === 'timeout') return 200341;
  if (error === 'dns') return 200343;
  return status === 0 ? 200342 : 200671;
}

function apply(sandbox: Sandbox, message: StoredMessage, body: string): Outcome {
  const reply = replySchema.safeParse(parseCard(body));
  if (!reply.success) return failure(200672);
  const { toast, card } = reply.data;
  if (card) {
    const code = replaceCard(sandbox, message, card);
    if (code !== null) return failure(code);
  }
  const content = toast?.content ?? toast?.i18n?.zh_cn;
  const shown = toast && content !== undefined ? { type: toast.type, content } : null;
  return { toast: shown, card: card ? 'updated' : null, code: null };
}

function replaceCard(sandbox: Sandbox, message: StoredMessage, card: { type: string; data?: unknown }): number | null {
  if (card.type !== 'raw') return 200673;
  const data: unknown = typeof card.data === 'string' ? parseCard(card.data) : card.data;
  if (!isObject(data)) return 200673;
  const content = JSON.stringify(data);
  const why = unfit(sandbox, content);
  if (why !== null) return why === 'old' ? 200830 : 200673;
  if (!message.recalledAt) showCard(sandbox, message, content);
  return null;
}
