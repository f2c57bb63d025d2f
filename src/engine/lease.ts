import type { Stopwatch } from '../ports/clock.ts';
import type { Lease, Leases } from '../ports/store.ts';

/** A lease kept alive while work goes on under it. */
export type HeldLease = {
  readonly token: number;
  /** False once the claim may have run out by our own stopwatch, e.g. after the process was paused. */
  held(): boolean;
  release(): Promise<void>;
};

/** Renews at a third of the lease's life; a renewal that fails, or comes too late, loses it. */
export const holdLease = (leases: Leases, lease: Lease, stopwatch: Stopwatch): HeldLease => {
  let safeUntil = stopwatch.now() + lease.ttlMs * 0.8;
  let lost = false;
  const renew = async () => {
    const startedAt = stopwatch.now();
    const kept = await leases.renew(lease).catch(() => null);
    if (kept === false) lost = true;
    if (kept === true) safeUntil = startedAt + lease.ttlMs * 0.8;
  };
  const timer = setInterval(() => void renew(), lease.ttlMs / 3);
  timer.unref();
  return {
    token: lease.token,
    held: () => !lost && stopwatch.now() < safeUntil,
    release: async () => {
      clearInterval(timer);
      await leases.release(lease).catch(() => undefined);
    },
  };
};
