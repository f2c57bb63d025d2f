import { createHash } from 'node:crypto';
import type { OutboxRow } from '../../domain/rows.ts';
import { shortCode } from '../../domain/short-code.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Messenger, Outcome } from '../../ports/messenger.ts';
import type { OutboxStore } from '../../ports/store.ts';
import { point } from '../crash-points.ts';

/** Feishu takes one message per uuid, for an hour (feishu.md §3.2); ten minutes are kept in hand. */
const uuidWindowMs = 50 * 60_000;
export const uuidOf = (key: string): string => createHash('sha256').update(key).digest('base64url').slice(0, 43);

export type DeliverOptions = {
  readonly outbox: OutboxStore;
  readonly messenger: Messenger;
  /** A reminder's card as things stand now; null when nothing is left to say. */
  readonly render: (row: OutboxRow) => Promise<string | null>;
  readonly clock: Clock;
  readonly log: Log;
};

/** What the dispatcher does next with the row's chat. */
export type Delivery =
  | { readonly next: 'go-on' }
  | { readonly next: 'hold-chat' | 'hold-all'; readonly ms: number | null };
const goOn: Delivery = { next: 'go-on' };

/** One try at one row. Runs any number of times: content and uuid are fixed at the first (design §2.6). */
export const createDelivery = ({ outbox, messenger, render, clock, log }: DeliverOptions) => {
  const freeze = async (row: OutboxRow): Promise<OutboxRow | null> => {
    if (row.triedAt !== null) return row;
    const content = row.content ?? (await render(row));
    if (content !== null) return outbox.freeze(row, content, uuidOf(row._id), clock.now());
    await outbox.drop(row._id, 'nothing left to say');
    return null;
  };

  const call = (row: OutboxRow, content: string, uuid: string): Promise<Outcome> => {
    if (row.kind === 'patch' && row.target !== null) return messenger.patch(row.target, content);
    if (row.kind === 'reply' && row.target !== null) return messenger.reply(row.target, content, uuid);
    return messenger.send(row.to, content, uuid);
  };

  const settle = async (row: OutboxRow, outcome: Outcome): Promise<Delivery> => {
    if (outcome.result === 'sent') {
      point('send.accepted', { key: row._id });
      await outbox.sent(row._id, outcome.messageId, outcome.chatId, clock.now());
      point('send.marked', { key: row._id });
      return goOn;
    }
    log.warn(
      { event: `send.${outcome.result}`, code: 'code' in outcome ? outcome.code : null },
      'a message was not sent',
    );
    if (outcome.result === 'refused') await outbox.drop(row._id, `refused ${outcome.code}`);
    if (outcome.result === 'puzzling') await outbox.park(row._id, `code ${outcome.code}`);
    if (outcome.result === 'later')
      return { next: outcome.scope === 'all' ? 'hold-all' : 'hold-chat', ms: outcome.afterMs };
    return outcome.result === 'unknown' ? { next: 'hold-chat', ms: null } : goOn;
  };

  /** The uuid no longer protects: look whether the message is there; if it is not, it may be sent; if nobody knows, park. */
  const lookUp = async (row: OutboxRow, since: Date): Promise<'send' | 'known'> => {
    const chat = row.to.type === 'chat' ? row.to.id : await outbox.lastChatOf(row.to.id);
    const answered = row.kind === 'reply' ? row.target : null;
    const found =
      chat === null ? 'unknown' : await messenger.findByCode({ chatId: chat, answered }, shortCode(row._id), since);
    if (found === null) return 'send';
    if (found === 'unknown') await outbox.park(row._id, 'outcome unknown');
    else await outbox.sent(row._id, found.messageId, chat, clock.now());
    return 'known';
  };

  return async (row: OutboxRow): Promise<Delivery> => {
    if (row.kind === 'patch' && (await outbox.hasNewerPatch(row))) {
      await outbox.drop(row._id, 'a newer state is shown');
      return goOn;
    }
    const frozen = await freeze(row);
    if (frozen?.content == null || frozen.uuid === null || frozen.triedAt === null) return goOn;
    const old = clock.now().getTime() - frozen.triedAt.getTime() > uuidWindowMs;
    if (old && frozen.kind !== 'patch' && (await lookUp(frozen, frozen.triedAt)) === 'known') return goOn;
    await outbox.countTry(row._id);
    point('send.before', { key: row._id });
    return settle(frozen, await call(frozen, frozen.content, frozen.uuid));
  };
};
