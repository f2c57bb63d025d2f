import { renderCard } from '../cards/card.ts';
import { newMessage } from '../domain/message.ts';
import type { ChangeRow, CollectionName, Effect, OutboxRow, Plan, Recipient } from '../domain/rows.ts';
import { shortCode } from '../domain/short-code.ts';
import type { Answer, Facts } from './request.ts';

type Outgoing = Pick<OutboxRow, '_id' | 'kind' | 'to' | 'target' | 'at'> & {
  readonly card: Answer['card'] & {};
  readonly about?: Answer['about'] | undefined;
};

const insertMessage = (facts: Facts, index: number, { card, about, ...message }: Outgoing): Effect => ({
  op: 'insert',
  into: 'outbox',
  row: newMessage({
    ...message,
    cause: facts.cause,
    content: JSON.stringify(renderCard(card, shortCode(message._id))),
    duties: about?.duties ?? [],
    draft: about?.draft ?? null,
    record: about?.record ?? null,
    seq: facts.seq + index,
  }),
});

const person = (facts: Facts): Recipient => ({ type: 'person', id: facts.actor.openId });
const chat = (facts: Facts): Recipient => ({ type: 'chat', id: facts.chat.id });
/** A click's answer shows the card itself; the patch is there for when that answer comes too late (design §2.4). */
const patchGraceMs = 3_000;

const furtherMessages = (facts: Facts, answer: Answer): Effect[] => [
  ...(answer.also ?? []).map(({ key, to, card, about }, index) =>
    insertMessage(facts, index + 1, { _id: key, kind: 'send', to, target: null, at: facts.now, card, about }),
  ),
  ...(answer.patches ?? []).map(({ messageId, card }, index) =>
    insertMessage(facts, 50 + index, {
      _id: `patch/${facts.cause}/${messageId}`,
      kind: 'patch',
      to: chat(facts),
      target: messageId,
      at: facts.now,
      card,
    }),
  ),
];

/** The plan of a message: its effects first, then the answer under it, then whoever else is told. */
export const planOfMessage = (facts: Facts, messageId: string, answer: Answer): Plan => {
  const reply = answer.card && {
    _id: `reply/${facts.cause}`,
    at: facts.now,
    card: answer.card,
    about: answer.about,
    ...(answer.privately && facts.chat.type === 'group'
      ? { kind: 'send' as const, to: person(facts), target: null }
      : { kind: 'reply' as const, to: chat(facts), target: messageId }),
  };
  return {
    effects: [
      ...(answer.effects ?? []),
      ...(reply ? [insertMessage(facts, 0, reply)] : []),
      ...furtherMessages(facts, answer),
    ],
  };
};

/** The plan of a click: the clicked card's new state is the answer, and a patch should the answer come too late. */
export const planOfClick = (facts: Facts, messageId: string, answer: Answer): Plan => {
  const key = `patch/${facts.cause}`;
  const at = new Date(facts.now.getTime() + patchGraceMs);
  const patch = answer.card && {
    _id: key,
    kind: 'patch' as const,
    to: chat(facts),
    target: messageId,
    at,
    card: answer.card,
  };
  return {
    effects: [
      ...(answer.effects ?? []),
      ...(patch ? [insertMessage(facts, 0, patch)] : []),
      ...furtherMessages(facts, answer),
    ],
    ...(answer.toast ? { toast: answer.toast } : {}),
    ...(answer.card ? { card: renderCard(answer.card, shortCode(facts.about?._id ?? key)) } : {}),
  };
};

/** One line of the append-only log for something a decision changes (design §3.8). */
export const logged = (
  facts: Facts,
  what: string,
  on: { readonly collection: CollectionName; readonly id: string },
  before: unknown,
  after: unknown,
  message: string | null = null,
): Effect => {
  const row: ChangeRow = {
    _id: `${facts.cause}/${what}/${on.id}`,
    cause: facts.cause,
    revision: 0,
    at: facts.now,
    by: facts.actor.openId,
    what,
    on,
    before,
    after,
    message,
  };
  return { op: 'insert', into: 'changes', row };
};
