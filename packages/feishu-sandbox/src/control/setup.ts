import type { Router } from '@koa/router';
import { z } from 'zod';
import { ControlFault } from '../core/fault.ts';
import { faultSchema } from '../core/faults.ts';
import type { Sandbox } from '../core/sandbox.ts';
import { verifyWebhook } from '../events/verify.ts';
import { controlBody } from '../http/body.ts';
import type { AppChange, AppView, WorldView } from '../wire.ts';

const appSchema = z.strictObject({
  webhook: z.string().optional(),
  group_messages: z.enum(['mention', 'all']).optional(),
  json: z.enum(['compact', 'spaced']).optional(),
}) satisfies z.ZodType<unknown, AppChange>;

/** What is set up: the app, the world, and faults that wait for their moment. */
export function setupRoutes(router: Router, sandbox: Sandbox): void {
  const { faults } = sandbox;
  router.get('/sandbox/app', (ctx) => {
    ctx.body = viewApp(sandbox);
  });
  router.patch('/sandbox/app', async (ctx) => {
    changeApp(sandbox, await controlBody(ctx, appSchema));
    ctx.body = viewApp(sandbox);
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
    ctx.body = viewWorld(sandbox);
  });
}

const viewBot = ({ bot }: Sandbox): WorldView['bot'] => ({ name: bot.name, open_id: bot.openId });

function viewApp(sandbox: Sandbox): AppView {
  const { app, webhook, state } = sandbox;
  return { ...app, webhook, group_messages: state.groupMessages, json: state.json, bot: viewBot(sandbox) };
}

function changeApp(sandbox: Sandbox, { webhook, group_messages, json }: z.output<typeof appSchema>): void {
  if (webhook !== undefined) changeWebhook(sandbox, webhook);
  if (group_messages === undefined && json === undefined) return;
  const { state } = sandbox;
  state.commit({ t: 'app', groupMessages: group_messages ?? state.groupMessages, json: json ?? state.json });
}

function changeWebhook(sandbox: Sandbox, webhook: string): void {
  try {
    sandbox.setWebhook(webhook);
  } catch (error) {
    throw new ControlFault(400, error instanceof Error ? error.message : 'malformed webhook');
  }
}

function viewWorld(sandbox: Sandbox): WorldView {
  const { tips, commands, offDays, workDays } = sandbox.world;
  const shown = commands.map(({ text, label }) => ({ text, label }));
  return { bot: viewBot(sandbox), tips, commands: shown, offDays, workDays };
}
