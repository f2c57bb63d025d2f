/** When a record counts, when it is complete, and what must be asked (design §1, domain §3.7). */
import type { LocalDateTime } from '../time/local.ts';
import type { FieldName, RecordFields } from './fields.ts';

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

export const assess = (_fields: RecordFields, context: AssessContext): Assessment => ({
  counts: false,
  missing: [],
  missingToCount: [],
  ask: context.asked ?? [],
});
