/** When a record counts, when it is complete, and what must be asked (design §1, domain §3.7). */
import type { LocalDateTime } from '../time/local.ts';
import { checkRecord } from './checks.ts';
import { type FieldName, fieldLabels, type RecordFields } from './fields.ts';
import { kindOf } from './kinds.ts';

export type AskWhy = 'unclear' | 'mismatch' | 'range';
export type Ask = { readonly field: string; readonly why: AskWhy; readonly options: readonly string[] };
export type Assessment = {
  readonly counts: boolean;
  /** What a complete record still needs. */
  readonly missing: readonly FieldName[];
  /** What it still needs to count. */
  readonly missingToCount: readonly FieldName[];
  readonly ask: readonly Ask[];
};
export type AssessContext = {
  readonly now: LocalDateTime;
  readonly attachments: number;
  /** What was asked already while reading; a question about a field that counts keeps the record a draft. */
  readonly asked?: readonly Ask[];
};

const namesAbsent = ({ present, expected, absent }: RecordFields): boolean =>
  present === null ||
  expected === null ||
  present >= expected ||
  (absent.length >= expected - present && absent.every((one) => one.name !== null));
const votesKnown = ({ votes }: RecordFields): boolean =>
  votes.every((vote) => vote.yes !== null && vote.no !== null && vote.abstain !== null);

/** The fields that are not simply there or not. */
const special: Partial<Readonly<Record<FieldName, (fields: RecordFields, attachments: number) => boolean>>> = {
  place: ({ place, onlineUrl }) => place !== null || onlineUrl !== null,
  absent: namesAbsent,
  votes: votesKnown,
  attachments: (_, attachments) => attachments > 0,
};

const isThere = (field: FieldName, fields: RecordFields, attachments: number): boolean => {
  const test = special[field];
  if (test) return test(fields, attachments);
  const value = field === 'attachments' ? null : fields[field];
  return Array.isArray(value) ? value.length > 0 : value !== null;
};

const inOrder = Object.keys(fieldLabels) as readonly FieldName[];
const lacking = (wanted: readonly FieldName[], fields: RecordFields, attachments: number): FieldName[] =>
  inOrder.filter((field) => wanted.includes(field) && !isThere(field, fields, attachments));

const withoutKind: readonly FieldName[] = ['kind', 'startAt', 'expected', 'present', 'absent', 'topics'];
/** Asked for wherever something was said about it. */
const whenSaid: readonly FieldName[] = ['absent', 'votes'];

const unique = (asks: readonly Ask[]): Ask[] =>
  asks.filter((ask, index) => asks.findIndex((other) => other.field === ask.field) === index);

/** What a record lacks, to count and to be approved, and which of its values need a question. */
export const assess = (fields: RecordFields, context: AssessContext): Assessment => {
  const kind = fields.kind === null ? undefined : kindOf(fields.kind);
  const toCount = kind ? kind.counts : withoutKind;
  const toComplete = [...toCount, ...(kind ? kind.complete : withoutKind), ...whenSaid];
  const missingToCount = lacking(toCount, fields, context.attachments);
  const ask = unique([...(context.asked ?? []), ...checkRecord(fields, context.now)]);
  const blocked = ask.some(({ field }) => field === 'kind' || toCount.some((name) => name === field));
  return {
    counts: kind !== undefined && missingToCount.length === 0 && !blocked,
    missing: lacking(toComplete, fields, context.attachments),
    missingToCount,
    ask,
  };
};
