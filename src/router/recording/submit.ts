import { noticeCard } from '../../cards/notice.ts';
import { recordedCard } from '../../cards/record.ts';
import { dutiesMetBy, meet } from '../../domain/record/evidence.ts';
import { isLate } from '../../domain/record/period.ts';
import { assess } from '../../domain/record/record.ts';
import { fieldsOf, overlay, rowOf } from '../../domain/record/row.ts';
import type { DraftRow, Effect, RecordRow } from '../../domain/rows.ts';
import type { Item } from '../../domain/utterance/types.ts';
import { logged } from '../plan.ts';
import type { Answer, Facts } from '../request.ts';
import type { Entry } from './entry.ts';

export const basisOf = (facts: Facts, kind: string): string | undefined =>
  facts.rules.pack.policies.find((policy) => policy.kind === kind)?.basis;

/** A draft that becomes a record is closed first: whoever comes second finds it closed and decides anew. */
const closeDraft = (draft: DraftRow | null): readonly Effect[] =>
  draft
    ? [{ op: 'update', in: 'drafts', id: draft._id, revision: draft.revision, set: { state: 'done' }, ifStale: 'redo' }]
    : [];

export const submit = (facts: Facts, entry: Entry): Answer | null => {
  const { fields, assessment, filled, source, draft } = entry;
  const row = rowOf(
    fields,
    {
      _id: draft ? `${draft._id}/record` : `${facts.cause}/record/${entry.index}`,
      cause: facts.cause,
      unit: facts.unit?.code ?? '',
      missing: assessment.missing,
      filled,
      source,
      late: fields.startAt !== null && isLate(fields.startAt, facts.clock, facts.rules.calendar),
      submittedBy: facts.actor.openId,
      submittedAt: facts.now,
    },
    facts.rules.zone,
  );
  if (row === null) return null;
  const on = { collection: 'records', id: row._id } as const;
  const policies = facts.rules.pack.policies;
  const duties = dutiesMetBy(row).filter((duty) => policies.some((policy) => duty.startsWith(`${policy.kind}/`)));
  return {
    effects: [
      ...closeDraft(draft),
      { op: 'insert', into: 'records', row },
      ...duties.map((duty) => meet(duty, row._id, facts.now)),
      logged(facts, 'submit', on, null, { kind: row.kind, period: row.period, present: row.present }, source.message),
    ],
    card: recordedCard(row, facts.rules.zone, facts.now, basisOf(facts, row.kind)),
    about: { record: row._id },
  };
};

/** Fills in what a record still lacks for its review; what it has stays as it is. */
export const supplement = (facts: Facts, record: RecordRow, item: Item): Answer => {
  const before = fieldsOf(record, facts.rules.zone);
  const fields = overlay(before, item, record.missing);
  const { missing } = assess(fields, { now: facts.clock, attachments: 0 });
  const after = rowOf(fields, { ...record, missing }, facts.rules.zone);
  if (after === null || missing.length === record.missing.length)
    return { card: noticeCard('没看懂要补什么', '可以这样说：主持人王辛，记录人钱乙，内容：学习了支部工作条例') };
  const { _id, cause, revision, state, ...set } = after;
  const on = { collection: 'records', id: _id } as const;
  return {
    effects: [
      { op: 'update', in: 'records', id: _id, revision: record.revision, set, ifStale: 'redo' },
      logged(facts, 'supplement', on, { missing: record.missing }, { missing }),
    ],
    card: recordedCard(after, facts.rules.zone, facts.now, basisOf(facts, after.kind)),
    about: { record: _id },
  };
};
