import type { Router } from '@koa/router';
import { z } from 'zod';
import { indexFrom } from '../core/lists.ts';
import type { StoredMessage } from '../core/records.ts';
import type { Sandbox } from '../core/sandbox.ts';
import { controlQuery, goneSignal } from '../http/body.ts';
import type { MessageList } from '../wire.ts';
import { viewChats } from './chat-view.ts';
import { chatBy, messageBy } from './lookup.ts';
import { viewMessage } from './view.ts';

const cursor = z.coerce.number().int().min(0);
const filterSchema = z.object({
  after: cursor.optional(),
  before: cursor.optional(),
  /** The first so many after `after`, else the last so many. */
  limit: z.coerce.number().int().min(1).max(1000).optional(),
  /** Messages that are new or changed since this value of `changed`. */
  changed_after: cursor.optional(),
  chat: z.string().optional(),
  thread: z.string().optional(),
  main: z.stringbool().default(false),
  from: z.string().optional(),
  wait: z.coerce.number().int().min(0).max(60_000).default(0),
});

type Filter = z.output<typeof filterSchema>;

/** Chats, and the messages in them. */
export function messageRoutes(router: Router, sandbox: Sandbox): void {
  router.get('/sandbox/messages', async (ctx) => {
    ctx.body = await listMessages(sandbox, controlQuery(ctx, filterSchema), goneSignal(ctx));
  });
  router.get('/sandbox/messages/:message_id', (ctx) => {
    ctx.body = viewMessage(sandbox, messageBy(sandbox, ctx.params.message_id ?? ''));
  });
  router.get('/sandbox/chats', (ctx) => {
    ctx.body = { items: viewChats(sandbox), changed: sandbox.state.messages.change };
  });
  router.get('/sandbox/chats/:id/messages', async (ctx) => {
    const filter = controlQuery(ctx, filterSchema);
    ctx.body = await listMessages(sandbox, { ...filter, chat: ctx.params.id ?? '' }, goneSignal(ctx));
  });
}

/** Lists messages; with `wait`, as soon as there is one, or an empty list when the time is up. */
async function listMessages(sandbox: Sandbox, filter: Filter, gone: AbortSignal): Promise<MessageList> {
  const { messages } = sandbox.state;
  const chatId = filter.chat === undefined ? null : chatBy(sandbox, filter.chat).id;
  let found = select(sandbox, filter, chatId);
  const ready = (): boolean => {
    if (found.length === 0) found = select(sandbox, filter, chatId);
    return found.length > 0;
  };
  if (filter.wait > 0) await messages.changed.until(ready, filter.wait, gone, filter.wait);
  const items = found.map((message) => viewMessage(sandbox, message));
  return { items, last: messages.all.length, changed: messages.change };
}

/** Looks at no more messages than it has to: a chat may hold many thousands. */
function select(sandbox: Sandbox, filter: Filter, chatId: string | null): StoredMessage[] {
  const { after, before, limit = Number.POSITIVE_INFINITY } = filter;
  const source = sourceOf(sandbox, filter, chatId);
  const begin = indexFrom(source, (after ?? 0) + 1);
  const end = before === undefined ? source.length : indexFrom(source, before);
  const forwards = after !== undefined;
  const fits = fitting(sandbox, filter, chatId);
  const found: StoredMessage[] = [];
  for (let step = 0; step < end - begin && found.length < limit; step += 1) {
    const message = source[forwards ? begin + step : end - 1 - step];
    if (message && fits(message)) found.push(message);
  }
  return forwards ? found : found.reverse();
}

function sourceOf({ state }: Sandbox, filter: Filter, chatId: string | null): readonly StoredMessage[] {
  const { messages } = state;
  if (filter.changed_after !== undefined) return messages.changesAfter(filter.changed_after).messages;
  if (filter.thread !== undefined) return messages.inThread(filter.thread);
  return chatId === null ? messages.all : messages.inChat(chatId);
}

type Fits = (message: StoredMessage) => boolean;

function fitting({ directory, state }: Sandbox, { from, thread, main }: Filter, chatId: string | null): Fits {
  const author = from === undefined ? from : (directory.person(from)?.key ?? from);
  return (message) =>
    (chatId === null || message.chatId === chatId) &&
    (thread === undefined || message.threadId === thread) &&
    !(main && state.messages.isInside(message)) &&
    (author === undefined || message.from === author || (author === 'person' && message.from !== 'bot'));
}
