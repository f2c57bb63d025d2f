import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Router } from '@koa/router';
import Koa, { type Context, type Next } from 'koa';
import { apiRouter } from '../api/gate.ts';
import { feedRoutes } from '../control/feed.ts';
import { fileRoutes } from '../control/files.ts';
import { logRoutes } from '../control/logs.ts';
import { messageRoutes } from '../control/messages.ts';
import { peopleRoutes } from '../control/people.ts';
import { setupRoutes } from '../control/setup.ts';
import { timingRoutes } from '../control/timing.ts';
import { ControlFault } from '../core/fault.ts';
import type { Sandbox } from '../core/sandbox.ts';
import { localOnly } from './local-only.ts';
import { pageRoutes } from './page.ts';

const ROUTES = [peopleRoutes, messageRoutes, fileRoutes, logRoutes, setupRoutes, timingRoutes, feedRoutes, pageRoutes];

async function withFaults(ctx: Context, next: Next): Promise<void> {
  try {
    await next();
    if (ctx.status !== 404 || ctx.body !== undefined) return;
    throw new ControlFault(404, `unknown path: ${ctx.method} ${ctx.path}`);
  } catch (error) {
    if (!(error instanceof ControlFault)) throw error;
    ctx.status = error.http;
    ctx.body = { code: error.http, msg: error.message };
  }
}

function createApp(sandbox: Sandbox): Koa {
  const app = new Koa();
  const control = new Router();
  for (const addTo of ROUTES) addTo(control, sandbox);
  app.use(localOnly);
  app.use(withFaults);
  app.use(apiRouter(sandbox).routes());
  app.use(control.routes());
  app.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE')
      process.stderr.write(`sandbox: ${error.stack ?? error}\n`);
  });
  return app;
}

export interface RunningServer {
  url: string;
  close(): Promise<void>;
}

/** Listens on the loopback address; with `nextFree` a taken port leads to the one after it. */
export async function listen(sandbox: Sandbox, port: number, nextFree: boolean): Promise<RunningServer> {
  const server = createServer(createApp(sandbox).callback());
  // Longer than any client keeps an idle connection, else a reused one may be cut at the wrong moment.
  server.keepAliveTimeout = 75_000;
  await bind(server, port, nextFree ? port + 100 : port);
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bind(server: Server, port: number, last: number): Promise<void> {
  for (let candidate = port; ; candidate += 1) {
    const taken = await tryBind(server, candidate);
    if (taken === null) return;
    if (taken.code !== 'EADDRINUSE' || candidate >= last) throw taken;
  }
}

function tryBind(server: Server, port: number): Promise<NodeJS.ErrnoException | null> {
  return new Promise((resolve) => {
    const failed = (error: NodeJS.ErrnoException): void => resolve(error);
    server.once('error', failed);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', failed);
      resolve(null);
    });
  });
}
