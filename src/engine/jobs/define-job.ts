import type { Log } from '../../ports/log.ts';

export type Missed =
  /** Of the occurrences that were missed only the latest runs, if it is not older than this. */
  | { readonly policy: 'latest'; readonly withinHours: number }
  /** Every missed occurrence not older than this runs, in order. */
  | { readonly policy: 'all'; readonly withinHours: number }
  | { readonly policy: 'skip' };

export type JobRun = {
  /** The scheduled instant, not the time of running. */
  readonly occurrence: Date;
  readonly now: Date;
  /** False once the lease is lost or the process stops: leave off, another will run it. */
  readonly goOn: () => boolean;
  readonly log: Log;
};

export type Job<Ports> = {
  /** Part of every key; never renamed. Equals the file's name. */
  readonly name: string;
  /** In the organisation's zone. */
  readonly cron: string;
  readonly missed: Missed;
  /** When the occurrence before still runs elsewhere: leave this one out, or wait for it. */
  readonly overlap: 'skip' | 'wait';
  readonly maxTries: number;
  readonly leaseSeconds: number;
  /** May run twice: every effect is keyed by its own cause. */
  readonly run: (run: JobRun, ports: Ports) => Promise<void>;
};

export const defineJob = <Ports>(job: Job<Ports>): Job<Ports> => job;
