/** Completes the head count from the roster and from what was said; `filled` names each value that was not said. */
import type { RecordFields } from '../record/fields.ts';
import { type Body, kindOf } from '../record/kinds.ts';
import type { Ask } from '../record/record.ts';
import type { Draft } from './draft.ts';
import type { FilledBy, UnitContext, UtteranceContext } from './types.ts';

type Filling = Pick<Draft, 'fields' | 'filled' | 'ask'>;
type Rule = (draft: Draft, context: UtteranceContext) => Partial<RecordFields> & { readonly by?: FilledBy };

const rosterSizes: Readonly<Record<Body, (unit: UnitContext, group: number | null) => number | null>> = {
  members: (unit) => unit.expected.members,
  committee: (unit) => unit.expected.committee,
  group: (unit, group) => unit.groups.find((one) => one.no === group)?.size ?? null,
};
const bodyOf = ({ kind }: RecordFields): Body | null => (kind === null ? null : (kindOf(kind)?.body ?? null));
const rosterSize = (fields: RecordFields, unit: UnitContext | null): number | null => {
  const body = bodyOf(fields);
  const size = unit && body ? rosterSizes[body](unit, fields.group) : null;
  return size === 0 ? null : size;
};

const fillGroup: Rule = ({ fields }, { unit }) =>
  bodyOf(fields) === 'group' && fields.group === null && unit?.groups.length === 1
    ? { group: unit.groups[0]?.no ?? null, by: 'roster' }
    : {};
/** 到7人缺1人: the two together are all who were expected. */
const addUp: Rule = ({ fields, absentCount }) =>
  fields.expected === null && fields.present !== null && absentCount !== null
    ? { expected: fields.present + absentCount, by: 'text' }
    : {};
const expectedFromRoster: Rule = ({ fields, everyone }, { unit }) => {
  const size = rosterSize(fields, unit);
  const kind = fields.kind === null ? undefined : kindOf(fields.kind);
  if (!kind?.counts.includes('absent')) return {};
  const outsiders = kind.guests;
  const fits =
    everyone ||
    (fields.present !== null && (!outsiders || (size !== null && fields.present <= size && fields.listeners === null)));
  return fields.expected === null && size !== null && fits ? { expected: size, by: 'roster' } : {};
};
const presentFromExpected: Rule = ({ fields, everyone, filled, absentCount }) => {
  const told = everyone || absentCount !== null || (fields.absent.length > 0 && filled.expected === undefined);
  if (fields.present !== null || fields.expected === null || !told) return {};
  const present = fields.expected - fields.absent.length;
  return present < 0 ? {} : { present, by: filled.expected ?? 'text' };
};

const apply = (draft: Draft, rule: Rule, context: UtteranceContext): Draft => {
  const { by, ...values } = rule(draft, context);
  if (by === undefined) return draft;
  const filled = Object.fromEntries(Object.keys(values).map((key) => [key, by]));
  return { ...draft, fields: { ...draft.fields, ...values }, filled: { ...draft.filled, ...filled } };
};

/** The number said against the roster: 应到 that is only the full members, or more than there are. */
const againstRoster = ({ fields, filled }: Draft, { unit }: UtteranceContext): readonly Ask[] => {
  const size = rosterSize(fields, unit);
  if (!unit || size === null || bodyOf(fields) !== 'members') return [];
  const { expected, present, absent } = fields;
  if (filled.expected === 'roster')
    return present !== null && present < size && absent.length === 0
      ? [{ field: 'expected', why: 'mismatch', options: [String(size)] }]
      : [];
  const doubtful = expected !== null && expected !== size && (expected === unit.voting || expected > size);
  return doubtful ? [{ field: 'expected', why: 'mismatch', options: [String(expected), String(size)] }] : [];
};
const absentCounted = ({ fields, absentCount }: Draft): readonly Ask[] =>
  absentCount !== null && absentCount !== fields.absent.length
    ? [{ field: 'absent', why: 'mismatch', options: [] }]
    : [];

const rules: readonly Rule[] = [fillGroup, addUp, expectedFromRoster, presentFromExpected];

export const fillFromRoster = (draft: Draft, context: UtteranceContext): Filling => {
  const full = rules.reduce((now, rule) => apply(now, rule, context), draft);
  const known =
    full.fields.group === null ||
    !context.unit ||
    context.unit.groups.length === 0 ||
    context.unit.groups.some((one) => one.no === full.fields.group);
  const group: Ask[] = known
    ? []
    : [{ field: 'group', why: 'range', options: context.unit?.groups.map((one) => one.name) ?? [] }];
  return {
    fields: full.fields,
    filled: full.filled,
    ask: [...full.ask, ...againstRoster(full, context), ...absentCounted(full), ...group],
  };
};
