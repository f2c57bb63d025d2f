import { setTimeout as delay } from 'node:timers/promises';
import type { Clock, Stopwatch } from '../ports/clock.ts';

/** Pacing goes by monotonic time, so that a clock set back by an hour does not hold messages for an hour. */
export const systemClock: Clock = { now: () => new Date(), elapsed: () => performance.now(), flows: () => true };

/** Monotonic real time; a sleep that is aborted ends early without an error. */
export const stopwatch: Stopwatch = {
  now: () => performance.now(),
  sleep: async (ms, signal) => {
    await delay(ms, undefined, signal ? { signal } : {}).catch((error: unknown) => {
      if (!signal?.aborted) throw error;
    });
  },
};

let lastStamp = 0;
/** A number that only grows within a process and follows real time across them: order of messages in a chat. */
export const stamp = (): number => {
  lastStamp = Math.max(lastStamp + 1, Math.floor((performance.timeOrigin + performance.now()) * 1000));
  return lastStamp;
};

/** Exponential back-off with full jitter: between a tenth and the whole of `base · 2^tries`, at most `cap`. */
export const backoffMs = (tries: number, base: number, cap: number): number => {
  const ceiling = Math.min(cap, base * 2 ** Math.min(tries, 20));
  return ceiling * (0.1 + 0.9 * Math.random());
};
