import { dutiesMetBy, withdraw } from '../domain/record/evidence.ts';
import type { Effect, Plan, RecordRow } from '../domain/rows.ts';
import type { Recalled } from '../ports/message.ts';
import type { Store } from '../ports/store.ts';
import type { Rules } from './request.ts';

const dayMs = 24 * 3_600_000;

export type RecallInput = {
  readonly cause: string;
  readonly heard: Recalled;
  readonly store: Pick<Store, 'records' | 'duties'>;
  readonly rules: Rules;
  readonly now: Date;
};

const change = (input: RecallInput, record: RecordRow): Effect => ({
  op: 'insert',
  into: 'changes',
  row: {
    _id: `${input.cause}/recall/${record._id}`,
    cause: input.cause,
    revision: 0,
    at: input.now,
    by: record.submittedBy,
    what: 'withdraw',
    on: { collection: 'records', id: record._id },
    message: input.heard.id,
    before: { state: record.state },
    after: { state: 'withdrawn' },
  },
});

/** Who takes back the message takes back the record, within a day and before it is approved (design §2.8). */
export const decideRecall = async (input: RecallInput): Promise<Plan> => {
  const records = await input.store.records.byMessage(input.heard.id);
  const open = records.filter(
    (record) => record.state === 'submitted' && input.now.getTime() - record.submittedAt.getTime() <= dayMs,
  );
  const plans = open.map(async (record) => {
    const duties = await input.store.duties.find(dutiesMetBy(record));
    return [...withdraw(record, duties), change(input, record)];
  });
  return { effects: (await Promise.all(plans)).flat() };
};
