import { noticeCard } from '../cards/notice.ts';
import { draftCard, recordedCard } from '../cards/record.ts';
import { expectedAt } from '../domain/organisation.ts';
import { mayRecord } from '../domain/permission.ts';
import { dutiesMetBy, meet } from '../domain/record/evidence.ts';
import { emptyFields, type RecordFields } from '../domain/record/fields.ts';
import { fieldsFromForm, phraseFromForm } from '../domain/record/form.ts';
import { kindOf } from '../domain/record/kinds.ts';
import { isLate } from '../domain/record/period.ts';
import { type Ask, type Assessment, assess } from '../domain/record/record.ts';
import { fieldsOf, overlay, rowOf } from '../domain/record/row.ts';
import type { DraftRow, Effect, RecordRow } from '../domain/rows.ts';
import type { Item } from '../domain/utterance/types.ts';
import type { Store } from '../ports/store.ts';
import { logged } from './plan.ts';
import type { Answer, Click, Facts } from './request.ts';
import { understand } from './understand.ts';

/** What an entry continues: a draft that asked, or a record that still lacks something for its review. */
export type Base =
  | { readonly is: 'draft'; readonly draft: DraftRow }
  | { readonly is: 'record'; readonly record: RecordRow };

type Source = RecordRow['source'];
type Entry = {
  readonly fields: RecordFields;
  readonly assessment: Assessment;
  readonly filled: Readonly<Record<string, string>>;
  readonly source: Source;
  readonly text: string;
  /** Which record of a message this is. */
  readonly index: number;
  readonly draft: DraftRow | null;
};

const basisOf = (facts: Facts, kind: string): string | undefined =>
  facts.rules.pack.policies.find((policy) => policy.kind === kind)?.basis;

const draftFields = (draft: DraftRow): RecordFields => ({ ...emptyFields, ...draft.fields });

/** A draft that becomes a record is closed first: whoever comes second finds it closed and decides anew. */
const closeDraft = (draft: DraftRow | null): readonly Effect[] =>
  draft
    ? [{ op: 'update', in: 'drafts', id: draft._id, revision: draft.revision, set: { state: 'done' }, ifStale: 'redo' }]
    : [];

const submit = (facts: Facts, entry: Entry): Answer | null => {
  const { fields, assessment, filled, source, draft } = entry;
  const row = rowOf(
    fields,
    {
      _id: draft ? `${draft._id}/record` : `${facts.cause}/record/${entry.index}`,
      ...{ cause: facts.cause, unit: facts.unit?.code ?? '', missing: assessment.missing, filled, source },
      late: fields.startAt !== null && isLate(fields.startAt, facts.clock, facts.rules.calendar),
      ...{ submittedBy: facts.actor.openId, submittedAt: facts.now },
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

/** Until the kind is known nothing else can be asked for. */
const wantedOf = ({ missingToCount, ask }: Assessment): readonly string[] =>
  missingToCount.includes('kind') ? ['kind'] : [...new Set([...missingToCount, ...ask.map((one: Ask) => one.field)])];

/** Keeps what is known and asks for the rest, once, in one card. */
const keep = (facts: Facts, { fields, filled, assessment, source, text, index, draft }: Entry): Answer => {
  const wanted = wantedOf(assessment);
  const id = draft?._id ?? `${facts.cause}/draft/${index}`;
  const revision = draft ? draft.revision + 1 : 0;
  const asks = assessment.ask.filter((ask) => wanted.includes(ask.field));
  const card = draftCard({ id, revision, fields, asks, wanted }, facts.today);
  const kept = { fields, filled, asked: wanted, text };
  const effect: Effect = draft
    ? { op: 'update', in: 'drafts', id, revision: draft.revision, set: kept, ifStale: 'redo' }
    : {
        op: 'insert',
        into: 'drafts',
        row: {
          ...{
            _id: id,
            cause: facts.cause,
            revision,
            ...kept,
            unit: facts.unit?.code ?? '',
            sender: facts.actor.openId,
          },
          ...{ chat: facts.chat.id, state: 'open', source, createdAt: facts.now },
        },
      };
  return { effects: [effect], card, about: { draft: id } };
};

const notYours = (facts: Facts, fields: RecordFields): Answer | null =>
  fields.kind && facts.unit && facts.actor.person && !mayRecord(facts.actor.person, facts.unit.code, fields.kind)
    ? {
        card: noticeCard(
          '这类请书记或委员来记',
          `您的职务记不了${kindOf(fields.kind)?.name ?? ''}，请本支部的书记或组织委员来记。`,
        ),
      }
    : null;

/** The roster says how many are expected when nobody did (design §1). */
const withRoster = (facts: Facts, fields: RecordFields, asks: readonly Ask[]): RecordFields => {
  const kind = fields.kind === null ? undefined : kindOf(fields.kind);
  const unsure = fields.expected !== null || asks.some((ask) => ask.field === 'expected');
  if (!kind || !facts.unit || unsure || (kind.body === 'group' && fields.group === null)) return fields;
  const expected = expectedAt(facts.organisation, facts.unit.code, kind.body, fields.group).length;
  return expected > 0 ? { ...fields, expected } : fields;
};

/** Assesses what is known, with the roster's number where none was said. */
const entryOf = (
  facts: Facts,
  known: RecordFields,
  asked: readonly Ask[],
  rest: Omit<Entry, 'fields' | 'assessment'>,
): Entry => {
  const fields = withRoster(facts, known, asked);
  const filled = fields === known ? rest.filled : { ...rest.filled, expected: 'roster' };
  return { ...rest, fields, filled, assessment: assess(fields, { now: facts.clock, attachments: 0, asked }) };
};

const decide = (facts: Facts, entry: Entry): Answer =>
  notYours(facts, entry.fields) ?? (entry.assessment.counts ? submit(facts, entry) : null) ?? keep(facts, entry);

/** Fills in what a record still lacks for its review; what it has stays as it is. */
const supplement = (facts: Facts, record: RecordRow, item: Item): Answer => {
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

type Known = Pick<Entry, 'fields' | 'filled'>;

/** A text whose kind was not clear is read again once it is: only then are roster and fields known. */
const rereadDraft = (facts: Facts, draft: DraftRow, kind: RecordFields['kind']): Known => {
  const known = { fields: draftFields(draft), filled: draft.filled };
  if (known.fields.kind !== null || kind === null) return known;
  const item =
    draft.text === '' ? undefined : understand(facts, draft.text, { kind, unit: draft.unit, period: null }).items[0];
  if (!item) return { ...known, fields: { ...known.fields, kind } };
  return { fields: { ...overlay(known.fields, item), kind }, filled: item.filled };
};

/** What was not said still was not, unless it has been said since. */
const stillFilled = ({ fields, filled }: Known, now: RecordFields): Entry['filled'] =>
  Object.fromEntries(
    Object.entries(filled).filter(([name]) => {
      const field = name as keyof RecordFields;
      return JSON.stringify(fields[field]) === JSON.stringify(now[field]);
    }),
  );

/** An answer to a reminder of several duties is about one of those. */
const kindsInQuestion = (
  facts: Facts,
  fields: RecordFields,
  asks: readonly Ask[],
  duties: readonly string[] = facts.about?.duties ?? [],
): readonly Ask[] => {
  if (fields.kind !== null || duties.length < 2) return asks;
  const options = [...new Set(duties.flatMap((duty) => kindOf(duty.split('/')[0] ?? '')?.name ?? []))];
  return [{ field: 'kind', why: 'unclear', options }, ...asks.filter((ask) => ask.field !== 'kind')];
};

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
