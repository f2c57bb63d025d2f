import { draftCard } from '../../cards/record.ts';
import type { Ask, Assessment } from '../../domain/record/record.ts';
import type { Effect } from '../../domain/rows.ts';
import type { Answer, Facts } from '../request.ts';
import type { Entry } from './entry.ts';

/** Until the kind is known nothing else can be asked for. */
const wantedOf = ({ missingToCount, ask }: Assessment): readonly string[] =>
  missingToCount.includes('kind') ? ['kind'] : [...new Set([...missingToCount, ...ask.map((one: Ask) => one.field)])];

/** Keeps what is known and asks for the rest, once, in one card. */
export const keep = (facts: Facts, { fields, filled, assessment, source, text, index, draft }: Entry): Answer => {
  const wanted = wantedOf(assessment);
  const id = draft?._id ?? `${facts.cause}/draft/${index}`;
  const revision = draft ? draft.revision + 1 : 0;
  const asks = assessment.ask.filter((ask) => wanted.includes(ask.field));
  const card = draftCard({ id, revision, fields, asks, wanted }, facts.today);
  const kept = { fields, filled, asked: wanted, text };
  const effect: Effect = draft
    ? { op: 'update', in: 'drafts', id, revision: draft.revision, set: kept, ifStale: 'redo' }
    : {
        op: 'insert',
        into: 'drafts',
        row: {
          _id: id,
          cause: facts.cause,
          revision,
          ...kept,
          unit: facts.unit?.code ?? '',
          sender: facts.actor.openId,
          chat: facts.chat.id,
          state: 'open',
          source,
          createdAt: facts.now,
        },
      };
  return { effects: [effect], card, about: { draft: id } };
};
