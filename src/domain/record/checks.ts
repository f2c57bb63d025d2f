/** Hard checks on a record (domain §3.7): each names the field to ask about, and why. */
import type { LocalDateTime } from '../time/local.ts';
import type { RecordFields, Vote } from './fields.ts';
import { kindOf } from './kinds.ts';
import type { Ask, AskWhy } from './record.ts';

type Check = {
  readonly field: keyof RecordFields;
  readonly why: AskWhy;
  readonly fails: (fields: RecordFields, now: LocalDateTime) => boolean;
};

const ballots = (vote: Vote): number => (vote.yes ?? 0) + (vote.no ?? 0) + (vote.abstain ?? 0);
const takesGuests = (fields: RecordFields): boolean => fields.kind !== null && kindOf(fields.kind)?.guests === true;
const appraised = ({ appraisal }: RecordFields): number | null =>
  appraisal && appraisal.excellent + appraisal.qualified + appraisal.basic + appraisal.unqualified;

const checks: readonly Check[] = [
  {
    field: 'present',
    why: 'range',
    fails: (fields) =>
      fields.present !== null && fields.expected !== null && fields.present > fields.expected && !takesGuests(fields),
  },
  {
    field: 'absent',
    why: 'mismatch',
    fails: ({ present, expected, absent }) =>
      present !== null &&
      expected !== null &&
      present <= expected &&
      absent.length > 0 &&
      present + absent.length !== expected,
  },
  {
    field: 'absent',
    why: 'unclear',
    fails: ({ absent }) => absent.some((one) => one.name === null),
  },
  {
    field: 'startAt',
    why: 'range',
    fails: ({ startAt }, now) => startAt !== null && startAt > now.slice(0, startAt.length),
  },
  {
    field: 'endAt',
    why: 'range',
    fails: ({ startAt, endAt }) => startAt !== null && endAt !== null && endAt <= startAt,
  },
  {
    field: 'votes',
    why: 'range',
    fails: ({ votes, present }) => present !== null && votes.some((vote) => ballots(vote) > present),
  },
  {
    field: 'appraisal',
    why: 'mismatch',
    fails: (fields) => {
      const sum = appraised(fields);
      return sum !== null && fields.present !== null && sum !== fields.present && sum !== fields.expected;
    },
  },
  {
    field: 'activists',
    why: 'range',
    fails: ({ activists, listeners, present }) => activists !== null && activists > (listeners ?? present ?? activists),
  },
];

/** What a record of something that happened must be asked about. */
export const checkRecord = (fields: RecordFields, now: LocalDateTime): readonly Ask[] =>
  checks.filter((check) => check.fails(fields, now)).map(({ field, why }) => ({ field, why, options: [] }));
