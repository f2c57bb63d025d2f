import { get } from 'node:http';
import { z } from 'zod';
import { describeError } from '../errors.ts';
import type { Clock, Stopwatch } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';

const state = z.object({ now: z.coerce.date(), speed: z.number(), version: z.number() });
type ClockState = z.infer<typeof state>;
const longestPollMs = 20_000;

const read = (url: string, signal?: AbortSignal): Promise<ClockState> =>
  new Promise((resolve, reject) => {
    const request = get(url, { signal, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        try {
          resolve(state.parse(JSON.parse(Buffer.concat(parts).toString('utf8'))));
        } catch (error) {
          reject(error);
        }
      });
    });
    request.on('error', reject);
  });

export type FollowerClock = {
  readonly clock: Clock;
  /** From now on does what is due whenever the sandbox's clock moves, and says when it wants to be woken next. */
  follow(work: () => Promise<Date | null>): void;
  stop(): Promise<void>;
};

export type FollowerOptions = {
  readonly url: string;
  readonly id: string;
  readonly stopwatch: Stopwatch;
  readonly log: Log;
};

/** Business time of a sandbox: read once before anything else, then followed by a long poll (contracts §7). */
export const createFollowerClock = async ({ url, id, stopwatch, log }: FollowerOptions): Promise<FollowerClock> => {
  const stopping = new AbortController();
  let base = await read(`${url}/sandbox/clock`);
  let readAt = stopwatch.now();
  let stoodStill = 0;
  const passed = () => stopwatch.now() - readAt;
  const now = () => base.now.getTime() + passed() * base.speed;
  const clock: Clock = {
    now: () => new Date(now()),
    flows: () => base.speed > 0,
    elapsed: () => now() + stoodStill + (base.speed === 0 ? passed() : 0),
  };

  const move = (next: ClockState) => {
    if (base.speed === 0) stoodStill += passed();
    base = next;
    readAt = stopwatch.now();
  };

  /** While the sandbox's clock runs by itself nobody calls at the wake-up: the poll ends by then. */
  const waitMs = (next: Date | null) =>
    next === null || base.speed === 0
      ? longestPollMs
      : Math.min(longestPollMs, Math.max(0, Math.ceil((next.getTime() - now()) / base.speed)));

  const round = async (settled: number, next: Date | null, work: () => Promise<Date | null>) => {
    const query = new URLSearchParams({ id, settled: String(settled), wait: String(waitMs(next)) });
    if (next) query.set('next', next.toISOString());
    const told = await read(`${url}/sandbox/clock/follow?${query}`, stopping.signal);
    move(told);
    const due = next !== null && next.getTime() <= now();
    return told.version > settled || due ? { settled: told.version, next: await work() } : { settled, next };
  };

  let running: Promise<void> = Promise.resolve();
  return {
    clock,
    follow: (work) => {
      running = (async () => {
        let at: { readonly settled: number; readonly next: Date | null } = { settled: 0, next: null };
        while (!stopping.signal.aborted)
          at = await round(at.settled, at.next, work).catch(async (error: unknown) => {
            if (!stopping.signal.aborted)
              log.warn({ event: 'clock.lost', ...describeError(error) }, 'the clock is asked again');
            await stopwatch.sleep(200, stopping.signal);
            return at;
          });
      })();
    },
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
};
