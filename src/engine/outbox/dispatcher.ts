import type { OutboxRow } from '../../domain/rows.ts';
import { describeError } from '../../errors.ts';
import type { Clock, Stopwatch } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Leases, OutboxStore } from '../../ports/store.ts';
import { type HeldLease, holdLease } from '../lease.ts';
import { backoffMs } from '../stopwatch.ts';
import type { Delivery } from './deliver.ts';
import { createGovernor, type Governor } from './governor.ts';

export type DispatcherOptions = {
  readonly leases: Leases;
  readonly outbox: OutboxStore;
  readonly deliver: (row: OutboxRow) => Promise<Delivery>;
  readonly owner: string;
  readonly clock: Clock;
  readonly stopwatch: Stopwatch;
  readonly log: Log;
};

export type Dispatcher = {
  /** Something new may be due. */
  wake(): void;
  /** Resolves when nothing can be sent at this business instant; answers when something can be. */
  drained(): Promise<Date | null>;
  stop(): Promise<void>;
};

const leaseTtlMs = 6_000;
const pollMs = 200;
const inFlightLimit = 8;
const pageSize = 500;
const headsAtMost = 200;

/** The first row of each chat, in order: first in, first out, and a chat that waits holds nobody else up. */
const heads = (rows: readonly OutboxRow[]): readonly OutboxRow[] => {
  const seen = new Set<string>();
  return rows.filter((row) => !seen.has(row.to.id) && seen.add(row.to.id));
};

/** Sends what is due while it holds the one dispatching lease (design §2.6). */
export const createDispatcher = (options: DispatcherOptions): Dispatcher => {
  const { leases, outbox, deliver, owner, clock, stopwatch, log } = options;
  const stopping = new AbortController();
  const inFlight = new Map<string, Promise<void>>();
  const resting = new Map<string, { until: number; failures: number }>();
  let nudge = new AbortController();
  let paceMs = 0;
  let holding: HeldLease | null = null;
  const wake = () => nudge.abort();

  const rest = (chat: string, ms: number | null) => {
    const failures = (resting.get(chat)?.failures ?? 0) + 1;
    resting.set(chat, { until: stopwatch.now() + (ms ?? backoffMs(failures, 300, 30_000)), failures });
  };

  const attempt = async (row: OutboxRow, governor: Governor) => {
    const delivery = await deliver(row).catch((error: unknown): Delivery => {
      log.warn({ event: 'send.failed', ...describeError(error) }, 'a message will be tried again');
      return { next: 'hold-chat', ms: null };
    });
    if (delivery.next === 'go-on') resting.delete(row.to.id);
    if (delivery.next === 'hold-chat') rest(row.to.id, delivery.ms);
    if (delivery.next === 'hold-all') governor.hold(delivery.ms ?? 1_000);
  };

  /** The head of each chat; a chat with a long queue does not push the others off the page. */
  const headsDue = async (now: Date): Promise<readonly OutboxRow[]> => {
    const found: OutboxRow[] = [];
    for (;;) {
      const seen = found.map((row) => row.to.id);
      const page = await outbox.due(now, pageSize, seen);
      found.push(...heads(page));
      if (page.length < pageSize || found.length >= headsAtMost) return found;
    }
  };

  const launch = (row: OutboxRow, governor: Governor) => {
    const sending = attempt(row, governor).finally(() => {
      inFlight.delete(row.to.id);
      wake();
    });
    inFlight.set(row.to.id, sending);
  };

  /** Begins to send the head of each chat that may go; answers how many. A chat that hangs holds nobody else up. */
  const pass = async (held: HeldLease, governor: Governor): Promise<number> => {
    const due = await headsDue(clock.now());
    const before = inFlight.size;
    paceMs = 0;
    for (const row of due) {
      if (inFlight.size >= inFlightLimit || !held.held() || stopping.signal.aborted) break;
      if (inFlight.has(row.to.id)) continue;
      const restMs = (resting.get(row.to.id)?.until ?? 0) - stopwatch.now();
      const wait = restMs > 0 ? restMs : governor.admit(row.to.id);
      if (wait === 0) launch(row, governor);
      else paceMs = paceMs === 0 ? wait : Math.min(paceMs, wait);
    }
    return inFlight.size - before;
  };

  const pause = (ms: number) => stopwatch.sleep(ms, AbortSignal.any([nudge.signal, stopping.signal]));

  const hold = async () => {
    const lease = await leases.tryClaim('dispatcher', owner, leaseTtlMs);
    if (!lease) return pause(pollMs);
    const held = holdLease(leases, lease, stopwatch);
    holding = held;
    const governor = createGovernor(clock.elapsed);
    try {
      while (held.held() && !stopping.signal.aborted) {
        nudge = new AbortController();
        if ((await pass(held, governor)) === 0) await pause(paceMs > 0 ? Math.min(paceMs, pollMs) : pollMs);
      }
    } finally {
      holding = null;
      await Promise.all(inFlight.values());
      await held.release();
    }
  };

  const run = (async () => {
    while (!stopping.signal.aborted)
      await hold().catch(async (error: unknown) => {
        log.warn({ event: 'dispatcher.failed', ...describeError(error) }, 'dispatching goes on shortly');
        await stopwatch.sleep(500, stopping.signal);
      });
  })();

  return {
    wake,
    drained: async () => {
      for (;;) {
        const now = clock.now();
        const left = await outbox.due(now, 1);
        if (left.length === 0 || stopping.signal.aborted) return outbox.nextAt(now);
        if (!holding?.held() && !clock.flows()) return new Date(now.getTime() + pollMs);
        if (paceMs > 0 && inFlight.size === 0 && !clock.flows()) return new Date(now.getTime() + Math.ceil(paceMs));
        wake();
        await stopwatch.sleep(4, stopping.signal);
      }
    },
    stop: async () => {
      stopping.abort();
      wake();
      await run;
    },
  };
};
