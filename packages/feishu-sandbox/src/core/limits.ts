import { ApiFault } from './fault.ts';

/** Sliding windows on the sandbox's clock. */
export class RateLimits {
  readonly #hits = new Map<string, number[]>();

  /** Most endpoints: 50 per second and 1000 per minute each. A refused call does not count. */
  perApi(api: string, now: number): void {
    const hits = this.#within(`api ${api}`, now, 60_000);
    const lastSecond = hits.filter((at) => at > now - 1000);
    if (lastSecond.length >= 50) throw tooMany(50, 1);
    const oldest = hits[0] ?? now;
    if (hits.length >= 1000) throw tooMany(1000, Math.max(1, Math.ceil((oldest + 60_000 - now) / 1000)));
    hits.push(now);
  }

  /** One chat takes 5 messages per second, one message 5 updates. */
  perTarget(target: string, now: number): void {
    const hits = this.#within(target, now, 1000);
    if (hits.length >= 5) throw new ApiFault(230020, 'This operation triggers the frequency limit.');
    hits.push(now);
  }

  #within(key: string, now: number, window: number): number[] {
    const hits = (this.#hits.get(key) ?? []).filter((at) => at > now - window && at <= now);
    if (this.#hits.size > 5000) this.#forgetOld(now);
    this.#hits.set(key, hits);
    return hits;
  }

  #forgetOld(now: number): void {
    for (const [key, hits] of this.#hits) if ((hits.at(-1) ?? 0) <= now - 60_000) this.#hits.delete(key);
  }
}

function tooMany(limit: number, reset: number): ApiFault {
  return new ApiFault(99991400, 'request trigger frequency limit', {
    http: 429,
    headers: { 'x-ogw-ratelimit-limit': String(limit), 'x-ogw-ratelimit-reset': String(reset) },
  });
}
