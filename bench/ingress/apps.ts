import { adaptKoa, EventDispatcher, LoggerLevel } from '@larksuiteoapi/node-sdk';
import Koa from 'koa';
import { pino } from 'pino';
import { createBatcher } from '../../src/engine/inbox/batcher.ts';
import { createIngress } from '../../src/feishu/ingress/index.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Admission, InboundEvent, InboxWriter } from '../../src/ports/inbox.ts';
import { createWebApp } from '../../src/web/app.ts';
import { app } from './app.ts';

const clock: Clock = { now: () => new Date(), elapsed: () => performance.now(), flows: () => true };

/** What Koa costs when the body is read and nothing is done with it. */
export function bareKoa(): Koa {
  return new Koa().use(async (ctx) => {
    for await (const _ of ctx.req);
    ctx.body = {};
  });
}

/** The SDK's own webhook, set up as its documents say, with a handler that does nothing. */
export function sdkAdapter(): Koa {
  const dispatcher = new EventDispatcher({
    encryptKey: app.encryptKey,
    verificationToken: app.token,
    loggerLevel: LoggerLevel.error,
  }).register({ 'im.message.receive_v1': async () => ({}) });
  return new Koa().use(adaptKoa(app.path, dispatcher, { autoChallenge: true }));
}

/** The whole of this project's intake over some inbox. */
export function own(writer: InboxWriter, how: 'batched' | 'unbatched'): Koa {
  return createWebApp({
    ingress: createIngress({
      encryptKeys: [app.encryptKey],
      verificationToken: app.token,
      appId: app.appId,
      clock,
    }),
    admit: how === 'batched' ? createBatcher(writer, clock) : (event) => admitAlone(writer, event),
    click: async () => ({}),
    ready: () => true,
    log: pino({ level: 'info' }, pino.destination(2)),
  });
}

/** An inbox that forgets everything but what it has seen. */
export function volatileInbox(): InboxWriter {
  const seen = new Set<string>();
  return {
    async insertMany(events) {
      return events.map(({ eventId }) => {
        if (seen.has(eventId)) return 'known';
        seen.add(eventId);
        return 'stored';
      });
    },
  };
}

async function admitAlone(writer: InboxWriter, event: InboundEvent): Promise<Admission> {
  const [fate] = await writer.insertMany([event], clock.now());
  if (fate === 'stored' || fate === 'known') return fate;
  throw fate ?? new Error('no answer');
}
