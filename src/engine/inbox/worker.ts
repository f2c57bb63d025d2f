import { EventEmitter, once } from 'node:events';
import type { Plan } from '../../domain/rows.ts';
import { describeError } from '../../errors.ts';
import type { Clock, Stopwatch } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import { causeOf, type InboxRow, type Store } from '../../ports/store.ts';
import { applyPlan } from '../apply.ts';
import { point } from '../crash-points.ts';
import { holdLease } from '../lease.ts';
import { backoffMs } from '../stopwatch.ts';

export type InboxWorkerOptions = {
  readonly store: Store;
  /** Reads and decides; what it returns is saved whole before anything is done. */
  readonly decide: (row: InboxRow) => Promise<Plan>;
  /** The one sentence its sender hears when a row cannot be handled. */
  readonly mourn: (row: InboxRow) => Promise<Plan>;
  /** Called after a plan was applied: the dispatcher may have something to send. */
  readonly applied: () => void;
  readonly owner: string;
  readonly clock: Clock;
  readonly stopwatch: Stopwatch;
  readonly log: Log;
};

export type InboxWorker = {
  /** A lane has something; handled soon, in the lane's order. */
  notify(lane: string): void;
  /** Resolves when a row is handled by this process, or when the signal says to stop waiting. */
  handled(id: string, signal: AbortSignal): Promise<void>;
  /** Resolves when nothing in the inbox is waiting, here or elsewhere. */
  idle(): Promise<void>;
  stop(): Promise<void>;
};

const laneTtlMs = 6_000;
const maxTries = 5;
/** Whose sender cannot even be told is buried without. */
const mournTries = 3;
const concurrency = 8;
const sweepMs = 1_000;
const forgetEveryMs = 600_000;

/** Takes rows lane by lane under leases, decides, saves the plan, applies it (design §2.1, §2.3). */
export const createInboxWorker = (options: InboxWorkerOptions): InboxWorker => {
  const { store, stopwatch, log, owner } = options;
  const stopping = new AbortController();
  const running = new Map<string, Promise<void>>();
  const again = new Set<string>();
  const waiting: string[] = [];
  const finished = new EventEmitter().setMaxListeners(0);

  const decideAndSave = async (row: InboxRow, token: number): Promise<Plan | null> => {
    const plan = await options.decide(row);
    if (!(await store.inbox.savePlan(row._id, token, plan))) return null;
    point('plan.saved', { id: row._id });
    return plan;
  };

  const bury = async (row: InboxRow, token: number) => {
    log.error({ event: 'inbox.dead', tries: row.tries, type: row.type }, 'gave up on an event');
    if (row.tries <= maxTries + mournTries)
      await applyPlan(store.effects, await options.mourn(row), `dead/${causeOf(row)}`);
    await store.inbox.bury(row._id, token, `${row.tries - 1} tries`);
  };

  const handle = async (row: InboxRow, token: number): Promise<void> => {
    if (row.tries > maxTries) return bury(row, token);
    const plan = row.plan ?? (await decideAndSave(row, token));
    if (plan === null) return;
    if ((await applyPlan(store.effects, plan, causeOf(row))) === 'stale') {
      await store.inbox.clearPlan(row._id, token);
      return;
    }
    await store.inbox.finish(row._id, token, options.clock.now());
    finished.emit(row._id);
  };

  /** A fault of ours counts as a try; a database that is away does not, and is waited for. */
  const stumble = async (row: InboxRow, token: number, error: unknown) => {
    log.warn(
      { event: 'inbox.stumbled', tries: row.tries, ...describeError(error) },
      'an event could not be handled yet',
    );
    if (await store.ping()) return stopwatch.sleep(backoffMs(row.tries, 40, 1_000), stopping.signal);
    while (!stopping.signal.aborted && !(await store.ping())) await stopwatch.sleep(300, stopping.signal);
    await store.inbox.forgive(row._id, token).catch(() => undefined);
  };

  const emptyLane = async (lane: string): Promise<'empty' | 'busy'> => {
    const lease = await store.leases.tryClaim(`lane:${lane}`, owner, laneTtlMs);
    if (!lease) return 'busy';
    const held = holdLease(store.leases, lease, stopwatch);
    try {
      while (held.held() && !stopping.signal.aborted) {
        const row = await store.inbox.start(lane, held.token);
        if (!row) return 'empty';
        await handle(row, held.token).catch((error: unknown) => stumble(row, held.token, error));
        options.applied();
      }
      return held.held() ? 'empty' : 'busy';
    } finally {
      await held.release();
    }
  };

  const runLane = async (lane: string): Promise<void> => {
    for (;;) {
      again.delete(lane);
      const outcome = await emptyLane(lane).catch((error: unknown) => {
        log.warn({ event: 'lane.failed', ...describeError(error) }, 'a lane will be tried again');
        return 'later' as const;
      });
      if (stopping.signal.aborted || outcome === 'later') return;
      if (outcome === 'busy') await stopwatch.sleep(60 + 120 * Math.random(), stopping.signal);
      else if (!again.has(lane)) return;
    }
  };

  const startNext = () => {
    while (running.size < concurrency && !stopping.signal.aborted) {
      const lane = waiting.shift();
      if (lane === undefined) return;
      const run = runLane(lane).finally(() => {
        running.delete(lane);
        startNext();
      });
      running.set(lane, run);
    }
  };

  const notify = (lane: string) => {
    if (running.has(lane)) again.add(lane);
    else if (!waiting.includes(lane)) waiting.push(lane);
    startNext();
  };

  let forgottenAt = Number.NEGATIVE_INFINITY;
  /** What was handled two days ago need not be known any more; never decides correctness (design §2.7). */
  const forget = async () => {
    if (stopwatch.now() - forgottenAt < forgetEveryMs) return;
    forgottenAt = stopwatch.now();
    await store.inbox.sweep(options.clock.now());
  };
  const sweep = async () => {
    await forget();
    for (const lane of await store.inbox.readyLanes(200)) if (!running.has(lane)) notify(lane);
  };
  const sweeper = setInterval(() => void sweep().catch(() => undefined), sweepMs);
  sweeper.unref();

  return {
    notify,
    handled: async (id, signal) => {
      await once(finished, id, { signal }).catch(() => undefined);
    },
    idle: async () => {
      while (!stopping.signal.aborted) {
        await Promise.all(running.values());
        if (running.size === 0 && waiting.length === 0 && !(await store.inbox.hasReady())) return;
        await sweep();
        await stopwatch.sleep(5, stopping.signal);
      }
    },
    stop: async () => {
      stopping.abort();
      clearInterval(sweeper);
      await Promise.allSettled(running.values());
    },
  };
};
