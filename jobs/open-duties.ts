import {
  addDays,
  type Duty,
  type DutyRow,
  defineJob,
  dutiesMetBy,
  firstOfMonth,
  type JobPorts,
  lastOfMonth,
  localDate,
  meet,
  nextStep,
  openDuties,
  stepsOf,
  wakeOf,
} from '../src/kit.ts';

/** A duty as it is opened: steps whose day has passed before it was known are nobody's to hear. */
const rowOf = (duty: Duty, today: string, { pack, calendar, zone }: JobPorts): DutyRow => {
  const policy = pack.policies.find((one) => one.id === duty.policy);
  const ladder = pack.ladders[policy?.ladder ?? ''] ?? [];
  const first = nextStep(stepsOf(ladder, duty.deadline, duty.period, calendar), addDays(today, -1));
  const { id, unit, kind, period, deadline } = duty;
  return {
    _id: id,
    cause: id,
    revision: 0,
    unit,
    policy: duty.policy,
    kind,
    period,
    deadline,
    nextAt: wakeOf(first, zone),
    met: null,
    skipped: [],
    waiver: null,
  };
};

/** A record may have come before its duty: evidence is looked for after the duty is there, so that none slips between. */
const meetFromRecords = async (duty: DutyRow, { store }: JobPorts) => {
  for (const record of await store.records.counting(duty.kind, duty.unit, duty.period))
    if (dutiesMetBy(record).includes(duty._id))
      await store.effects.apply(meet(duty._id, record._id, record.submittedAt), `${duty._id}/evidence`);
};

/** Opens what each unit owes in the month of the occurrence; running it again opens nothing twice. */
export default defineJob<JobPorts>({
  name: 'open-duties',
  cron: '5 0 * * *',
  missed: { policy: 'latest', withinHours: 24 * 366 },
  overlap: 'wait',
  maxTries: 6,
  leaseSeconds: 15,
  run: async ({ occurrence, goOn, log }, ports) => {
    const today = localDate(occurrence, ports.zone);
    const goLive = localDate(await ports.store.directory.goLive(occurrence), ports.zone);
    const span = { from: firstOfMonth(today), to: lastOfMonth(today), goLive: firstOfMonth(goLive) };
    const organisation = await ports.store.directory.organisation();
    const rows = openDuties(ports.pack, organisation, span, ports.calendar).map((duty) => rowOf(duty, today, ports));
    const known = new Map((await ports.store.duties.find(rows.map((row) => row._id))).map((row) => [row._id, row]));
    const fresh = rows.filter((row) => !known.has(row._id));
    await ports.store.duties.insertMany(fresh);
    // Not the fresh ones alone: the run that opened the others may have died before it looked for their evidence.
    for (const row of rows) {
      if (!goOn()) return;
      if ((known.get(row._id) ?? row).met === null) await meetFromRecords(row, ports);
    }
    log.info({ event: 'duties.opened', count: fresh.length }, 'duties of the month are open');
  },
});
