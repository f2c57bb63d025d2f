import type { Router } from '@koa/router';
import { z } from 'zod';
import { ControlFault } from '../core/fault.ts';
import { faultSchema } from '../core/faults.ts';
import type { Sandbox } from '../core/sandbox.ts';
import type { Delivery } from '../core/state.ts';
import { toIso } from '../core/time.ts';
import type { Chat } from '../core/world.ts';
import { verifyWebhook } from '../events/verify.ts';
import { controlBody, controlQuery, goneSignal } from '../http/body.ts';
import { chatBy } from './lookup.ts';
import { type MessageView, viewMessage } from './view.ts';

const cursor = z.coerce.number().int().min(0);
const afterSchema = z.object({ after: cursor.default(0) });
const messagesSchema = z.object({
  after: cursor.default(0),
  /** Instead of `after`: messages that are new or changed since this value of `changed`. */
  changed_after: cursor.optional(),
  chat: z.string().optional(),
  from: z.string().optional(),
  wait: z.coerce.number().int().min(0).max(60_000).default(0),
});
const redeliverSchema = z.object({
  times: z.number().int().min(1).max(1000).default(1),
  parallel: z.boolean().default(false),
  fresh_event_id: z.boolean().default(false),
});
const appSchema = z.strictObject({
  webhook: z.string().optional(),
  group_messages: z.enum(['mention', 'all']).optional(),
});

/** What happened, and what is set up. */
export function readingRoutes(router: Router, sandbox: Sandbox): void {
  messageRoutes(router, sandbox);
  logRoutes(router, sandbox);
  setupRoutes(router, sandbox);
}

function messageRoutes(router: Router, sandbox: Sandbox): void {
  router.get('/sandbox/messages', async (ctx) => {
    ctx.body = await listMessages(sandbox, controlQuery(ctx, messagesSchema), goneSignal(ctx));
  });
  router.get('/sandbox/chats', (ctx) => {
    ctx.body = { items: chatList(sandbox) };
  });
  router.get('/sandbox/chats/:id/messages', async (ctx) => {
    const query = controlQuery(ctx, messagesSchema);
    ctx.body = await listMessages(sandbox, { ...query, chat: ctx.params.id ?? '' }, goneSignal(ctx));
  });
}

type MessagesQuery = z.output<typeof messagesSchema>;

/** Lists messages; with `wait`, as soon as there is one, or an empty list when the time is up. */
async function listMessages(sandbox: Sandbox, query: MessagesQuery, gone: AbortSignal): Promise<object> {
  const { messages } = sandbox.state;
  const chatId = query.chat === undefined ? null : chatBy(sandbox, query.chat).id;
  const from = query.from;
  const fits = (author: string): boolean => {
    if (from === undefined) return true;
    return from === 'person' ? author !== 'bot' : author === (sandbox.directory.person(from)?.key ?? from);
  };
  const select = (): MessageView[] => {
    const { changed_after: since, after } = query;
    const source = since === undefined && chatId === null ? messages.all.slice(after) : messages.all;
    return source
      .filter((message) => (since === undefined ? message.seq > after : messages.changeOf(message) > since))
      .filter((message) => (chatId === null || message.chatId === chatId) && fits(message.from))
      .map((message) => viewMessage(sandbox, message));
  };
  let items = select();
  const ready = (): boolean => {
    if (items.length === 0) items = select();
    return items.length > 0;
  };
  if (query.wait > 0) await messages.changed.until(ready, query.wait, gone, query.wait);
  return { items, last: messages.all.length, changed: messages.change };
}

/** All groups, and the private chats in which something was said. */
function chatList(sandbox: Sandbox): object[] {
  const { directory, state } = sandbox;
  const spoken = directory.people
    .map((person) => directory.p2pOf(person))
    .filter(({ id }) => state.messages.inChat(id).length > 0);
  return [...directory.groups, ...spoken].map((chat) => chatView(sandbox, chat));
}

function chatView(sandbox: Sandbox, { key, id, name, kind, members, bot }: Chat): object {
  const messages = sandbox.state.messages.inChat(id);
  return {
    chat: key,
    chat_id: id,
    name,
    type: kind,
    members: [...members],
    bot,
    messages: messages.length,
    last: messages.at(-1)?.seq ?? 0,
  };
}

function logRoutes(router: Router, sandbox: Sandbox): void {
  const { state, deliveries } = sandbox;
  router.get('/sandbox/calls', (ctx) => {
    const { after } = controlQuery(ctx, afterSchema);
    const items = state.calls.filter(({ seq }) => seq > after).map((call) => ({ ...call, at: toIso(call.at) }));
    ctx.body = { items, last: state.calls.at(-1)?.seq ?? 0 };
  });
  router.get('/sandbox/deliveries', (ctx) => {
    const { after } = controlQuery(ctx, afterSchema);
    const all = [...state.deliveries.values()];
    ctx.body = { items: all.filter(({ seq }) => seq > after).map(deliveryView), last: all.at(-1)?.seq ?? 0 };
  });
  router.post('/sandbox/events/:event_id/redeliver', async (ctx) => {
    const { times, parallel, fresh_event_id: fresh } = await controlBody(ctx, redeliverSchema);
    const delivery = state.deliveries.get(ctx.params.event_id ?? '');
    if (!delivery) throw new ControlFault(404, `there is no event ${ctx.params.event_id}`);
    const once = async (): Promise<object> => {
      const target = fresh ? deliveries.copy(delivery) : delivery;
      const { status, ms } = await deliveries.redeliver(target);
      return { status, ms, event_id: target.id };
    };
    ctx.body = {
      results: parallel ? await Promise.all(Array.from({ length: times }, once)) : await inTurn(times, once),
    };
  });
}

async function inTurn<T>(times: number, once: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let count = 0; count < times; count += 1) results.push(await once());
  return results;
}

function deliveryView({ seq, id, type, at, attempts, nextAt, open }: Delivery): object {
  return {
    seq,
    event_id: id,
    type,
    at: toIso(at),
    attempts: attempts.map((attempt) => ({ ...attempt, at: toIso(attempt.at) })),
    open,
    next_at: nextAt === null ? null : toIso(nextAt),
  };
}

function setupRoutes(router: Router, sandbox: Sandbox): void {
  const { faults, state, world } = sandbox;
  const appView = (): object => ({
    ...sandbox.app,
    webhook: sandbox.webhook,
    group_messages: state.groupMessages,
    bot: { name: sandbox.bot.name, open_id: sandbox.bot.openId },
  });
  router.get('/sandbox/app', (ctx) => {
    ctx.body = appView();
  });
  router.patch('/sandbox/app', async (ctx) => {
    const { webhook, group_messages } = await controlBody(ctx, appSchema);
    if (webhook !== undefined) changeWebhook(sandbox, webhook);
    if (group_messages) state.commit({ t: 'app', groupMessages: group_messages });
    ctx.body = appView();
  });
  router.post('/sandbox/app/verify', async (ctx) => {
    ctx.body = await verifyWebhook(sandbox);
  });
  router.get('/sandbox/faults', (ctx) => {
    ctx.body = { items: faults.list() };
  });
  router.post('/sandbox/faults', async (ctx) => {
    faults.add(await controlBody(ctx, faultSchema));
    ctx.body = { items: faults.list() };
  });
  router.delete('/sandbox/faults', (ctx) => {
    faults.clear();
    ctx.body = { items: [] };
  });
  router.get('/sandbox/world', (ctx) => {
    const tips = world.tips.map((tip) => (typeof tip === 'string' ? { text: tip } : tip));
    ctx.body = { tips, offDays: world.offDays, workDays: world.workDays, bot: sandbox.bot.name };
  });
}

function changeWebhook(sandbox: Sandbox, webhook: string): void {
  try {
    sandbox.setWebhook(webhook);
  } catch (error) {
    throw new ControlFault(400, error instanceof Error ? error.message : 'malformed webhook');
  }
}
