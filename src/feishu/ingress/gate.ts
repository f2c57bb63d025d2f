import type { Limits } from './limits.ts';

/** Leaving gives the room back; a refused request is charged to its client. */
export type Pass = { leave(outcome: 'accepted' | 'refused'): void };
export type Gate = { enter(client: string, bytes: number): Pass | null };

type Bucket = { tokens: number; at: number };

/** Bounds what is under way at once, and what one client may send; `null` means 429. */
export function createGate(limits: Limits, now: () => number = () => performance.now()): Gate {
  const buckets = new Map<string, Bucket>();
  let inFlight = 0;
  let reserved = 0;
  return {
    enter(client, bytes) {
      if (inFlight >= limits.maxInFlight || reserved + bytes > limits.maxReservedBytes) return null;
      const bucket = refill(find(buckets, client, limits, now()), limits, now());
      if (bucket.tokens < 1) return null;
      bucket.tokens -= 1;
      inFlight += 1;
      reserved += bytes;
      return {
        leave(outcome) {
          inFlight -= 1;
          reserved -= bytes;
          if (outcome === 'refused') bucket.tokens -= limits.refusalCost;
        },
      };
    },
  };
}

function find(buckets: Map<string, Bucket>, client: string, limits: Limits, at: number): Bucket {
  const known = buckets.get(client);
  if (known) return known;
  const oldest = buckets.size >= limits.maxClients ? buckets.keys().next() : null;
  if (oldest && !oldest.done) buckets.delete(oldest.value);
  const bucket = { tokens: limits.burst, at };
  buckets.set(client, bucket);
  return bucket;
}

function refill(bucket: Bucket, limits: Limits, at: number): Bucket {
  const gained = ((at - bucket.at) * limits.requestsPerSecond) / 1_000;
  bucket.tokens = Math.min(limits.burst, bucket.tokens + gained);
  bucket.at = at;
  return bucket;
}
