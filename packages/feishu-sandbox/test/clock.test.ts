import { afterEach, expect, test } from 'vitest';
import { toIso } from '../src/core/time.ts';
import { FeedReader } from './feed-reader.ts';
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

async function took(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function inTurn(times: number, work: () => Promise<unknown>): Promise<void> {
  for (let n = 0; n < times; n += 1) await work();
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

test('sixty days of hourly wake-ups take a few round trips each', async () => {
  const fake = await open();
  const roundTrip = (await took(() => inTurn(200, () => stage.control.clock()))) / 200;
  const walk = await took(() => stage.control.advance('P60D'));
  expect(fake.wakes.length).toBeGreaterThan(1440);
  expect(walk / 1440).toBeLessThan(6 * roundTrip + 1);
}, 60_000);

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

test('a paced walk takes its time, moves evenly and wakes everybody on the way', async () => {
  const fake = await open();
  const feed = await FeedReader.open(stage.control.feedUrl(0));
  fake.wakes.length = 0;
  const to = '2026-11-21T09:00:00+08:00';
  const ms = await took(() => stage.control.setClock({ to, pace_ms: 2000 }));
  // A fifth more or less, and something for other work on this machine.
  expect(ms).toBeGreaterThan(1600);
  expect(ms).toBeLessThan(3000);
  expect(await stage.control.clock()).toMatchObject({ now: to, held: false });
  for (let hour = 1; hour <= 24; hour += 1) {
    expect(fake.wakes).toContain(toIso(Date.parse('2026-11-20T09:00:00+08:00') + hour * HOUR));
  }
  const stops = [...new Set(fake.wakes)].map((at) => Date.parse(at));
  const steps = stops.slice(1).map((now, index) => now - (stops[index] ?? 0));
  expect(Math.min(...steps)).toBeGreaterThan(0);
  expect(Math.max(...steps)).toBeLessThanOrEqual(HOUR / 2);
  await feed.until(() => feed.of('clock').some(({ now, held }) => now === to && !held));
  expect(new Set(feed.of('clock').map(({ now }) => now)).size).toBeGreaterThan(20);
  feed.stop();
});

test('with nobody to wake a paced walk still moves; without a pace it goes straight there', async () => {
  stage = await openStage();
  const { control } = stage;
  const feed = await FeedReader.open(control.feedUrl(0));
  expect(await took(() => control.setClock({ advance: 'P1M', pace_ms: 1000 }))).toBeGreaterThan(800);
  await feed.until(() => feed.of('clock').some(({ now }) => now === '2026-12-20T09:00:00+08:00'));
  expect(new Set(feed.of('clock').map(({ now }) => now)).size).toBeGreaterThan(20);
  feed.stop();
  expect(await took(() => control.setClock({ to: '2027-12-20T09:00:00+08:00' }))).toBeLessThan(500);
  await expect(control.setClock({ to: '2027-12-20T08:59:59+08:00' })).rejects.toMatchObject({ status: 400 });
  await expect(control.setClock({ to: '2028-01-01', advance: 'P1D' })).rejects.toMatchObject({ status: 400 });
});

test('a repeat that falls due during a paced walk is not passed over', async () => {
  stage = await openStage();
  const { control, bot } = stage;
  bot.answer = (index) => (index === 0 ? { status: 500 } : {});
  const feed = await FeedReader.open(control.feedUrl(0, true));
  const walk = control.setClock({ advance: 'PT1H', pace_ms: 1500 });
  await feed.until(() => feed.of('clock').length > 5);
  const said = await control.say({ as: 'A.secretary', text: '途中' });
  const { created_at } = await control.message(said.message_id);
  await walk;
  const { attempts } = await control.delivery(said.event_id ?? '');
  expect(attempts.map(({ at, status }) => [at, status])).toEqual([
    [created_at, 500],
    [toIso(Date.parse(created_at) + 15_000), 200],
  ]);
  feed.stop();
});

test('an aborted walk stops where it is; later moves work', async () => {
  const fake = await open();
  const { control } = stage;
  const feed = await FeedReader.open(control.feedUrl(0));
  const stop = new AbortController();
  const walk = control.setClock({ advance: 'P30D', pace_ms: 60_000 }, stop.signal);
  await feed.until(() => feed.of('clock').some(({ now }) => now > '2026-11-20T12'));
  const queued = control.setClock({ advance: 'P300D', pace_ms: 60_000 }, stop.signal);
  stop.abort();
  await expect(walk).rejects.toThrow();
  await expect(queued).rejects.toThrow();
  await feed.until(() => feed.of('clock').at(-1)?.held === false);
  const { now, held } = await control.clock();
  expect(held).toBe(false);
  expect(now < '2026-11-22').toBe(true);
  fake.wakes.length = 0;
  const end = await control.advance('PT2H');
  expect(Date.parse(end.now)).toBe(Date.parse(now) + 2 * HOUR);
  expect(fake.wakes).toContain(end.now);
  feed.stop();
});

test('an abort does not wait for a follower that hangs', async () => {
  const fake = await open();
  fake.work = 1500;
  const stop = new AbortController();
  const walk = stage.control.setClock({ advance: 'P1D', pace_ms: 1000 }, stop.signal);
  const feed = await FeedReader.open(stage.control.feedUrl(0));
  await feed.until(() => feed.of('clock').at(-1)?.held === true);
  stop.abort();
  await expect(walk).rejects.toThrow();
  expect(await took(() => feed.until(() => feed.of('clock').at(-1)?.held === false))).toBeLessThan(1000);
  fake.work = 0;
  feed.stop();
});

test('the stops are the next working day and the next month, at nine, and a month from now', async () => {
  stage = await openStage();
  const { control } = stage;
  const stopsAt = async (set: string): Promise<[string, string, string]> => {
    const { stops } = await control.setClock({ set });
    return [stops.workday, stops.month, stops.later.slice(0, 10)];
  };
  const nine = (day: string): string => `${day}T09:00:00+08:00`;
  for (const [at, workday, month, later] of [
    ['2026-11-20T08:59', '2026-11-20', '2026-12-01', '2026-12-20'],
    ['2026-11-20T09:00', '2026-11-23', '2026-12-01', '2026-12-20'],
    ['2026-12-31T23:30', '2027-01-01', '2027-01-01', '2027-01-31'],
    // The world's off days are 1 and 2 October, its extra working day is Saturday the 10th.
    ['2026-09-30T10:00', '2026-10-05', '2026-10-01', '2026-10-30'],
    ['2026-10-09T10:00', '2026-10-10', '2026-11-01', '2026-11-09'],
    ['2026-10-10T10:00', '2026-10-12', '2026-11-01', '2026-11-10'],
    ['2027-01-31T10:00', '2027-02-01', '2027-02-01', '2027-02-28'],
  ] as const) {
    expect([at, ...(await stopsAt(at))]).toEqual([at, nine(workday), nine(month), later]);
  }
});
