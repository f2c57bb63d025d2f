/** Merges the readings of a line into one draft; what contradicts itself becomes a question, never a choice. */
import { type Absence, emptyFields, type RecordFields, type Vote } from '../record/fields.ts';
import type { Ask } from '../record/record.ts';
import type { DateReading } from './date.ts';
import type { Reading } from './reading.ts';
import { joinKinds } from './rules-kind.ts';
import type { TimeReading } from './time.ts';
import type { FilledBy } from './types.ts';

export type Draft = {
  readonly fields: RecordFields;
  readonly filled: Readonly<Record<string, FilledBy>>;
  readonly ask: readonly Ask[];
  readonly dates: readonly DateReading[];
  readonly times: readonly TimeReading[];
  readonly everyone: boolean;
  readonly absentCount: number | null;
  readonly vote: Partial<Vote> | null;
  /** Unclaimed words, each with whether it directly followed the time. */
  readonly free: readonly { readonly words: string; readonly afterTime: boolean }[];
};

export const emptyDraft: Draft = {
  fields: emptyFields,
  filled: {},
  ask: [],
  dates: [],
  times: [],
  everyone: false,
  absentCount: null,
  vote: null,
  free: [],
};

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
const isSaid = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : value !== null);

/** Sets one value; a second, different one is asked about. */
const setOne = (draft: Draft, key: keyof RecordFields, value: RecordFields[keyof RecordFields]): Draft => {
  const old = draft.fields[key];
  if (!isSaid(old)) return { ...draft, fields: { ...draft.fields, [key]: value } };
  if (same(old, value)) return draft;
  return { ...draft, ask: [...draft.ask, { field: key, why: 'mismatch', options: [String(old), String(value)] }] };
};

const setKind = (draft: Draft, kind: RecordFields['kind']): Draft => {
  const first = draft.fields.kind;
  if (kind === null || first === null) return setOne(draft, 'kind', kind);
  const joined = joinKinds(first, kind);
  const fields = {
    ...draft.fields,
    alsoCountsAs: [...draft.fields.alsoCountsAs, ...(joined?.set?.alsoCountsAs ?? [])],
  };
  return joined ? { ...draft, fields } : setOne(draft, 'kind', kind);
};

const setAll = (draft: Draft, set: Partial<RecordFields>): Draft =>
  (Object.keys(set) as (keyof RecordFields)[]).reduce((now, key) => {
    const value = set[key];
    if (value === undefined) return now;
    return key === 'kind' ? setKind(now, set.kind ?? null) : setOne(now, key, value);
  }, draft);

const known = (list: readonly Absence[], one: Absence): boolean =>
  one.name !== null && list.some((other) => other.name === one.name);
const addLists = (fields: RecordFields, reading: Reading): RecordFields => ({
  ...fields,
  absent: [...fields.absent, ...(reading.absent ?? []).filter((one) => !known(fields.absent, one))],
  topics: [...fields.topics, ...(reading.topics ?? [])],
  agenda: [...fields.agenda, ...(reading.agenda ?? [])],
  studyTopics: [...fields.studyTopics, ...(reading.studyTopics ?? [])],
});

export const merge = (draft: Draft, reading: Reading, afterTime: boolean): Draft => {
  const listed: Draft = {
    ...draft,
    fields: addLists(draft.fields, reading),
    filled: { ...draft.filled, ...reading.filled },
    ask: [...draft.ask, ...(reading.ask ?? [])],
    dates: reading.date ? [...draft.dates, reading.date] : draft.dates,
    times: reading.time ? [...draft.times, reading.time] : draft.times,
    everyone: draft.everyone || reading.everyone === true,
    absentCount: reading.absentCount ?? draft.absentCount,
    vote: reading.vote ? { ...draft.vote, ...reading.vote } : draft.vote,
    free: reading.free === undefined ? draft.free : [...draft.free, { words: reading.free, afterTime }],
  };
  return reading.set ? setAll(listed, reading.set) : listed;
};
