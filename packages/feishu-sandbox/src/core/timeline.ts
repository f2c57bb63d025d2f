import type { Deliveries } from '../events/deliveries.ts';
import type { SandboxClock } from './clock.ts';
import { ControlFault } from './fault.ts';
import type { Followers } from './followers.ts';

export interface Move {
  set?: number | undefined;
  advanceTo?: ((now: number) => number) | undefined;
  speed?: number | undefined;
  settle: boolean;
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

  async #move({ set, advanceTo, speed, settle }: Move): Promise<void> {
    const pace = speed === undefined ? {} : { speed };
    if (set !== undefined) this.#clock.announce({ at: set, ...pace });
    if (advanceTo) await this.#walk(advanceTo, pace);
    if (set === undefined && !advanceTo && speed !== undefined) this.#clock.announce(pace);
    this.#deliveries.reschedule();
    if (settle) await this.#drain();
  }

  /** The clock is held between the steps, so that nobody misses an instant in between. */
  async #walk(target: (now: number) => number, pace: { speed?: number }): Promise<void> {
    this.#clock.announce({ held: true });
    try {
      await this.#drain();
      const end = target(this.#clock.now());
      for (let now = this.#clock.now(); now < end; now = this.#clock.now()) {
        this.#clock.announce({ at: this.#nextStop(now, end) });
        await this.#drain();
        if (this.#abort.signal.aborted) throw new ControlFault(499, 'the sandbox is closing');
      }
    } finally {
      this.#clock.announce({ held: false, ...pace });
    }
  }

  #nextStop(now: number, end: number): number {
    return Math.min(end, this.#followers.nextAfter(now) ?? end, this.#deliveries.nextAfter(now) ?? end);
  }

  /**
   * Until all that is due at this instant is done. Followers come first, so that an event never reaches a bot that does
   * not know the time yet; after a delivery a new version asks them again.
   */
  async #drain(): Promise<void> {
    const { signal } = this.#abort;
    for (;;) {
      await this.#followers.whenSettled(this.#clock.version, FOR_EVER_MS, signal);
      if (signal.aborted) return;
      if (this.#deliveries.due().length === 0 && this.#deliveries.inFlight === 0) return;
      await this.#deliveries.attemptDue();
      await this.#deliveries.whenQuiet(FOR_EVER_MS, signal);
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
