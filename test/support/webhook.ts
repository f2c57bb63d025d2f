import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { createBatcher } from '../../src/engine/inbox/batcher.ts';
import { createIngress, type IngressOptions } from '../../src/feishu/ingress/index.ts';
import type { CardClick, ClickReply } from '../../src/ports/click.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Admission, InboundEvent, InboxWriter } from '../../src/ports/inbox.ts';
import { createWebApp } from '../../src/web/app.ts';
import { createWebServer } from '../../src/web/server.ts';
import { app, message, push, type Signed } from './signer.ts';

/** The instant at which all of these tests happen. */
export const now = Date.parse('2026-11-24T10:00:00+08:00');
export const clock: Clock = { now: () => new Date(now), elapsed: () => now, flows: () => true };

export type Memory = InboxWriter & { rows: InboundEvent[]; batches: number[]; fail: Error | null };

/** An inbox in memory that knows what the real one knows: ids and message ids. */
export function createMemory(): Memory {
  const known = new Set<string>();
  const admit = (event: InboundEvent): Admission => {
    const keys = [event.eventId, ...(event.messageId === null ? [] : [event.messageId])];
    if (keys.some((key) => known.has(key))) return 'known';
    for (const key of keys) known.add(key);
    memory.rows.push(event);
    return 'stored';
  };
  const memory: Memory = {
    rows: [],
    batches: [],
    fail: null,
    async insertMany(events) {
      memory.batches.push(events.length);
      await new Promise((resolve) => setTimeout(resolve, 2));
      if (memory.fail) throw memory.fail;
      return events.map(admit);
    },
  };
  return memory;
}

export type Harness = Awaited<ReturnType<typeof startWebhook>>;
type Options = {
  ingress?: Partial<IngressOptions>;
  click?: (click: CardClick) => Promise<ClickReply>;
  ready?: () => boolean | Promise<boolean>;
};

/** The real Koa app on a free port of the loopback, with everything it logs. */
export async function startWebhook(options: Options = {}) {
  const logged: string[] = [];
  const sink = new Writable({ write: (chunk, _encoding, done) => done(void logged.push(String(chunk))) });
  const memory = createMemory();
  const clicks: CardClick[] = [];
  const koa = createWebApp({
    ingress: createIngress({
      encryptKeys: [app.encryptKey],
      verificationToken: app.token,
      appId: app.appId,
      clock,
      ...options.ingress,
    }),
    admit: createBatcher(memory, clock),
    click: async (click) => {
      clicks.push(click);
      return options.click ? options.click(click) : {};
    },
    ready: options.ready ?? (() => true),
    log: pino({ level: 'debug' }, sink),
  });
  const server = createWebServer(koa).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    port,
    memory,
    clicks,
    logged,
    post: (signed: Signed, path = '/feishu/webhook') =>
      fetch(url + path, { method: 'POST', body: signed.body, headers: signed.headers }),
    /** Proves that the server still takes a good event: the control beside every refusal. */
    async stillWorks(): Promise<boolean> {
      const before = memory.rows.length;
      const signed = push(message(), { at: now });
      const reply = await fetch(`${url}/feishu/webhook`, {
        method: 'POST',
        body: signed.body,
        headers: signed.headers,
      });
      return reply.status === 200 && memory.rows.length === before + 1;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Writes bytes as they are and reads until the other side closes, or until `enough` of the answer is there. */
export async function raw(port: number, parts: readonly (string | Buffer)[], enough: RegExp = /$^/, waitMs = 3_000) {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  const done = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, waitMs);
    const finish = () => {
      clearTimeout(timer);
      resolve();
    };
    socket.on('data', (chunk) => {
      answer += chunk;
      if (enough.test(answer)) finish();
    });
    socket.on('close', finish).on('error', finish);
  });
  await once(socket, 'connect');
  for (const part of parts) {
    if (socket.destroyed) break;
    socket.write(part);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await done;
  socket.destroy();
  return answer;
}

/** The head of a raw POST to the webhook. */
export function head(headers: Record<string, string>, line = 'POST /feishu/webhook HTTP/1.1'): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [line, 'Host: 127.0.0.1', ...lines, '', ''].join('\r\n');
}
