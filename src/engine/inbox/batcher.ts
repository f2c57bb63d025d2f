import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../ports/clock.ts';
import type { Admission, InboundEvent, InboxWriter } from '../../ports/inbox.ts';
import { point } from '../crash-points.ts';

export type BatcherLimits = { readonly maxBatch: number; readonly maxWaiting: number };

type Waiting = {
  readonly event: InboundEvent;
  resolve(admission: Admission): void;
  reject(error: unknown): void;
};

const gatherMs = 1;
const DEFAULTS: BatcherLimits = { maxBatch: 500, maxWaiting: 5_000 };

/**
 * Events of the same few milliseconds share one insert; each promise settles by its own entry, once that is durable.
 * While one insert is under way, and a millisecond longer, the next batch collects; an idle batcher waits for nothing but
 * the current turn.
 */
export function createBatcher(
  writer: InboxWriter,
  clock: Pick<Clock, 'now'>,
  limits: BatcherLimits = DEFAULTS,
): (event: InboundEvent) => Promise<Admission> {
  const pending = new Map<string, Promise<Admission>>();
  const waiting: Waiting[] = [];
  let state: 'idle' | 'writing' = 'idle';

  /** After a batch its answers go out first: whoever they set free comes into the next one, not the one after. */
  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      await write(waiting.splice(0, limits.maxBatch), writer, clock);
      await delay(gatherMs);
    }
    state = 'idle';
  }

  function enqueue(event: InboundEvent): Promise<Admission> {
    if (waiting.length >= limits.maxWaiting) return Promise.reject(new Error('inbox queue is full'));
    const admission = new Promise<Admission>((resolve, reject) => waiting.push({ event, resolve, reject }));
    if (state === 'idle') {
      state = 'writing';
      setImmediate(drain);
    }
    return admission;
  }

  return (event) => {
    const keys = keysOf(event);
    const known = keys.map((key) => pending.get(key)).find((promise) => promise !== undefined);
    if (known) return known;
    const admission = enqueue(event);
    for (const key of keys) pending.set(key, admission);
    const forget = () => {
      for (const key of keys) pending.delete(key);
    };
    admission.then(forget, forget);
    return admission;
  };
}

/** The same message may come under several event ids, and both stand for it while its insert is under way. */
function keysOf(event: InboundEvent): string[] {
  return event.messageId === null
    ? [`event ${event.eventId}`]
    : [`event ${event.eventId}`, `message ${event.messageId}`];
}

async function write(batch: readonly Waiting[], writer: InboxWriter, clock: Pick<Clock, 'now'>): Promise<void> {
  const events = batch.map((entry) => entry.event);
  try {
    point('inbox.before', { events });
    const fates = await writer.insertMany(events, clock.now());
    point('inbox.written', { events });
    batch.forEach((entry, index) => {
      settle(entry, fates[index]);
    });
  } catch (error) {
    for (const entry of batch) entry.reject(error);
  }
}

function settle(entry: Waiting, fate: Admission | Error | undefined): void {
  if (fate === 'stored' || fate === 'known') entry.resolve(fate);
  else entry.reject(fate ?? new Error('the inbox gave no answer for an event'));
}
