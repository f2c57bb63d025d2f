import type { RecordRow } from '../rows.ts';
import { instantOfLocal, localDateTime } from '../time/local.ts';
import { emptyFields, type RecordFields } from './fields.ts';
import { periodOf } from './period.ts';

/** Fields that have a column of their own in the store; the rest is kept as details. */
const columns = [
  'kind',
  'group',
  'startAt',
  'endAt',
  'place',
  'host',
  'recorder',
  'expected',
  'present',
  'absent',
  'topics',
];

const detailsOf = (fields: RecordFields): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(fields).filter(
      ([name, value]) => !columns.includes(name) && value !== null && !(Array.isArray(value) && value.length === 0),
    ),
  );

type Entry = Pick<
  RecordRow,
  '_id' | 'cause' | 'unit' | 'missing' | 'filled' | 'late' | 'submittedBy' | 'submittedAt' | 'source'
>;

/** A record that counts, as the store keeps it; null when its kind or time is not known after all. */
export const rowOf = (fields: RecordFields, entry: Entry, zone: string): RecordRow | null => {
  const { kind, startAt, endAt, group, place, host, recorder, expected, present, absent, topics } = fields;
  const period = kind && startAt && periodOf(kind, startAt);
  if (!kind || !startAt || !period) return null;
  return {
    ...entry,
    kind,
    group,
    place,
    host,
    recorder,
    expected,
    present,
    absent,
    topics,
    revision: 0,
    startAt: instantOfLocal(startAt, zone),
    endAt: endAt === null ? null : instantOfLocal(endAt, zone),
    period,
    details: detailsOf(fields),
    state: 'submitted',
  };
};

/** The way back: what a stored record says, in the fields the parser and the checks use. */
export const fieldsOf = (row: RecordRow, zone: string): RecordFields => ({
  ...emptyFields,
  ...row.details,
  kind: row.kind as RecordFields['kind'],
  group: row.group,
  startAt: localDateTime(row.startAt, zone),
  endAt: row.endAt && localDateTime(row.endAt, zone),
  place: row.place,
  host: row.host,
  recorder: row.recorder,
  expected: row.expected,
  present: row.present,
  absent: row.absent,
  topics: row.topics,
});

const said = (value: unknown): boolean =>
  value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);

/** Lays what was said later over what was known; `only` limits it to those fields. */
export const overlay = (known: RecordFields, later: Partial<RecordFields>, only?: readonly string[]): RecordFields => ({
  ...known,
  ...Object.fromEntries(
    Object.entries(later).filter(
      ([name, value]) => name in emptyFields && said(value) && (only === undefined || only.includes(name)),
    ),
  ),
});
