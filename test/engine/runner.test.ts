import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Job, JobRun, Missed } from '../../src/engine/jobs/define-job.ts';
import { createJobRunner, type JobRunner } from '../../src/engine/jobs/runner.ts';
import { createLines, createWatch } from '../support/fakes.ts';
import { start, useStore } from '../support/store.ts';

const shelf = useStore();
const minute = 60_000;
const leaseSeconds = 15;
type Ran = { readonly job: string; readonly at: string };
type Overlap = Job<unknown>['overlap'];

let ran: Ran[] = [];
let onRun: (run: JobRun) => Promise<void> | void = () => {};
beforeEach(async () => {
  [ran, onRun] = [[], () => {}];
  for (const name of ['occurrences', 'leases', 'cursors']) await shelf.db.collection(name).deleteMany({});
});

const job = (name: string, missed: Missed, overlap: Overlap = 'wait'): Job<unknown> => ({
  name,
  cron: '*/10 * * * *',
  missed,
  overlap,
  maxTries: 3,
  leaseSeconds,
  run: async (run) => {
    await onRun(run);
    ran.push({ job: name, at: run.occurrence.toISOString() });
  },
});
const launch = (owner: string, jobs: readonly Job<unknown>[]): JobRunner => {
  const { occurrences, leases } = shelf.store;
  const [stopwatch, log] = [createWatch(), createLines()];
  return createJobRunner({ jobs, ports: {}, occurrences, leases, owner, zone: 'Asia/Shanghai', stopwatch, log });
};
const rows = () => shelf.db.collection('occurrences').find().sort({ at: 1 }).toArray();
const states = async () => (await rows()).map((row) => `${row.at.toISOString().slice(11, 16)} ${row.state}`);
const midnight = Date.parse('2026-11-24T00:00:00+08:00');

describe('any sequence of ticks, restarts and jumps, with two runners on one store', () => {
  const step = fc.record({
    runner: fc.constantFrom('a', 'b'),
    restart: fc.boolean(),
    failing: fc.integer({ min: 0, max: 9 }).map((number) => number === 0),
    ms: fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 0, max: 4 * minute }) },
      { weight: 2, arbitrary: fc.integer({ min: 0, max: 90 * minute }) },
      { weight: 1, arbitrary: fc.integer({ min: -60 * minute, max: 0 }) },
    ),
  });
  const jobs = [
    job('latest', { policy: 'latest', withinHours: 1 }),
    job('all', { policy: 'all', withinHours: 1 }, 'skip'),
    job('skip', { policy: 'skip' }, 'skip'),
  ];

  it('ends each occurrence exactly once: done, skipped with a reason, or dead', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 14 }), async (plan) => {
        for (const name of ['occurrences', 'leases', 'cursors']) await shelf.db.collection(name).deleteMany({});
        ran = [];
        let now = start;
        let latest = start;
        const runners = new Map([
          ['a', launch('a', jobs)],
          ['b', launch('b', jobs)],
        ]);
        for (const { runner, restart, failing, ms } of plan) {
          now += ms;
          latest = Math.max(latest, now);
          if (restart) runners.set(runner, launch(runner, jobs));
          onRun = () => {
            if (failing) throw new Error('canary');
          };
          await runners.get(runner)?.tick(new Date(now));
        }
        onRun = () => {};
        await Promise.all([...runners.values()].map((runner) => runner.tick(new Date(latest))));
        for (const runner of runners.values()) await runner.tick(new Date(latest));

        const stored = await rows();
        for (const row of stored) {
          expect(['done', 'skipped', 'dead'], String(row._id)).toContain(row.state);
          if (row.state !== 'done') expect(row.reason, String(row._id)).toEqual(expect.any(String));
          const times = ran.filter((one) => one.job === row.job && one.at === row.at.toISOString()).length;
          expect(times, String(row._id)).toBe(row.state === 'done' ? 1 : 0);
        }
        const first = plan[0] ? start + plan[0].ms : start;
        for (const { name } of jobs) {
          const known = stored.filter((row) => row.job === name).map((row) => row.at.getTime());
          const expected: number[] = [];
          const from = Math.min(midnight, first);
          for (let at = from; at <= latest; at += 10 * minute) expected.push(at);
          expect(known).toEqual(expected);
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe('an occurrence', () => {
  const all = job('all', { policy: 'all', withinHours: 24 });
  const at = new Date(midnight + minute);

  it('is run by one of two who tick at the same instant', async () => {
    await Promise.all([launch('a', [all]).tick(at), launch('b', [all]).tick(at)]);
    expect(ran).toHaveLength(1);
  });

  it('is dead after its tries, with the reason, and never with what the error said', async () => {
    onRun = () => {
      throw new TypeError('canary');
    };
    const runner = launch('a', [all]);
    for (let index = 0; index < 5; index += 1) await runner.tick(at);
    expect(await rows()).toMatchObject([{ state: 'dead', tries: 3, reason: 'TypeError' }]);
  });

  it('is dead as well when every try takes the process with it', async () => {
    const { occurrences } = shelf.store;
    await occurrences.record([{ job: 'all', at: new Date(midnight), state: 'pending', reason: null }]);
    for (let index = 0; index < 3; index += 1) {
      expect(await occurrences.claim(`all/${new Date(midnight).toISOString()}`, 'gone', 15_000)).not.toBeNull();
      shelf.databaseTime += 15_000;
    }
    await launch('a', [all]).tick(at);
    expect(ran).toEqual([]);
    expect(await rows()).toMatchObject([{ state: 'dead', reason: expect.any(String) }]);
  });

  it('that was left off because its process stops is taken up by another at once, and was no try', async () => {
    let goOn: boolean[] = [];
    const first = launch('a', [all]);
    onRun = async (run) => {
      goOn = [run.goOn()];
      void first.stop();
      goOn.push(run.goOn());
    };
    await first.tick(at);
    expect(goOn).toEqual([true, false]);
    expect(await rows()).toMatchObject([{ state: 'pending', tries: 0 }]);
    onRun = () => {};
    await launch('b', [all]).tick(at);
    expect(await rows()).toMatchObject([{ state: 'done', tries: 1 }]);
  });

  it('is not ended by one who was paused while another took over', async () => {
    const id = `all/${new Date(midnight).toISOString()}`;
    const { occurrences } = shelf.store;
    await occurrences.record([{ job: 'all', at: new Date(midnight), state: 'pending', reason: null }]);
    const paused = await occurrences.claim(id, 'a', 15_000);
    expect(await occurrences.claim(id, 'b', 15_000)).toBeNull();
    shelf.databaseTime += 15_000;
    const other = await occurrences.claim(id, 'b', 15_000);
    expect([paused?.token, other?.token]).toEqual([1, 2]);
    expect(await occurrences.done(id, 1)).toBe(false);
    expect(await occurrences.fail(id, 1, 'late')).toBe(false);
    expect(await occurrences.done(id, 2)).toBe(true);
    expect(await occurrences.skip(id, 2, 'again')).toBe(false);
  });
});

describe('while the one before still runs elsewhere', () => {
  const next = new Date(midnight + 10 * minute);
  const busy = (overlap: Overlap) => [job('busy', { policy: 'all', withinHours: 24 }, overlap)];
  it.each([
    ['skip', ['16:00 skipped', '16:10 skipped'], []],
    ['wait', ['16:00 pending', '16:10 pending'], ['16:00', '16:10']],
  ] as const)('the next is treated as it says: %s', async (overlap, expected, later) => {
    const lease = await shelf.store.leases.tryClaim('job:busy', 'elsewhere', leaseSeconds * 1_000);
    const runner = launch('a', busy(overlap));
    await runner.tick(next);
    expect(await states()).toEqual(expected);
    if (lease) await shelf.store.leases.release(lease);
    await runner.tick(next);
    expect(ran.map((one) => one.at.slice(11, 16))).toEqual(later);
  });
});
