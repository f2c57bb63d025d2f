import { describe, expect, it } from 'vitest';
import { createBatcher } from '../../src/engine/inbox/batcher.ts';
import type { Admission, InboundEvent } from '../../src/ports/inbox.ts';
import { clock } from '../support/webhook.ts';

type Call = {
  readonly ids: string[];
  resolve(fates: (Admission | Error)[]): void;
  reject(error: Error): void;
};

/** A batcher over a writer that answers when the test says so. */
function createHeld(limits?: { maxBatch: number; maxWaiting: number }) {
  const calls: Call[] = [];
  const insertMany = (events: readonly InboundEvent[]) =>
    new Promise<(Admission | Error)[]>((resolve, reject) =>
      calls.push({ ids: events.map(({ eventId }) => eventId), resolve, reject }),
    );
  return { calls, admit: createBatcher({ insertMany }, clock, limits) };
}

const event = (eventId: string, messageId: string | null = null): InboundEvent => ({
  eventId,
  messageId,
  type: 'some.event_v1',
  lane: 'oc_1',
  createTime: 0,
  body: {},
});
const turn = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('the batcher', () => {
  it('sends what came together at once, and collects meanwhile', async () => {
    const { admit, calls } = createHeld();
    const first = [admit(event('a')), admit(event('b'))];
    await turn();
    const second = [admit(event('c')), admit(event('d')), admit(event('e'))];
    await turn();
    expect(calls.map(({ ids }) => ids)).toEqual([['a', 'b']]);
    calls[0]?.resolve(['stored', 'known']);
    expect(await Promise.all(first)).toEqual(['stored', 'known']);
    await turn();
    expect(calls[1]?.ids).toEqual(['c', 'd', 'e']);
    calls[1]?.resolve(['stored', 'stored', 'stored']);
    expect(await Promise.all(second)).toHaveLength(3);
  });

  it('answers each from its own entry', async () => {
    const { admit, calls } = createHeld();
    const fates = ['a', 'b', 'c'].map((id) => admit(event(id)));
    await turn();
    calls[0]?.resolve(['stored', new Error('too large')]);
    const settled = await Promise.allSettled(fates);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
  });

  it('lets the same event, or the same message, wait for the first one', async () => {
    const { admit, calls } = createHeld();
    const first = admit(event('a', 'om_1'));
    await turn();
    const again = [admit(event('a', 'om_1')), admit(event('b', 'om_1')), admit(event('a', 'om_2'))];
    let answered = 0;
    for (const one of again) one.then(() => (answered += 1));
    await turn();
    expect([calls.length, answered]).toEqual([1, 0]);
    calls[0]?.resolve(['stored']);
    expect(await Promise.all([first, ...again])).toEqual(['stored', 'stored', 'stored', 'stored']);
  });

  it('refuses all of a batch that failed, and takes the next', async () => {
    const { admit, calls } = createHeld();
    const failed = [admit(event('a')), admit(event('b'))];
    await turn();
    calls[0]?.reject(new Error('away'));
    expect((await Promise.allSettled(failed)).every(({ status }) => status === 'rejected')).toBe(true);
    const next = admit(event('a'));
    await turn();
    calls[1]?.resolve(['stored']);
    expect(await next).toBe('stored');
  });

  it('bounds a batch, and what waits', async () => {
    const { admit, calls } = createHeld({ maxBatch: 2, maxWaiting: 3 });
    const fates = ['a', 'b', 'c', 'd'].map((id) => admit(event(id)));
    await expect(fates[3]).rejects.toThrow('full');
    await turn();
    expect(calls[0]?.ids).toEqual(['a', 'b']);
    calls[0]?.resolve(['stored', 'stored']);
    await turn();
    expect(calls[1]?.ids).toEqual(['c']);
  });
});
