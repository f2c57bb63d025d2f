/** A line about a meeting, held or planned: its readings, put together and completed from the roster. */

import type { RecordFields } from '../record/fields.ts';
import type { KindCode } from '../record/kinds.ts';
import { kindOf } from '../record/kinds.ts';
import { isLate, periodOf } from '../record/period.ts';
import type { Ask } from '../record/record.ts';
import { assess } from '../record/record.ts';
import type { Tense } from './date.ts';
import { type Draft, emptyDraft, merge } from './draft.ts';
import { fillFromRoster } from './fill.ts';
import { settleFree } from './free.ts';
import { itemOf } from './item.ts';
import { absenceRules } from './rules-absence.ts';
import { countRules } from './rules-count.ts';
import { fillerRules, kindRules } from './rules-kind.ts';
import { personRules } from './rules-person.ts';
import { placeRules } from './rules-place.ts';
import { topicRules } from './rules-topic.ts';
import { type Rule, scan, type Token } from './scan.ts';
import type { Item, UtteranceContext } from './types.ts';
import { whenOf } from './when.ts';

const rules: readonly Rule[] = [
  ...topicRules,
  ...absenceRules,
  ...countRules,
  ...personRules,
  ...kindRules,
  ...placeRules,
  ...fillerRules,
];

const isWhen = (token: Token | undefined): boolean =>
  token?.reading.time !== undefined || token?.reading.date !== undefined;

/** Everything a line says about a record, with nothing added. */
export const readDraft = (line: string, context: UtteranceContext, tense: Tense): Draft => {
  const month = context.replyTo?.period?.match(/^\d{4}-\d{2}$/)?.[0] ?? null;
  const tokens = scan(line, rules, {
    dates: { today: context.now.slice(0, 10), tense, month },
    unit: context.unit,
    sender: context.sender,
  });
  return tokens.reduce((draft, token, index) => merge(draft, token.reading, isWhen(tokens[index - 1])), emptyDraft);
};

/** What the message answered gives where the text itself is silent. */
const withReply = (fields: RecordFields, context: UtteranceContext): RecordFields => {
  const kind = kindOf(context.replyTo?.kind ?? '')?.code ?? null;
  return fields.kind === null && kind !== null ? { ...fields, kind } : fields;
};

/** A yearly kind in autumn is for its own year; from January to March nobody can know which year is meant. */
const yearOf = (fields: RecordFields): number | null =>
  fields.kind !== null && ['OLM', 'DAM'].includes(fields.kind) && (fields.startAt?.slice(5, 7) ?? '01') > '03'
    ? Number(fields.startAt?.slice(0, 4))
    : null;

const periodFor = (fields: RecordFields, context: UtteranceContext): string | null =>
  fields.kind && fields.startAt ? periodOf(fields.kind, fields.startAt, fields.forYear) : replyPeriod(fields, context);
const replyPeriod = (fields: RecordFields, { replyTo }: UtteranceContext): string | null =>
  replyTo && fields.kind !== null && replyTo.kind === fields.kind ? replyTo.period : null;

const finish = (
  draft: Draft,
  context: UtteranceContext,
): { fields: RecordFields; filled: Item['filled']; ask: Ask[] } => {
  const settled = settleFree(draft);
  const when = whenOf(settled.dates, settled.times);
  const dated = withReply({ ...settled.fields, startAt: when.startAt, endAt: when.endAt }, context);
  const forYear = dated.forYear ?? yearOf(dated);
  const fields = { ...dated, forYear };
  const filled = forYear === null ? settled.filled : { ...settled.filled, forYear: 'clock' as const };
  const complete = fillFromRoster({ ...settled, fields, filled }, context);
  return { fields: complete.fields, filled: complete.filled, ask: [...when.ask, ...complete.ask] };
};

const fiveKinds = ['BGM', 'BCM', 'PGM', 'LEC', 'TPD'];
const askKind = (kind: KindCode | null, ask: readonly Ask[]): readonly Ask[] =>
  kind !== null || ask.some(({ field }) => field === 'kind')
    ? ask
    : [{ field: 'kind', why: 'unclear', options: fiveKinds.map((code) => kindOf(code)?.name ?? code) }, ...ask];

export const recordItem = (line: string, context: UtteranceContext): Item => {
  const { fields, filled, ask } = finish(readDraft(line, context, 'past'), context);
  const { now, attachments = 0 } = context;
  const assessed = assess(fields, { now, attachments, asked: askKind(fields.kind, ask) });
  return itemOf('record', {
    ...fields,
    filled,
    counts: assessed.counts,
    missing: assessed.missing,
    ask: assessed.ask,
    period: periodFor(fields, context),
    late: fields.startAt !== null && isLate(fields.startAt, now, context.calendar),
  });
};

const neededToPlan = ['kind', 'startAt', 'place'] as const;

export const planItem = (line: string, context: UtteranceContext): Item => {
  const { fields, filled, ask } = finish(readDraft(line, context, 'future'), context);
  const startAt = fields.startAt;
  const past: Ask[] =
    startAt !== null && startAt < context.now.slice(0, startAt.length)
      ? [{ field: 'startAt', why: 'range', options: [] }]
      : [];
  return itemOf('plan', {
    ...fields,
    filled,
    ask: [...ask, ...past],
    period: periodFor(fields, context),
    missing: neededToPlan.filter((field) => fields[field] === null),
  });
};
