import { recordedCard } from '../../cards/record.ts';
import { emptyFields } from '../../domain/record/fields.ts';
import { fieldsFromForm, phraseFromForm } from '../../domain/record/form.ts';
import { kindOf } from '../../domain/record/kinds.ts';
import { overlay } from '../../domain/record/row.ts';
import type { DraftRow } from '../../domain/rows.ts';
import type { Store } from '../../ports/store.ts';
import type { Answer, Click, Facts } from '../request.ts';
import { understand } from '../understand.ts';
import { decide } from './enter.ts';
import { entryOf, kindsInQuestion, rereadDraft, stillFilled } from './entry.ts';
import { keep } from './keep.ts';
import { basisOf } from './submit.ts';

/** 补记: an empty draft with its kind, asked for in a card of its own, so that the reminder stays as it is. */
export const openForm = async (click: Click, duties: readonly string[]): Promise<Answer> => {
  const [only, second] = duties;
  const kind = only !== undefined && second === undefined ? (kindOf(only.split('/')[0] ?? '')?.code ?? null) : null;
  const fields = { ...emptyFields, kind };
  const source = { chat: click.chat.id, message: click.messageId };
  const rest = { filled: {}, source, text: '', index: 0, draft: null };
  const asked = keep(click, entryOf(click, fields, kindsInQuestion(click, fields, [], duties), rest));
  const to =
    click.chat.type === 'private'
      ? ({ type: 'person', id: click.actor.openId } as const)
      : ({ type: 'chat', id: click.chat.id } as const);
  if (asked.card === null) return asked;
  return {
    effects: asked.effects ?? [],
    card: null,
    also: [{ key: `ask/${click.cause}`, to, card: asked.card, ...(asked.about ? { about: asked.about } : {}) }],
    toast: { type: 'info', content: '请填下面新发的表，或直接回复一句话。' },
  };
};

const taken = async (facts: Facts, draft: DraftRow, records: Store['records']): Promise<Answer> => {
  const record = await records.find(`${draft._id}/record`);
  const name = facts.organisation.people.find((person) => person.openId === record?.submittedBy)?.name ?? '别人';
  return {
    card: record ? recordedCard(record, facts.rules.zone, facts.now, basisOf(facts, record.kind)) : null,
    toast: { type: 'info', content: `刚刚已由${name}处理` },
  };
};

/** A submitted form: laid over the draft, then treated like anything that is said. */
export const completeForm = async (click: Click, draft: DraftRow, records: Store['records']): Promise<Answer> => {
  if (draft.state !== 'open') return taken(click, draft, records);
  const form = fieldsFromForm(click.form);
  const before = rereadDraft(click, draft, form.kind ?? null);
  const known = overlay(before.fields, form);
  const phrase = phraseFromForm(click.form);
  const item =
    phrase === ''
      ? undefined
      : understand(click, phrase, { kind: known.kind, unit: draft.unit, period: null }).items[0];
  const fields = item ? overlay(known, { absent: item.absent, votes: item.votes }) : known;
  const rest = { filled: stillFilled(before, fields), source: draft.source, text: draft.text, index: 0, draft };
  const entry = entryOf(click, fields, [], rest);
  const answer = decide(click, entry);
  return { ...answer, toast: { type: 'success', content: entry.assessment.counts ? '已记下' : '还差几项，请看卡片' } };
};
