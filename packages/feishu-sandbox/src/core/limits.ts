import type { ApiFault } from './fault.ts';
import { refused } from './refusals.ts';

const SECOND = 1000;
const MINUTE = 60_000;

/** Sliding windows on the sandbox's clock. A refused call does not count. */
export class RateLimits {
  readonly #hits = new Map<string, number[]>();

  /** Most endpoints: 50 per second and 1000 per minute each. */
  perApi(api: string, now: number): void {
    const hits = this.#within(`api ${api}`, now, MINUTE);
    const lastSecond = hits.filter((at) => at > now - SECOND);
    if (lastSecond.length >= 50) throw tooMany(50, (lastSecond[0] ?? now) + SECOND - now);
    if (hits.length >= 1000) throw tooMany(1000, (hits[0] ?? now) + MINUTE - now);
    hits.push(now);
  }

  /** One chat takes 5 messages per second, one message 5 updates. */
  perTarget(target: string, now: number): void {
    const hits = this.#within(target, now, SECOND);
    if (hits.length >= 5) throw refused(230020);
    hits.push(now);
  }

  #within(key: string, now: number, window: number): number[] {
    const hits = (this.#hits.get(key) ?? []).filter((at) => at > now - window && at <= now);
    if (this.#hits.size > 5000) this.#forgetOld(now);
    this.#hits.set(key, hits);
    return hits;
  }

  #forgetOld(now: number): void {
    for (const [key, hits] of this.#hits) if ((hits.at(-1) ?? 0) <= now - MINUTE) this.#hits.delete(key);
  }
}

/** The header says in whole seconds when the oldest call falls out of the window. */
function tooMany(limit: number, waitMs: number): ApiFault {
  const reset = Math.max(1, Math.ceil(waitMs / SECOND));
  const headers = { 'x-ogw-ratelimit-limit': String(limit), 'x-ogw-ratelimit-reset': String(reset) };
  return refused(99991400, undefined, { headers });
}
