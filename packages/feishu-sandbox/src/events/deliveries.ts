import { randomHex } from '../core/ids.ts';
import type { Attempt } from '../core/records.ts';
import { Signal } from '../core/signal.ts';
import type { Delivery, State } from '../core/state.ts';
import type { PostResult } from './post.ts';
import { Pusher, type PushParts, type Sent } from './push.ts';
import { type Trace, Traces } from './traces.ts';

/** Waits after the first, second, third and fourth failure. */
const RETRY_AFTER_MS = [15_000, 300_000, 3_600_000, 21_600_000] as const;
const RESTART_GRACE_MS = 2000;
const REORDER_PATIENCE_MS = 5000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

type Tried = { attempt: Attempt; trace: Trace | undefined };

/** Pushes events to the bot and repeats them on the platform's schedule, on the sandbox's clock. */
export class Deliveries {
  readonly traces = new Traces();
  readonly #parts: PushParts;
  readonly #pusher: Pusher;
  readonly #busy = new Set<Delivery>();
  readonly #changed = new Signal();
  /** Held back by a "reorder" fault until the next event went out. */
  #heldBack: Delivery | null = null;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  #seq = 0;

  constructor(parts: PushParts) {
    this.#parts = parts;
    this.#pusher = new Pusher(parts);
    const soon = parts.clock.now() + RESTART_GRACE_MS;
    for (const delivery of parts.state.deliveries.values()) this.#seq = Math.max(this.#seq, delivery.seq);
    for (const delivery of parts.state.openDeliveries) delivery.nextAt = Math.max(delivery.nextAt ?? 0, soon);
    this.reschedule();
  }

  /** Builds the envelope and stores it; `pushed: false` = an event that is not repeated by itself (callbacks). */
  create(type: string, event: object, { retried = true, id = randomHex(32) } = {}): Delivery {
    const { app, clock, state } = this.#parts;
    const at = clock.now();
    const header = {
      event_id: id,
      event_type: type,
      create_time: String(at),
      token: app.verification_token,
      app_id: app.app_id,
      tenant_key: app.tenant_key,
    };
    return this.#store(id, type, at, JSON.stringify({ schema: '2.0', header, event }), retried, state);
  }

  #store(id: string, type: string, at: number, plain: string, retried: boolean, state: State): Delivery {
    this.#seq += 1;
    state.commit({ t: 'event', seq: this.#seq, id, type, at, plain, nextAt: retried ? at : null });
    const delivery = state.deliveries.get(id);
    if (!delivery) throw new Error('event not stored');
    return delivery;
  }

  /** The same content under another event id. */
  copy(original: Delivery): Delivery {
    const { clock, state } = this.#parts;
    const id = randomHex(32);
    const plain = original.plain.replace(`"event_id":"${original.id}"`, `"event_id":"${id}"`);
    return this.#store(id, original.type, clock.now(), plain, false, state);
  }

  /** Creates the event and makes the first attempt. Null = held back by a fault, to be sent after the next one. */
  async emit(type: string, event: object): Promise<{ delivery: Delivery; attempt: Attempt | null }> {
    const delivery = this.create(type, event);
    if (this.#heldBack === null && this.#pusher.fault(['reorder'], type)) {
      this.#holdBack(delivery);
      return { delivery, attempt: null };
    }
    const attempt = await this.attempt(delivery);
    this.#releaseHeldBack();
    return { delivery, attempt };
  }

  #holdBack(delivery: Delivery): void {
    this.#heldBack = delivery;
    this.#busy.add(delivery);
    setTimeout(() => this.#heldBack === delivery && this.#releaseHeldBack(), REORDER_PATIENCE_MS).unref();
  }

  #releaseHeldBack(): void {
    const delivery = this.#heldBack;
    if (!delivery) return;
    this.#heldBack = null;
    this.#busy.delete(delivery);
    void this.attempt(delivery);
  }

  /** One attempt of the platform's own: its failure sets the time of the next. */
  async attempt(delivery: Delivery): Promise<Attempt> {
    this.#busy.add(delivery);
    try {
      const tries = this.#pusher.fault(['duplicate'], delivery.type) ? 2 : 1;
      const [first] = await Promise.all([this.#push(delivery), ...(tries === 2 ? [this.#push(delivery)] : [])]);
      const wait = RETRY_AFTER_MS[delivery.attempts.filter(({ manual }) => !manual).length];
      const ok = first.attempt.status === 200 || !delivery.open;
      const nextAt = ok || wait === undefined ? null : first.attempt.at + wait;
      this.#note(delivery, first, nextAt);
      return first.attempt;
    } finally {
      this.#busy.delete(delivery);
      this.reschedule();
      this.#changed.notify();
    }
  }

  /** An attempt somebody asked for: a success closes the delivery, a failure changes nothing. */
  async redeliver(delivery: Delivery): Promise<Attempt> {
    const { attempt, trace } = await this.#push(delivery);
    const nextAt = attempt.status === 200 ? null : delivery.nextAt;
    this.#note(delivery, { attempt: { ...attempt, manual: true }, trace }, nextAt);
    this.#changed.notify();
    return attempt;
  }

  #note(delivery: Delivery, { attempt, trace }: Tried, nextAt: number | null): void {
    if (this.#closed) return;
    if (trace) this.traces.note(delivery.id, delivery.attempts.length, trace);
    this.#parts.state.commit({ t: 'attempt', id: delivery.id, attempt, nextAt, open: nextAt !== null });
  }

  /** A callback: one try, whose answer is wanted. */
  async call(delivery: Delivery): Promise<PostResult> {
    this.#busy.add(delivery);
    const at = this.#parts.clock.now();
    try {
      const answer = await this.#pusher.push(delivery);
      this.#note(delivery, tried(at, answer), null);
      return answer;
    } finally {
      this.#busy.delete(delivery);
      this.#changed.notify();
    }
  }

  async #push(delivery: Delivery): Promise<Tried> {
    const at = this.#parts.clock.now();
    return tried(at, await this.#pusher.push(delivery));
  }

  /** Open deliveries whose time has come and that nobody is attempting. */
  due(): Delivery[] {
    const now = this.#parts.clock.now();
    const { openDeliveries } = this.#parts.state;
    return [...openDeliveries].filter((one) => !this.#busy.has(one) && one.nextAt !== null && one.nextAt <= now);
  }

  nextAfter(now: number): number | null {
    let earliest: number | null = null;
    for (const { nextAt } of this.#parts.state.openDeliveries) {
      if (nextAt !== null && nextAt > now && (earliest === null || nextAt < earliest)) earliest = nextAt;
    }
    return earliest;
  }

  get inFlight(): number {
    return this.#busy.size;
  }

  get open(): number {
    return this.#parts.state.openDeliveries.size;
  }

  whenQuiet(ms: number, abort?: AbortSignal): Promise<boolean> {
    return this.#changed.until(() => this.#busy.size === 0, ms, abort);
  }

  whenNoneOpen(ms: number, abort?: AbortSignal): Promise<boolean> {
    return this.#changed.until(() => this.#busy.size === 0 && this.open === 0, ms, abort);
  }

  /** While the clock runs by itself a timer makes the next attempt; a held clock leaves that to the walk. */
  reschedule(): void {
    clearTimeout(this.#timer);
    const { clock } = this.#parts;
    if (this.#closed || clock.held) return;
    const now = clock.now();
    const next = this.due().length > 0 ? now : this.nextAfter(now);
    if (next === null || (next > now && clock.rate === 0)) return;
    const real = next <= now ? 0 : (next - now) / clock.rate;
    this.#timer = setTimeout(() => this.attemptDue(), Math.min(Math.ceil(real), LONGEST_TIMER_MS));
    this.#timer.unref();
  }

  attemptDue(): Promise<unknown> {
    const due = this.due();
    if (due.length === 0) this.reschedule();
    return Promise.all(due.map((delivery) => this.attempt(delivery)));
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }
}

function tried(at: number, { status, ms, error, trace }: Sent): Tried {
  return { attempt: error ? { at, status, ms, error } : { at, status, ms }, trace };
}
