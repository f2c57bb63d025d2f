/** Business time: deadlines, reminders, freshness, pacing, the uuid window. The system's, or a sandbox's (design §2.7). */
export type Clock = {
  now(): Date;
  /** Milliseconds for pacing; follows business time, and real time while business time stands still. */
  elapsed(): number;
  /** Whether business time passes by itself now; while a sandbox walks from one wake-up to the next it does not. */
  flows(): boolean;
};

/** Real, monotonic milliseconds: leases, time-outs, back-off, shutdown. Never compared across processes. */
export type Stopwatch = {
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
};
