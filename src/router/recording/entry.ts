import { expectedAt } from '../../domain/organisation.ts';
import { emptyFields, type RecordFields } from '../../domain/record/fields.ts';
import { kindOf } from '../../domain/record/kinds.ts';
import { type Ask, type Assessment, assess } from '../../domain/record/record.ts';
import { overlay } from '../../domain/record/row.ts';
import type { DraftRow, RecordRow } from '../../domain/rows.ts';
import type { Facts } from '../request.ts';
import { understand } from '../understand.ts';

/** What an entry continues: a draft that asked, or a record that still lacks something for its review. */
export type Base =
  | { readonly is: 'draft'; readonly draft: DraftRow }
  | { readonly is: 'record'; readonly record: RecordRow };

export type Source = RecordRow['source'];
export type Entry = {
  readonly fields: RecordFields;
  readonly assessment: Assessment;
  readonly filled: Readonly<Record<string, string>>;
  readonly source: Source;
  readonly text: string;
  /** Which record of a message this is. */
  readonly index: number;
  readonly draft: DraftRow | null;
};

type Known = Pick<Entry, 'fields' | 'filled'>;

export const draftFields = (draft: DraftRow): RecordFields => ({ ...emptyFields, ...draft.fields });

/** The roster says how many are expected when nobody did (design §1). */
const withRoster = (facts: Facts, fields: RecordFields, asks: readonly Ask[]): RecordFields => {
  const kind = fields.kind === null ? undefined : kindOf(fields.kind);
  const unsure = fields.expected !== null || asks.some((ask) => ask.field === 'expected');
  if (!kind || !facts.unit || unsure || (kind.body === 'group' && fields.group === null)) return fields;
  const expected = expectedAt(facts.organisation, facts.unit.code, kind.body, fields.group).length;
  return expected > 0 ? { ...fields, expected } : fields;
};

/** Assesses what is known, with the roster's number where none was said. */
export const entryOf = (
  facts: Facts,
  known: RecordFields,
  asked: readonly Ask[],
  rest: Omit<Entry, 'fields' | 'assessment'>,
): Entry => {
  const fields = withRoster(facts, known, asked);
  const filled = fields === known ? rest.filled : { ...rest.filled, expected: 'roster' };
  return { ...rest, fields, filled, assessment: assess(fields, { now: facts.clock, attachments: 0, asked }) };
};

/** A text whose kind was not clear is read again once it is: only then are roster and fields known. */
export const rereadDraft = (facts: Facts, draft: DraftRow, kind: RecordFields['kind']): Known => {
  const known = { fields: draftFields(draft), filled: draft.filled };
  if (known.fields.kind !== null || kind === null) return known;
  const item =
    draft.text === '' ? undefined : understand(facts, draft.text, { kind, unit: draft.unit, period: null }).items[0];
  if (!item) return { ...known, fields: { ...known.fields, kind } };
  return { fields: { ...overlay(known.fields, item), kind }, filled: item.filled };
};

/** What was not said still was not, unless it has been said since. */
export const stillFilled = ({ fields, filled }: Known, now: RecordFields): Entry['filled'] =>
  Object.fromEntries(
    Object.entries(filled).filter(([name]) => {
      const field = name as keyof RecordFields;
      return JSON.stringify(fields[field]) === JSON.stringify(now[field]);
    }),
  );

/** An answer to a reminder of several duties is about one of those. */
export const kindsInQuestion = (
  facts: Facts,
  fields: RecordFields,
  asks: readonly Ask[],
  duties: readonly string[] = facts.about?.duties ?? [],
): readonly Ask[] => {
  if (fields.kind !== null || duties.length < 2) return asks;
  const options = [...new Set(duties.flatMap((duty) => kindOf(duty.split('/')[0] ?? '')?.name ?? []))];
  return [{ field: 'kind', why: 'unclear', options }, ...asks.filter((ask) => ask.field !== 'kind')];
};
