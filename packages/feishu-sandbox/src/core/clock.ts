import { Signal } from './signal.ts';
import type { ClockRecord, State } from './state.ts';

/**
 * The one clock of the sandbox. It runs at `speed` (1 = real time, 0 = still) and can be held during a walk.
 * Every announced change raises `version`; followers extrapolate between two versions by themselves.
 */
export class SandboxClock {
  readonly announced = new Signal();
  #base: number;
  #mono = performance.now();
  #speed: number;
  #version: number;
  #held = false;
  readonly #state: State;

  constructor(state: State, start: number) {
    this.#state = state;
    const saved = state.clock;
    this.#speed = saved?.speed ?? 1;
    this.#version = saved?.version ?? 1;
    this.#base = saved ? resumed(saved) : start;
    this.#save();
  }

  now(): number {
    return Math.floor(this.#base + (performance.now() - this.#mono) * this.rate);
  }

  get version(): number {
    return this.#version;
  }

  /** The speed that was asked for. */
  get speed(): number {
    return this.#speed;
  }

  /** The speed at this moment: 0 while a walk holds the clock. */
  get rate(): number {
    return this.#held ? 0 : this.#speed;
  }

  get held(): boolean {
    return this.#held;
  }

  /** Moves to an instant, changes the speed, holds or releases: one new version for all of it. */
  announce(change: { at?: number; speed?: number; held?: boolean } = {}): number {
    const at = change.at ?? this.now();
    this.#base = at;
    this.#mono = performance.now();
    this.#speed = change.speed ?? this.#speed;
    this.#held = change.held ?? this.#held;
    this.#version += 1;
    this.#save();
    this.announced.notify();
    return this.#version;
  }

  #save(): void {
    const { base, real, speed, version } = {
      base: this.#base,
      real: Date.now(),
      speed: this.#speed,
      version: this.#version,
    };
    this.#state.commit({ t: 'clock', base, real, speed, version });
  }
}

/** The clock went on while the sandbox was down. */
function resumed(saved: ClockRecord): number {
  return saved.base + Math.max(0, Date.now() - saved.real) * saved.speed;
}
