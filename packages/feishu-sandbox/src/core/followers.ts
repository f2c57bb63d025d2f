import type { SandboxClock } from './clock.ts';
import { Signal } from './signal.ts';

const DROPPED_AFTER_MS = 30_000;

interface Follower {
  /** The version at which it reported "all that was due or received before is done". */
  settled: number;
  /** The version in the last answer it got. */
  told: number;
  next: number | null;
  polls: number;
  seenAt: number;
}

export interface FollowPoll {
  id: string;
  settled: number;
  next: number | null;
  wait: number;
}

/** Programs whose time is this sandbox's clock. One that has not polled for 30 s is forgotten. */
export class Followers {
  readonly #followers = new Map<string, Follower>();
  readonly #reported = new Signal();
  readonly #clock: SandboxClock;

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  /** Notes what the follower says, then waits until there is a version that it has not settled. */
  async poll(poll: FollowPoll, abort: AbortSignal): Promise<void> {
    const follower = this.#note(poll);
    follower.polls += 1;
    try {
      await this.#clock.announced.until(() => this.#clock.version > follower.settled, poll.wait, abort, poll.wait);
      if (!abort.aborted) follower.told = this.#clock.version;
    } finally {
      follower.polls -= 1;
      follower.seenAt = performance.now();
      this.#reported.notify();
    }
  }

  #note({ id, settled, next }: FollowPoll): Follower {
    const follower = this.#followers.get(id) ?? { settled: 0, told: 0, next: null, polls: 0, seenAt: 0 };
    // A version that this sandbox never announced comes from another life of it: the follower has to learn the time anew.
    follower.settled = settled > this.#clock.version ? 0 : settled;
    follower.next = next;
    follower.seenAt = performance.now();
    this.#followers.set(id, follower);
    this.#reported.notify();
    return follower;
  }

  leave(id: string): void {
    this.#followers.delete(id);
    this.#reported.notify();
  }

  /** The earliest wake-up after this instant that a follower asked for. */
  nextAfter(now: number): number | null {
    let earliest: number | null = null;
    for (const { next } of this.#live()) {
      if (next !== null && next > now && (earliest === null || next < earliest)) earliest = next;
    }
    return earliest;
  }

  unsettled(version: number): string[] {
    return [...this.#followers].filter(([, follower]) => follower.settled < version).map(([id]) => id);
  }

  /** Waits until each follower settled this version; false when `ms` of real time went by first. */
  whenSettled(version: number, ms: number, abort?: AbortSignal): Promise<boolean> {
    return this.#reported.until(() => this.#live().every(({ settled }) => settled >= version), ms, abort);
  }

  /** Waits, but not long, until each follower knows this version: what is sent next carries the new time. */
  async whenTold(version: number, ms: number): Promise<void> {
    await this.#reported.until(() => this.#live().every(({ told }) => told >= version), ms);
  }

  #live(): Follower[] {
    const now = performance.now();
    for (const [id, { polls, seenAt }] of this.#followers) {
      if (polls === 0 && now - seenAt > DROPPED_AFTER_MS) this.#followers.delete(id);
    }
    return [...this.#followers.values()];
  }

  list(): { id: string; settled: number; told: number; next: number | null }[] {
    this.#live();
    return [...this.#followers].map(([id, { settled, told, next }]) => ({ id, settled, told, next }));
  }
}
