import type { Clock, Stopwatch } from '../../src/ports/clock.ts';
import type { Log } from '../../src/ports/log.ts';
import type { Messenger, Outcome } from '../../src/ports/messenger.ts';
import { start } from './store.ts';

/** Business time that stands where it is put. */
export type Hands = Clock & { at: number };
export const createHands = (at = start): Hands => {
  const hands: Hands = { at, now: () => new Date(hands.at), elapsed: () => hands.at, flows: () => true };
  return hands;
};

/** Monotonic time that passes only while somebody sleeps, at once. */
export const createWatch = (): Stopwatch & { at: number } => {
  const watch = {
    at: 0,
    now: () => watch.at,
    sleep: async (ms: number) => {
      watch.at += ms;
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
  return watch;
};

/** Keeps every line as text, so that a test can look for what must not be there. */
export const createLines = (): Log & { readonly lines: string[] } => {
  const lines: string[] = [];
  const write = (facts: Readonly<Record<string, unknown>>, sentence: string) => {
    lines.push(JSON.stringify({ ...facts, sentence }));
  };
  return { lines, info: write, warn: write, error: write, debug: write };
};

export type Call = {
  readonly method: 'send' | 'reply' | 'patch' | 'find';
  readonly to: string;
  readonly content: string;
  readonly uuid: string | null;
};
export type FakeMessenger = Messenger & {
  readonly calls: Call[];
  outcome: Outcome;
  found: Awaited<ReturnType<Messenger['findByCode']>>;
};

/** A Feishu that answers what it is told to, and remembers what it was asked. */
export const createMessenger = (): FakeMessenger => {
  const calls: Call[] = [];
  const tell = async (call: Call): Promise<Outcome> => {
    calls.push(call);
    return fake.outcome;
  };
  const fake: FakeMessenger = {
    calls,
    outcome: { result: 'sent', messageId: 'om_sent', chatId: 'oc_1' },
    found: null,
    send: (to, content, uuid) => tell({ method: 'send', to: to.id, content, uuid }),
    reply: (id, content, uuid) => tell({ method: 'reply', to: id, content, uuid }),
    patch: (id, content) => tell({ method: 'patch', to: id, content, uuid: null }),
    findByCode: async ({ chatId }, code) => {
      calls.push({ method: 'find', to: chatId, content: code, uuid: null });
      return fake.found;
    },
    botOpenId: async () => 'ou_bot',
  };
  return fake;
};
