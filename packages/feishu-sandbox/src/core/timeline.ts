import type { Deliveries } from '../events/deliveries.ts';
import type { SandboxClock } from './clock.ts';
import { ControlFault } from './fault.ts';
import type { Followers } from './followers.ts';
import { type Pacing, pacing } from './pacing.ts';
import { Signal } from './signal.ts';

export interface Walk {
  /** Where it ends, given the time at which it begins. */
  to: (now: number) => number;
  /** The real time that it is to take. */
  paceMs?: number | undefined;
}

export interface Move {
  /** Jumps to an instant. */
  set?: number | undefined;
  walk?: Walk | undefined;
  speed?: number | undefined;
  settle: boolean;
  /** Ends a walk where it is. */
  abort?: AbortSignal | undefined;
}

const FOR_EVER_MS = 2 ** 31 - 1;

/** Moves the clock: jumps, or walks from wake-up to wake-up. Moves are made one after the other. */
export class Timeline {
  readonly #clock: SandboxClock;
  readonly #followers: Followers;
  readonly #deliveries: Deliveries;
  readonly #abort = new AbortController();
  #last: Promise<unknown> = Promise.resolve();

  constructor(clock: SandboxClock, followers: Followers, deliveries: Deliveries) {
    this.#clock = clock;
    this.#followers = followers;
    this.#deliveries = deliveries;
  }

  move(move: Move): Promise<void> {
    const done = this.#last.then(() => this.#move(move));
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #move({ set, walk, speed, settle, abort }: Move): Promise<void> {
    const stop = abort ? AbortSignal.any([this.#abort.signal, abort]) : this.#abort.signal;
    if (stop.aborted) return;
    const pace = speed === undefined ? {} : { speed };
    if (set !== undefined) this.#clock.announce({ at: set, ...pace });
    if (walk) await this.#walk(walk, pace, stop);
    if (set === undefined && !walk && speed !== undefined) this.#clock.announce(pace);
    this.#deliveries.reschedule();
    if (settle) await this.#drain(stop);
  }

  /** The clock is held between the steps, so that nobody misses an instant in between. */
  async #walk({ to, paceMs }: Walk, speed: { speed?: number }, stop: AbortSignal): Promise<void> {
    const started = performance.now();
    this.#clock.announce({ held: true });
    try {
      await this.#drain(stop);
      const begin = this.#clock.now();
      const end = to(begin);
      const pace = pacing({ begin, end, started, paceMs });
      while (this.#clock.now() < end && !stop.aborted) await this.#step(end, pace, stop);
      if (this.#abort.signal.aborted) throw new ControlFault(499, 'the sandbox is closing');
    } finally {
      this.#clock.announce({ held: false, ...speed });
    }
  }

  /** Goes to the next stop, or waits for it: something nearer may come up meanwhile, so the next step looks again. */
  async #step(end: number, { evenStop, realMsTo }: Pacing, stop: AbortSignal): Promise<void> {
    const now = this.#clock.now();
    const next = Math.min(evenStop(now), this.#nextStop(now, end));
    const early = realMsTo(next);
    if (early > 0) return new Signal().wait(early, stop);
    if (this.#deliveries.inFlight > 0) return void (await this.#deliveries.whenQuiet(FOR_EVER_MS, stop));
    this.#clock.announce({ at: next });
    return this.#drain(stop);
  }

  #nextStop(now: number, end: number): number {
    return Math.min(end, this.#followers.nextAfter(now) ?? end, this.#deliveries.nextAfter(now) ?? end);
  }

  /**
   * Until all that is due at this instant is done. Followers come first, so that an event never reaches a bot that does
   * not know the time yet; after a delivery a new version asks them again.
   */
  async #drain(stop: AbortSignal): Promise<void> {
    for (;;) {
      await this.#followers.whenSettled(this.#clock.version, FOR_EVER_MS, stop);
      if (stop.aborted) return;
      if (this.#deliveries.due().length === 0 && this.#deliveries.inFlight === 0) return;
      await this.#deliveries.attemptDue();
      await this.#deliveries.whenQuiet(FOR_EVER_MS, stop);
      this.#clock.announce();
    }
  }

  /** Waits until no delivery is open and each follower has settled a version made after that. */
  async settle(timeoutMs: number): Promise<void> {
    const end = performance.now() + timeoutMs;
    const left = (): number => Math.max(0, end - performance.now());
    for (;;) {
      if (!(await this.#deliveries.whenNoneOpen(left(), this.#abort.signal))) {
        throw new ControlFault(408, `${this.#deliveries.open} deliveries are still open`);
      }
      const version = this.#clock.announce();
      if (!(await this.#followers.whenSettled(version, left(), this.#abort.signal))) {
        throw new ControlFault(408, `not settled: ${this.#followers.unsettled(version).join(', ')}`);
      }
      if (this.#deliveries.open === 0 && this.#deliveries.inFlight === 0) return;
    }
  }

  close(): void {
    this.#abort.abort();
  }
}
