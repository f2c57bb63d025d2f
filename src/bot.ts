import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { commands } from '../commands/index.ts';
import { jobs } from '../jobs/index.ts';
import { createBatcher } from './engine/inbox/batcher.ts';
import { createClickHandler } from './engine/inbox/clicks.ts';
import { createInboxWorker } from './engine/inbox/worker.ts';
import { createJobRunner } from './engine/jobs/runner.ts';
import { createDelivery } from './engine/outbox/deliver.ts';
import { createDispatcher } from './engine/outbox/dispatcher.ts';
import { createRenderReminder } from './engine/outbox/render-reminder.ts';
import { stamp, stopwatch } from './engine/stopwatch.ts';
import { createMessenger } from './feishu/client.ts';
import { createIngress } from './feishu/ingress/index.ts';
import { hear } from './feishu/normalise.ts';
import { readStoredClick } from './feishu/stored-click.ts';
import type { Clock } from './ports/clock.ts';
import type { InboundEvent } from './ports/inbox.ts';
import type { Log } from './ports/log.ts';
import type { Store } from './ports/store.ts';
import { createDecider } from './router/decide.ts';
import { createRegistry } from './router/registry.ts';
import type { Rules } from './router/request.ts';
import { createWebApp } from './web/app.ts';
import type { WebLog } from './web/log.ts';
import { createWebServer } from './web/server.ts';

export type BotOptions = {
  readonly store: Store;
  readonly clock: Clock;
  readonly rules: Rules;
  readonly feishu: {
    readonly appId: string;
    readonly appSecret: string;
    readonly encryptKeys: readonly string[];
    readonly verificationToken: string;
    readonly domain: string;
  };
  readonly administrators: readonly string[];
  readonly log: Log & WebLog;
};

export type Bot = {
  /** Listens; rejects with EADDRINUSE when the port is taken. */
  listen(port: number, host: string): Promise<number>;
  /** Does what is due at this business instant, and answers when it wants to be woken next. */
  settle(): Promise<Date | null>;
  tick(): Promise<void>;
  stop(): Promise<void>;
};

/** Puts the rooms together; everything that runs is made here and nowhere else. */
export const createBot = ({ store, clock, rules, feishu, administrators, log }: BotOptions): Bot => {
  const owner = randomUUID();
  const messenger = createMessenger({ ...feishu, clock });
  const stopping = new AbortController();
  const render = createRenderReminder({ store, ...rules, clock });
  const deliver = createDelivery({ outbox: store.outbox, messenger, render, clock, log });
  const dispatcher = createDispatcher({
    leases: store.leases,
    outbox: store.outbox,
    deliver,
    owner,
    clock,
    stopwatch,
    log,
  });

  /** Asked for until it is known: without it the bot cannot tell whether it is meant. */
  const identity = (async () => {
    while (!stopping.signal.aborted) {
      const id = await messenger.botOpenId().catch(() => null);
      if (id !== null) return id;
      await stopwatch.sleep(500, stopping.signal);
    }
    return '';
  })();

  const decider = createDecider({
    registry: createRegistry(commands),
    store,
    rules,
    administrators,
    clock,
    stamp,
    hear: async (row) => hear(row, await identity),
    readClick: readStoredClick,
  });
  const worker = createInboxWorker({
    store,
    owner,
    clock,
    stopwatch,
    log,
    applied: dispatcher.wake,
    decide: decider.decide,
    mourn: decider.mourn,
  });
  const batch = createBatcher(store.inbox, clock);
  const admit = async (event: InboundEvent) => {
    const admission = await batch(event);
    worker.notify(event.lane);
    return admission;
  };
  const runner = createJobRunner({
    jobs,
    occurrences: store.occurrences,
    leases: store.leases,
    owner,
    zone: rules.zone,
    stopwatch,
    log,
    ports: { store, pack: rules.pack, calendar: rules.calendar, zone: rules.zone, stamp },
  });
  const click = createClickHandler({ admit, worker, store, clock, stopwatch });
  const ingress = createIngress({ ...feishu, clock });
  const app = createWebApp({ ingress, admit, click, log, ready: () => !stopping.signal.aborted && store.ping() });
  const server = createWebServer(app);

  const tick = async () => {
    await runner.tick(clock.now());
    dispatcher.wake();
  };
  const earliest = (a: Date | null, b: Date | null) => (a && b ? (a < b ? a : b) : (a ?? b));

  return {
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
      }),
    tick,
    settle: async () => {
      const now = clock.now();
      await tick();
      await worker.idle();
      return earliest(runner.next(now), await dispatcher.drained());
    },
    stop: async () => {
      stopping.abort();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      await Promise.all([closed, runner.stop()]);
      await worker.stop();
      await dispatcher.stop();
      await store.close();
    },
  };
};
