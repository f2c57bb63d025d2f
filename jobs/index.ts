import type { Job, JobPorts } from '../src/kit.ts';
import escalate from './escalate.ts';
import openDuties from './open-duties.ts';
import remindDuties from './remind-duties.ts';

/** Every job, in the order in which they run when several are due at once. */
export const jobs: readonly Job<JobPorts>[] = [openDuties, remindDuties, escalate];
