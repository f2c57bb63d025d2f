import cron from 'node-cron';
import type { Job } from './define-job.ts';

const minute = 60_000;
const hour = 60 * minute;

export type Schedule = {
  /** Every minute in (after, upTo] at which the job should run, in order. */
  between(after: Date, upTo: Date): readonly Date[];
  /** The first such minute after an instant, within a year. */
  next(after: Date): Date | null;
};

/** A cron expression in a zone, asked minute by minute of node-cron's pure `match`; no timer is involved. */
export const createSchedule = (expression: string, timezone: string): Schedule => {
  const task = cron.createTask(expression, () => undefined, { timezone });
  const firstMinute = (after: Date) => (Math.floor(after.getTime() / minute) + 1) * minute;
  let known: { readonly after: number; readonly next: number } | null = null;
  const next = (after: Date): Date | null => {
    if (known && known.after <= after.getTime() && after.getTime() < known.next) return new Date(known.next);
    const end = after.getTime() + 366 * 24 * hour;
    for (let at = firstMinute(after); at <= end; at += minute)
      if (task.match(new Date(at))) {
        known = { after: after.getTime(), next: at };
        return new Date(at);
      }
    return null;
  };
  const between = (after: Date, upTo: Date): readonly Date[] => {
    const found: Date[] = [];
    for (let at = next(after); at && at <= upTo; at = next(at)) found.push(at);
    return found;
  };
  return { between, next };
};

export type Accounted = { readonly at: Date; readonly state: 'pending' | 'skipped'; readonly reason: string | null };

/** Accounts for each occurrence found since the last look: it runs, or its skip says why (design §3.4). */
export const account = (job: Pick<Job<never>, 'missed'>, found: readonly Date[], now: Date): readonly Accounted[] =>
  found.map((at, index) => {
    const skip = (reason: string): Accounted => ({ at, state: 'skipped', reason });
    const onTime = now.getTime() - at.getTime() < 2 * minute && index === found.length - 1;
    if (onTime) return { at, state: 'pending', reason: null };
    if (job.missed.policy === 'skip') return skip('missed');
    if (now.getTime() - at.getTime() > job.missed.withinHours * hour) return skip('missed, too late');
    if (job.missed.policy === 'latest' && index < found.length - 1) return skip('missed, a later one runs');
    return { at, state: 'pending', reason: null };
  });
