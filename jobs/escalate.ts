import { defineJob, type JobPorts, planReminders } from '../src/kit.ts';

/** Each working morning, after the reminders: what stayed undone goes one level up, onto the same one card a day. */
export default defineJob<JobPorts>({
  name: 'escalate',
  cron: '40 8 * * *',
  missed: { policy: 'latest', withinHours: 24 },
  overlap: 'wait',
  maxTries: 6,
  leaseSeconds: 15,
  run: (run, ports) => planReminders(run, ports, ['escalation']),
});
