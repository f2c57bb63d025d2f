import { instantOf, localDate } from '../../domain/time/local.ts';
import { describeError } from '../../errors.ts';
import type { Stopwatch } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Leases, OccurrenceRow, OccurrenceStore } from '../../ports/store.ts';
import { point } from '../crash-points.ts';
import { holdLease } from '../lease.ts';
import type { Job } from './define-job.ts';
import { account, createSchedule } from './occurrences.ts';

export type JobRunnerOptions<Ports> = {
  readonly jobs: readonly Job<Ports>[];
  readonly ports: Ports;
  readonly occurrences: OccurrenceStore;
  readonly leases: Leases;
  readonly owner: string;
  readonly zone: string;
  readonly stopwatch: Stopwatch;
  readonly log: Log;
};

export type JobRunner = {
  /** Accounts for every occurrence up to now and runs what is pending. Never overlaps with itself. */
  tick(now: Date): Promise<void>;
  next(after: Date): Date | null;
  stop(): Promise<void>;
};

type Claim = { readonly token: number; readonly tries: number };

export const createJobRunner = <Ports>(options: JobRunnerOptions<Ports>): JobRunner => {
  const { occurrences, leases, owner, zone, stopwatch, log } = options;
  const jobs = options.jobs.map((job) => ({ job, schedule: createSchedule(job.cron, zone) }));
  const through = new Map<string, Date>();
  let stopped = false;
  let chain: Promise<void> = Promise.resolve();

  /** On the very first start a job is accounted for from the beginning of that day. */
  const throughOf = async (name: string, now: Date): Promise<Date> =>
    through.get(name) ??
    (await occurrences.through(name)) ??
    new Date(instantOf(localDate(now, zone), '00:00', zone).getTime() - 1);

  const enumerate = async ({ job, schedule }: (typeof jobs)[number], now: Date) => {
    const since = await throughOf(job.name, now);
    if (now <= since) return;
    const found = schedule.between(since, now);
    if (found.length > 0) {
      const rows = account(job, found, now).map((row) => ({ job: job.name, ...row }));
      for (const row of rows)
        if (row.state === 'skipped') log.info({ event: 'job.skipped', ...row }, 'an occurrence was left out');
      await occurrences.record(rows);
      await occurrences.moveThrough(job.name, now);
    }
    through.set(job.name, now);
  };

  /** Left off half-way it is not done: another takes it up at once, and stopping was no try. */
  const run = async (job: Job<Ports>, row: OccurrenceRow, token: number, now: Date, held: () => boolean) => {
    const goOn = () => held() && !stopped;
    await job.run({ occurrence: row.at, now, goOn, log }, options.ports);
    if (goOn()) await occurrences.done(row._id, token);
    else await (stopped ? occurrences.yieldBack(row._id, token) : occurrences.giveUp(row._id, token));
    point('occurrence.done', { id: row._id });
  };

  const stumble = async (job: Job<Ports>, row: OccurrenceRow, claim: Claim, error: unknown) => {
    log.error({ event: 'job.failed', job: job.name, tries: claim.tries, ...describeError(error) }, 'a job failed');
    if (claim.tries >= job.maxTries) await occurrences.fail(row._id, claim.token, describeError(error).name);
    else await occurrences.giveUp(row._id, claim.token);
  };

  /** Another occurrence of the same job still runs somewhere; one that was tried before is not given up for that. */
  const overlap = async (job: Job<Ports>, row: OccurrenceRow) => {
    if (job.overlap === 'wait' || row.tries > 0) return;
    const claim = await occurrences.claim(row._id, owner, job.leaseSeconds * 1_000);
    if (claim) await occurrences.skip(row._id, claim.token, 'the one before was still running');
  };

  /** The job's lease comes first: it is kept alive, so that nobody takes a row whose run is still under way. */
  const runOne = async (row: OccurrenceRow, now: Date): Promise<void> => {
    const job = jobs.find((entry) => entry.job.name === row.job)?.job;
    if (!job || stopped) return;
    const ttlMs = job.leaseSeconds * 1_000;
    const lease = await leases.tryClaim(`job:${job.name}`, owner, ttlMs);
    if (!lease) return overlap(job, row);
    const held = holdLease(leases, lease, stopwatch);
    try {
      const claim = await occurrences.claim(row._id, owner, ttlMs);
      if (!claim) return;
      point('occurrence.claimed', { id: row._id });
      if (claim.tries > job.maxTries) {
        log.error({ event: 'job.dead', job: job.name, tries: row.tries }, 'gave up on an occurrence');
        await occurrences.fail(row._id, claim.token, 'never came to an end');
        return;
      }
      await run(job, row, claim.token, now, held.held).catch((error: unknown) => stumble(job, row, claim, error));
    } finally {
      await held.release();
    }
  };

  const work = async (now: Date) => {
    for (const entry of jobs) await enumerate(entry, now);
    for (const row of await occurrences.pending()) await runOne(row, now);
  };

  return {
    tick: (now) => {
      chain = chain
        .then(() => work(now))
        .catch((error: unknown) => {
          log.warn({ event: 'tick.failed', ...describeError(error) }, 'jobs are looked at again at the next tick');
        });
      return chain;
    },
    next: (after) =>
      jobs
        .map(({ schedule }) => schedule.next(after))
        .reduce((first, at) => (first === null || (at !== null && at < first) ? at : first), null),
    stop: async () => {
      stopped = true;
      await chain;
    },
  };
};
