import type { DutyRow, Effect, RecordRow } from '../rows.ts';

/** The duties one record is evidence for: its own kind, and those it also counts as (domain §3.5), in its period. */
export const dutiesMetBy = (record: Pick<RecordRow, 'kind' | 'unit' | 'period' | 'details'>): readonly string[] => {
  const also = record.details.alsoCountsAs;
  const kinds = [record.kind, ...(Array.isArray(also) ? also.map(String) : [])];
  return kinds.map((kind) => `${kind}/${record.unit}/${record.period}`);
};

/** Meets a duty unless something met it before; a duty nobody has opened yet finds its evidence when it is. */
export const meet = (duty: string, record: string, at: Date): Effect => ({
  op: 'update',
  in: 'duties',
  id: duty,
  revision: null,
  ifStale: 'skip',
  expect: { met: null },
  set: { met: { by: record, at } },
});

/** Takes evidence back: the duty goes on at its present step. Leaves a duty alone that something else met. */
export const reopen = (duty: DutyRow, record: string): readonly Effect[] =>
  duty.met?.by === record
    ? [
        {
          op: 'update',
          in: 'duties',
          id: duty._id,
          revision: null,
          expect: { met: duty.met },
          set: { met: null },
          ifStale: 'skip',
        },
      ]
    : [];

/** A record that is taken back by whoever entered it, or because its message was recalled. */
export const withdraw = (record: RecordRow, duties: readonly DutyRow[]): readonly Effect[] => [
  {
    op: 'update',
    in: 'records',
    id: record._id,
    revision: record.revision,
    ifStale: 'redo',
    set: { state: 'withdrawn' },
  },
  ...duties.flatMap((duty) => reopen(duty, record._id)),
];
