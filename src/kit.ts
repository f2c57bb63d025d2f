/** The one import of a command or a job. */
export type { CardSpec } from './cards/card.ts';
export { noticeCard } from './cards/notice.ts';
export { type DraftView, draftCard, recordedCard, withdrawnCard } from './cards/record.ts';
export { refusals, unboundCard } from './cards/refusal.ts';
export { dayText, escape, lampText, periodText } from './cards/text.ts';
export * from './domain/duty/index.ts';
export * from './domain/organisation.ts';
export { type Access, isAdministrator, mayRecord, mayUse, reaches } from './domain/permission.ts';
export { dutiesMetBy, meet, reopen, withdraw } from './domain/record/evidence.ts';
export { emptyFields, type RecordFields } from './domain/record/fields.ts';
export { kindOf, kinds } from './domain/record/kinds.ts';
export { isLate } from './domain/record/period.ts';
export { assess } from './domain/record/record.ts';
export { fieldsOf, overlay, rowOf } from './domain/record/row.ts';
export type { DraftRow, DutyRow, Effect, RecordRow } from './domain/rows.ts';
export {
  addDays,
  addMonths,
  firstOfMonth,
  instantOf,
  lastOfMonth,
  localDate,
  localDateTime,
  monthOf,
} from './domain/time/local.ts';
export { isWorkday, workdaysAfter } from './domain/time/work-calendar.ts';
export { kindIn } from './domain/utterance/rules-kind.ts';
export type { Item } from './domain/utterance/types.ts';
export { defineJob, type Job, type JobRun } from './engine/jobs/define-job.ts';
export { type JobPorts, planReminders, wakeOf } from './engine/remind.ts';
export { logged } from './router/plan.ts';
export { enter } from './router/recording/enter.ts';
export type { Base } from './router/recording/entry.ts';
export { completeForm, openForm } from './router/recording/form.ts';
export {
  type Answer,
  type Click,
  type Command,
  defineCommand,
  type Facts,
  type Readers,
  type Request,
} from './router/request.ts';
export { understand } from './router/understand.ts';
