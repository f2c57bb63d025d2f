/** The item of contracts §4 with nothing said; its key order is the order of the printed line. */
import type { RecordFields } from '../record/fields.ts';
import type { Intent, Item } from './types.ts';

const empty: Item = {
  intent: 'none',
  kind: null,
  group: null,
  startAt: null,
  endAt: null,
  period: null,
  forYear: null,
  late: false,
  place: null,
  onlineUrl: null,
  host: null,
  recorder: null,
  lecturer: null,
  expected: null,
  present: null,
  listeners: null,
  activists: null,
  absent: [],
  topics: [],
  agenda: [],
  summary: null,
  votes: [],
  appraisal: null,
  studyTopics: [],
  alsoCountsAs: [],
  counts: false,
  missing: [],
  ask: [],
  filled: {},
  action: null,
  ref: null,
  person: null,
  reason: null,
  until: null,
  file: null,
  query: null,
};

export const itemOf = (intent: Intent, said: Partial<RecordFields> & Partial<Item> = {}): Item => ({
  ...empty,
  ...said,
  intent,
});
