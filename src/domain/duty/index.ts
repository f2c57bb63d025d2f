/** Duties: who owes what by when, and who hears of it. */
export { acknowledge, latestStep, nextStep, stepsOf, withoutSkipped } from './ladder.ts';
export { deadlineOf, openDuties } from './open.ts';
export { type Binding, type Recipient, recipientsOf } from './recipients.ts';
export { sendTime } from './send-time.ts';
export * from './types.ts';
