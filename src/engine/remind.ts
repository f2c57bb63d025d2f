import {
  type Card,
  latestStep,
  nextStep,
  type PlannedStep,
  type PolicyPack,
  recipientsOf,
  sendTime,
  stepsOf,
  withoutSkipped,
} from '../domain/duty/index.ts';
import { newMessage } from '../domain/message.ts';
import type { Organisation } from '../domain/organisation.ts';
import type { BindingRow, DutyRow, OutboxRow, Recipient, ReminderItem } from '../domain/rows.ts';
import { addDays, instantOf, type LocalDate, localDate } from '../domain/time/local.ts';
import { isWorkday, type WorkCalendar } from '../domain/time/work-calendar.ts';
import type { Store } from '../ports/store.ts';
import type { JobRun } from './jobs/define-job.ts';

export type JobPorts = {
  readonly store: Store;
  readonly pack: PolicyPack;
  readonly calendar: WorkCalendar;
  readonly zone: string;
  readonly stamp: () => number;
};

/** Local midnight of a step's day: from then on the morning's job finds the duty. */
export const wakeOf = (step: PlannedStep | null, zone: string): Date | null =>
  step && instantOf(step.on, '00:00', zone);

const rowFor = (to: Recipient, day: LocalDate, at: Date, seq: number): OutboxRow => {
  const key = `remind/${to.id}/${day}`;
  return newMessage({ _id: key, cause: key, kind: 'send', to, at, seq });
};

type Morning = {
  readonly run: JobRun;
  readonly ports: JobPorts;
  readonly today: LocalDate;
  readonly organisation: Organisation;
  readonly bindings: readonly BindingRow[];
};

const stepsOfDuty = (duty: DutyRow, { pack, calendar }: JobPorts): readonly PlannedStep[] => {
  const policy = pack.policies.find((one) => one.id === duty.policy);
  const ladder = policy && pack.ladders[policy.ladder];
  return ladder ? withoutSkipped(stepsOf(ladder, duty.deadline, duty.period, calendar), duty.skipped) : [];
};

/** Puts a step onto the day's card of each recipient; false when it is too late for one of them today. */
const tell = async (morning: Morning, duty: DutyRow, step: PlannedStep): Promise<boolean> => {
  const { ports, run, today, organisation } = morning;
  const bound = [...morning.bindings].reverse().map(({ _id, unit }) => ({ chatId: _id, unit }));
  const to = step.to.flatMap((audience) => recipientsOf(audience, duty.unit, organisation, bound));
  const item: ReminderItem = { duty: duty._id, step: step.step, card: step.card };
  let told = true;
  for (const recipient of to) {
    const at = sendTime(recipient.id, today, ports.zone, run.now);
    const added = at !== null && (await ports.store.outbox.remind(rowFor(recipient, today, at, ports.stamp()), [item]));
    told = told && added;
  }
  return told;
};

const advance = async ({ ports, run }: Morning, duty: DutyRow, next: PlannedStep | null) => {
  const cause = `${duty._id}/${run.occurrence.toISOString()}`;
  await ports.store.effects.apply(
    {
      op: 'update',
      in: 'duties',
      id: duty._id,
      revision: null,
      ifStale: 'skip',
      expect: { nextAt: duty.nextAt },
      set: { nextAt: wakeOf(next, ports.zone) },
    },
    cause,
  );
};

const consider = async (morning: Morning, duty: DutyRow, wanted: readonly Card[]) => {
  const { ports, today } = morning;
  if (duty.nextAt === null || duty.waiver?.state === 'agreed') return;
  const steps = stepsOfDuty(duty, ports);
  const latest = latestStep(steps, addDays(localDate(duty.nextAt, ports.zone), -1), today);
  if (latest && !wanted.includes(latest.card)) return;
  if (latest === null || (await tell(morning, duty, latest))) await advance(morning, duty, nextStep(steps, today));
};

/**
 * The morning's planning: of each unmet duty whose next step's day has come, the latest step goes onto the day's card of
 * whoever it concerns (design §5). Steps missed before it are not made up for. Nothing on off days.
 */
export const planReminders = async (run: JobRun, ports: JobPorts, wanted: readonly Card[]): Promise<void> => {
  const today = localDate(run.now, ports.zone);
  if (!isWorkday(ports.calendar, today)) return;
  const [organisation, bindings] = await Promise.all([
    ports.store.directory.organisation(),
    ports.store.directory.bindings(),
  ]);
  const morning: Morning = { run, ports, today, organisation, bindings };
  let page: readonly DutyRow[] = [];
  do {
    page = await ports.store.duties.dueForStep(run.now, page.at(-1)?._id ?? '', 200);
    for (const duty of page) {
      if (!run.goOn()) return;
      await consider(morning, duty, wanted);
    }
  } while (page.length > 0);
};
