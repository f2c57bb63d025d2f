import Router from '@koa/router';
import Koa, { type Context, type Next } from 'koa';
import { described, type WebLog } from './log.ts';
import { refuse } from './refuse.ts';
import { createWebhook, type WebhookPorts } from './webhook.ts';

export type WebPorts = WebhookPorts & {
  /** Whether events can be taken now: database reachable, not shutting down. */
  readonly ready: () => boolean | Promise<boolean>;
};

/** The bot's HTTP side: the webhook and two health routes, and nothing else. */
export function createWebApp(ports: WebPorts): Koa {
  const app = new Koa({ proxy: false });
  const router = createRoutes(ports);
  app.use(guard(ports.log));
  app.use(router.routes());
  // What goes wrong after the reply has begun: mostly clients that went away.
  app.on('error', (error) => ports.log.debug({ event: 'web.reply_lost', error: described(error) }));
  return app;
}

function createRoutes(ports: WebPorts): Router {
  const router = new Router({ strict: true, sensitive: true });
  router.post('/feishu/webhook', createWebhook(ports));
  router.get('/healthz', (ctx) => {
    ctx.body = { ok: true };
  });
  router.get('/readyz', async (ctx) => {
    const ok = await isReady(ports);
    ctx.body = { ok };
    ctx.status = ok ? 200 : 503;
  });
  return router;
}

async function isReady({ ready, log }: WebPorts): Promise<boolean> {
  try {
    return await ready();
  } catch (error) {
    log.warn({ event: 'ready.failed', error: described(error) });
    return false;
  }
}

const METHODS = new Map([
  ['/feishu/webhook', ['POST']],
  ['/healthz', ['GET', 'HEAD']],
  ['/readyz', ['GET', 'HEAD']],
]);

/** Unknown paths and methods never reach a handler, and no error reaches the client. */
function guard(log: WebLog): (ctx: Context, next: Next) => Promise<void> {
  return async (ctx, next) => {
    try {
      const methods = METHODS.get(pathOf(ctx.req.url));
      if (!methods) return refuse(ctx, 404);
      if (methods.includes(ctx.method)) return await next();
      ctx.set('Allow', methods.join(', '));
      refuse(ctx, 405);
    } catch (error) {
      log.error({ event: 'web.failed', error: described(error) });
      refuse(ctx, 500);
    }
  };
}

/** The path as sent: no decoding, no other form of address, so that nothing can be read in two ways. */
function pathOf(url = ''): string {
  return url.split('?', 1)[0] ?? '';
}
