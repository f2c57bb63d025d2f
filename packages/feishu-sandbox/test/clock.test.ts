import { afterEach, expect, test } from 'vitest';
import { openStage, type Stage, sleep } from './helpers.ts';

interface Seen {
  now: string;
  speed: number;
  version: number;
}

const HOUR = 3_600_000;

/** A program that lives by the sandbox's clock and wants to wake at each full hour. */
class FakeFollower {
  readonly wakes: string[] = [];
  settled = 0;
  /** Real time that it needs for each version. */
  work = 0;
  #stopped = new AbortController();
  #next = '';
  readonly done: Promise<void>;

  constructor(url: string) {
    this.done = this.#run(url).catch(() => undefined);
  }

  async #run(url: string): Promise<void> {
    for (;;) {
      const query = new URLSearchParams({ id: 'fake', settled: String(this.settled), next: this.#next, wait: '5000' });
      const response = await fetch(`${url}/sandbox/clock/follow?${query}`, { signal: this.#stopped.signal });
      const seen = (await response.json()) as Seen;
      if (seen.version <= this.settled) continue;
      if (this.work > 0) await sleep(this.work);
      this.wakes.push(seen.now);
      const now = Date.parse(seen.now);
      this.#next = new Date(Math.floor(now / HOUR) * HOUR + HOUR).toISOString();
      this.settled = seen.version;
    }
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.done;
  }
}

let stage: Stage;
let follower: FakeFollower | null = null;
afterEach(async () => {
  await follower?.stop();
  follower = null;
  await stage.stop();
});

async function open(): Promise<FakeFollower> {
  stage = await openStage();
  follower = new FakeFollower(stage.sandbox.url);
  await stage.control.settle();
  await stage.control.settle();
  return follower;
}

test('an advance walks from wake-up to wake-up, a set jumps', async () => {
  const fake = await open();
  fake.wakes.length = 0;
  const end = await stage.control.advance('PT3H30M');
  expect(end).toMatchObject({ now: '2026-11-20T12:30:00+08:00', speed: 0 });
  expect([...new Set(fake.wakes)]).toEqual(
    ['09:00', '10:00', '11:00', '12:00', '12:30'].map((at) => `2026-11-20T${at}:00+08:00`),
  );
  expect(fake.settled).toBe(end.version);
  fake.wakes.length = 0;
  await stage.control.setClock({ set: '2026-11-24T10:00:00+08:00' });
  expect([...new Set(fake.wakes)]).toEqual(['2026-11-24T10:00:00+08:00']);
});

test('sixty days of hourly wake-ups take a few seconds', async () => {
  const fake = await open();
  const started = performance.now();
  await stage.control.advance('P60D');
  expect(fake.wakes.length).toBeGreaterThan(1440);
  expect(performance.now() - started).toBeLessThan(10_000);
});

test('settle waits for a busy follower, and for the work of an event delivered just before', async () => {
  const fake = await open();
  fake.work = 300;
  const before = fake.settled;
  const started = performance.now();
  const { version } = await stage.control.settle();
  expect(performance.now() - started).toBeGreaterThan(250);
  expect(version).toBeGreaterThan(before);
  expect(fake.settled).toBe(version);
  fake.work = 800;
  await expect(stage.control.settle(200)).rejects.toThrow('not settled: fake');
});

test('settle does not return while a delivery is open; a walk passes the repeats on its way', async () => {
  const fake = await open();
  stage.bot.answer = (index) => (index < 2 ? { status: 500 } : {});
  await stage.control.say({ as: 'A.secretary', text: '失败' });
  await expect(stage.control.settle(100)).rejects.toThrow('still open');
  fake.wakes.length = 0;
  await stage.control.advance('PT10M');
  expect(stage.bot.received).toHaveLength(3);
  expect(fake.wakes).toContain('2026-11-20T09:00:15+08:00');
  expect(fake.wakes).toContain('2026-11-20T09:05:15+08:00');
  await stage.control.settle(1000);
});

test('a running clock repeats by itself; durations follow the calendar; nonsense is refused', async () => {
  stage = await openStage();
  const { control, bot } = stage;
  bot.answer = (index) => (index === 0 ? { status: 500 } : {});
  await control.setClock({ speed: 100 });
  await control.say({ as: 'A.secretary', text: '失败' });
  await control.settle(3000);
  expect(bot.received).toHaveLength(2);
  await control.setClock({ set: '2027-01-31T09:00', speed: 0 });
  expect((await control.advance('P1M')).now).toBe('2027-02-28T09:00:00+08:00');
  expect((await control.advance('P1Y1DT1H1M1S')).now).toBe('2028-02-29T10:01:01+08:00');
  for (const wrong of [
    { advance: '1D' },
    { advance: 'P' },
    { advance: 'PT' },
    { set: 'morgen' },
    { set: '2027-02-30' },
  ]) {
    await expect(control.setClock(wrong)).rejects.toMatchObject({ status: 400 });
  }
});

test('a follower that leaves is not waited for', async () => {
  const fake = await open();
  await fake.stop();
  await fetch(`${stage.sandbox.url}/sandbox/clock/follow?id=fake`, { method: 'DELETE' });
  await stage.control.settle(1000);
});
