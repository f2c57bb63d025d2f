import { noticeCard } from '../../cards/notice.ts';
import { mayRecord } from '../../domain/permission.ts';
import { emptyFields, type RecordFields } from '../../domain/record/fields.ts';
import { kindOf } from '../../domain/record/kinds.ts';
import { overlay } from '../../domain/record/row.ts';
import type { Item } from '../../domain/utterance/types.ts';
import type { Answer, Facts } from '../request.ts';
import { type Base, type Entry, entryOf, kindsInQuestion, rereadDraft, type Source, stillFilled } from './entry.ts';
import { keep } from './keep.ts';
import { submit, supplement } from './submit.ts';

const notYours = (facts: Facts, fields: RecordFields): Answer | null =>
  fields.kind && facts.unit && facts.actor.person && !mayRecord(facts.actor.person, facts.unit.code, fields.kind)
    ? {
        card: noticeCard(
          '这类请书记或委员来记',
          `您的职务记不了${kindOf(fields.kind)?.name ?? ''}，请本支部的书记或组织委员来记。`,
        ),
      }
    : null;

export const decide = (facts: Facts, entry: Entry): Answer =>
  notYours(facts, entry.fields) ?? (entry.assessment.counts ? submit(facts, entry) : null) ?? keep(facts, entry);

export type Said = {
  readonly item: Item;
  readonly index: number;
  readonly base: Base | null;
  readonly source: Source;
  readonly text: string;
};

/** One record as said: stored when it counts, else kept as a draft that asks for what is missing (design §1). */
export const enter = (facts: Facts, { item, index, base, source, text }: Said): Answer => {
  if (base?.is === 'record') return supplement(facts, base.record, item);
  const draft = base?.draft ?? null;
  const known = draft ? rereadDraft(facts, draft, item.kind) : { fields: emptyFields, filled: {} };
  const fields = overlay(known.fields, item);
  const filled = { ...stillFilled(known, fields), ...item.filled };
  const rest = { filled, source: draft?.source ?? source, text: draft?.text ?? text, index, draft };
  return decide(facts, entryOf(facts, fields, kindsInQuestion(facts, fields, item.ask), rest));
};
