import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MessageView } from '../../page/core/sandbox.ts';
import { type PageRequest, Timeline } from '../../page/messages/timeline.ts';
import { messageOf, messagesOf } from './window-messages.ts';

const SIZES = { first: 6, next: 5, portion: 2, kept: 12 };

/** A conversation whose pages are answered, and whose news is told, when the test says so. */
class Talk {
  readonly messages: MessageView[];
  readonly timeline = new Timeline((request) => this.#ask(request), SIZES);
  #change: number;
  readonly #answers: (() => void)[] = [];
  /** What the feed has yet to tell: each changed message once, in its latest state. */
  readonly #untold = new Set<number>();

  constructor(length: number) {
    this.messages = messagesOf(1, length);
    this.#change = length;
  }

  say(count = 1): void {
    for (let said = 0; said < count; said += 1) {
      const seq = this.messages.length + 1;
      this.#change += 1;
      this.messages.push(messageOf(seq, { change: this.#change }));
      this.#untold.add(seq);
    }
  }

  edit(index: number): void {
    const old = this.messages[index % Math.max(1, this.messages.length)];
    if (!old) return;
    this.#change += 1;
    this.messages[old.seq - 1] = { ...old, change: this.#change };
    this.#untold.add(old.seq);
  }

  /** Tells some of what is untold, in whatever order. */
  tell(pick: number, isAtEnd: boolean): void {
    const chosen = [...this.#untold].filter((seq) => (seq * 7 + pick) % 3 !== 0);
    for (const seq of chosen) this.#untold.delete(seq);
    this.timeline.hear(this.#states(pick % 2 === 0 ? chosen : chosen.reverse()), isAtEnd);
  }

  tellAll(): void {
    this.timeline.hear(this.#states([...this.#untold]), true);
    this.#untold.clear();
  }

  answer(): void {
    this.#answers.shift()?.();
  }

  #states(seqs: readonly number[]): MessageView[] {
    return seqs.flatMap((seq) => this.messages[seq - 1] ?? []);
  }

  /** The page is as it was when it was asked for, and may arrive much later. */
  #ask({ before, after, limit }: PageRequest): Promise<readonly MessageView[]> {
    const found =
      after === undefined
        ? this.messages.filter(({ seq }) => seq < (before ?? Number.POSITIVE_INFINITY)).slice(-limit)
        : this.messages.filter(({ seq }) => seq > after).slice(0, limit);
    return new Promise((resolve) => this.#answers.push(() => resolve(found)));
  }
}

/** Lets a page that has come be put in to the end. */
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(SIZES.next);

async function run(talk: Talk, reading: Promise<unknown>): Promise<void> {
  for (let answers = 0; answers < 2; answers += 1) talk.answer();
  await settle();
  await reading;
}

const shown = ({ timeline }: Talk): readonly MessageView[] => timeline.window.value?.items ?? [];
const seqs = (talk: Talk): number[] => shown(talk).map(({ seq }) => seq);

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('a timeline', () => {
  it('opens at the end, reads on in both directions, and keeps only so many', async () => {
    const talk = new Talk(40);
    await run(talk, talk.timeline.open());
    expect(seqs(talk)).toEqual([35, 36, 37, 38, 39, 40]);
    await run(talk, talk.timeline.readOn('earlier'));
    await run(talk, talk.timeline.readOn('earlier'));
    expect(seqs(talk)).toEqual([25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36]);
    await run(talk, talk.timeline.readOn('later'));
    expect(seqs(talk)).toEqual([29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40]);
  });

  it('puts a page in portion by portion', async () => {
    const talk = new Talk(40);
    await run(talk, talk.timeline.open());
    const lengths: (number | undefined)[] = [];
    talk.timeline.window.subscribe((window) => lengths.push(window?.items.length));
    await run(talk, talk.timeline.readOn('earlier'));
    expect(lengths).toEqual([6, 8, 10, 11]);
  });

  it('shows a message that was said while the first page was under way', async () => {
    const talk = new Talk(3);
    const opening = talk.timeline.open();
    talk.say();
    talk.tellAll();
    expect(seqs(talk)).toEqual([]);
    await run(talk, opening);
    expect(seqs(talk)).toEqual([1, 2, 3, 4]);
  });

  it('shows the newest state of a message that was changed while its page was under way', async () => {
    const talk = new Talk(20);
    await run(talk, talk.timeline.open());
    const reading = talk.timeline.readOn('earlier');
    talk.edit(11);
    talk.tellAll();
    await run(talk, reading);
    expect(talk.timeline.find('om_12')?.change).toBe(21);
  });

  it('lets a page go whose place was dropped while it was under way', async () => {
    const talk = new Talk(40);
    await run(talk, talk.timeline.open());
    const reading = talk.timeline.readOn('earlier');
    talk.say(10);
    talk.tellAll();
    await run(talk, reading);
    expect(seqs(talk)).toEqual([39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50]);
  });

  it('counts what came since the end was seen, and only what is new', async () => {
    const talk = new Talk(5);
    await run(talk, talk.timeline.open());
    talk.say();
    talk.edit(2);
    talk.tellAll();
    expect(talk.timeline.fresh.value).toBe(1);
    expect(talk.timeline.hear(shown(talk), true)).toEqual([]);
    expect(talk.timeline.fresh.value).toBe(1);
    talk.timeline.seen();
    expect(talk.timeline.fresh.value).toBe(0);
  });

  it('opens around an old message; what is new then waits at the end', async () => {
    const talk = new Talk(40);
    await run(talk, talk.timeline.open());
    await run(talk, talk.timeline.openAround(10));
    expect(seqs(talk)).toEqual([6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
    talk.say();
    talk.tellAll();
    expect(seqs(talk).at(-1)).toBe(15);
    expect(talk.timeline.fresh.value).toBe(1);
    await run(talk, talk.timeline.open());
    expect(seqs(talk).at(-1)).toBe(41);
  });

  it('says so when it could not be read, and can be read again', async () => {
    let works = false;
    const timeline = new Timeline(async () => (works ? messagesOf(1, 2) : Promise.reject(new Error('away'))), SIZES);
    await expect(timeline.open()).rejects.toThrow('away');
    expect(timeline.reading.value).toBeNull();
    works = true;
    const again = timeline.open();
    await settle();
    await again;
    expect(timeline.window.value?.items).toHaveLength(2);
  });
});

type Move = (talk: Talk) => unknown;
const atEnd = fc.boolean();
const moves = fc.oneof(
  fc.integer({ min: 1, max: 9 }).map(
    (count): Move =>
      (talk) =>
        talk.say(count),
  ),
  fc.nat(60).map(
    (index): Move =>
      (talk) =>
        talk.edit(index),
  ),
  fc.tuple(fc.nat(5), atEnd).map(
    ([pick, isAtEnd]): Move =>
      (talk) =>
        talk.tell(pick, isAtEnd),
  ),
  fc.constant<Move>((talk) => talk.answer()),
  fc.constant<Move>(() => vi.advanceTimersToNextTimerAsync()),
  fc.constantFrom<'earlier' | 'later'>('earlier', 'later').map(
    (way): Move =>
      (talk) =>
        void talk.timeline.readOn(way),
  ),
  fc.constant<Move>((talk) => void talk.timeline.open()),
  fc.nat(60).map(
    (seq): Move =>
      (talk) =>
        void talk.timeline.openAround(1 + (seq % Math.max(1, talk.messages.length))),
  ),
);

/** Everything asked for arrives, and the feed tells all. */
async function finish(talk: Talk): Promise<void> {
  for (let rounds = 0; rounds < 60; rounds += 1) talk.answer();
  await settle();
  talk.tellAll();
}

describe('whatever the order of pages and news', () => {
  it('loses no message, doubles none, and shows the newest state of each', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(40), fc.array(moves, { maxLength: 40 }), async (length, steps) => {
        const talk = new Talk(length);
        void talk.timeline.open();
        for (const step of steps) {
          await step(talk);
          await Promise.resolve();
          const held = seqs(talk);
          expect(held).toEqual([...new Set(held)].sort((one, other) => one - other));
          expect(held.length).toBeLessThanOrEqual(SIZES.kept);
        }
        await finish(talk);
        const { items = [], fromStart, toEnd } = talk.timeline.window.value ?? {};
        const from = (items[0]?.seq ?? 1) - 1;
        expect(items).toEqual(talk.messages.slice(from, from + items.length));
        if (fromStart) expect(from).toBe(0);
        if (toEnd) expect(from + items.length).toBe(talk.messages.length);
      }),
      { numRuns: 500 },
    );
  });

  it('can be read from any place to the start and to the end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(60), fc.nat(60), async (length, seq) => {
        const talk = new Talk(length);
        await run(talk, talk.timeline.openAround(1 + (seq % Math.max(1, length))));
        const met = new Set(seqs(talk));
        for (const way of ['earlier', 'later'] as const)
          for (let pages = 0; pages < 20; pages += 1) {
            await run(talk, talk.timeline.readOn(way));
            for (const one of seqs(talk)) met.add(one);
          }
        expect(met.size).toBe(length);
        expect(talk.timeline.window.value?.toEnd).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
