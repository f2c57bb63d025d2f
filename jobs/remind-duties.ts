import { defineJob, type JobPorts, planReminders } from '../src/kit.ts';

/** Each working morning: what is due or just overdue goes to the unit's group and its secretary. */
export default defineJob<JobPorts>({
  name: 'remind-duties',
  cron: '30 8 * * *',
  missed: { policy: 'latest', withinHours: 24 },
  overlap: 'wait',
  maxTries: 6,
  leaseSeconds: 15,
  run: (run, ports) => planReminders(run, ports, ['duty', 'overdue']),
});
