import type { AppCredentials } from '../core/app-config.ts';
import type { SandboxClock } from '../core/clock.ts';
import type { Fault, FaultKind, Faults } from '../core/faults.ts';
import type { Followers } from '../core/followers.ts';
import type { Delivery, State } from '../core/state.ts';
import { encrypt, signedHeaders } from './crypto.ts';
import { write } from './json.ts';
import { type PostResult, post } from './post.ts';
import type { Trace } from './traces.ts';

const TIMEOUT_MS = 3000;
const FAULTS: readonly FaultKind[] = ['drop-before', 'drop-after', 'status', 'delay'];

export interface PushParts {
  app: AppCredentials;
  webhook: () => string;
  state: State;
  clock: SandboxClock;
  followers: Followers;
  faults: Faults;
}

/** An answer, and what it was an answer to; without that nothing was sent. */
export type Sent = PostResult & { trace?: Trace };

/** Sends an event once: encrypted, signed, and with whatever fault is waiting for it. */
export class Pusher {
  readonly #parts: PushParts;

  constructor(parts: PushParts) {
    this.#parts = parts;
  }

  /** Uses up a fault that is meant for such an event or for the bot's address. */
  fault(kinds: readonly FaultKind[], type: string): Fault | null {
    const url = this.#parts.webhook();
    return this.#parts.faults.take(kinds, 'POST', url === '' ? [type] : [type, new URL(url).pathname]);
  }

  async push(delivery: Delivery): Promise<Sent> {
    const fault = this.fault(FAULTS, delivery.type);
    if (fault?.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.ms ?? 1000));
    if (fault?.kind === 'drop-before') return { status: 0, ms: 0, body: '', error: 'dropped' };
    if (fault?.kind === 'status') return { status: fault.http ?? 500, ms: 0, body: '' };
    const answer = await this.#send(delivery);
    return fault?.kind === 'drop-after' ? { ...answer, status: 0, body: '', error: 'dropped' } : answer;
  }

  async #send({ plain }: Delivery): Promise<Sent> {
    const { app, clock, followers, state, webhook } = this.#parts;
    await followers.whenTold(clock.version, 1000);
    const envelope = state.json === 'compact' ? plain : write(JSON.parse(plain), state.json);
    const body = write({ encrypt: encrypt(envelope, app.encrypt_key) }, state.json);
    const signed = signedHeaders(body, app.encrypt_key, clock.now());
    const headers = { 'Content-Type': 'application/json; charset=utf-8', ...signed };
    const answer = await post(webhook(), body, headers, TIMEOUT_MS);
    return { ...answer, trace: { headers, body, answer: answer.body } };
  }
}
