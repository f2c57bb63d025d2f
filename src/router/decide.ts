import type { Plan } from '../domain/rows.ts';
import type { CardClick } from '../ports/click.ts';
import type { Clock } from '../ports/clock.ts';
import type { ChatMessage, Heard } from '../ports/message.ts';
import { causeOf, type InboxRow, type Store } from '../ports/store.ts';
import { decideClick, decideMessage, isAddressed, planOfDeadLetter } from './dispatch.ts';
import { gatherFacts, type Saying } from './facts.ts';
import { decideRecall } from './recall.ts';
import type { Registry } from './registry.ts';
import type { Facts, Readers, Rules } from './request.ts';

export type DeciderOptions = {
  readonly registry: Registry;
  readonly store: Store;
  readonly rules: Rules;
  readonly administrators: readonly string[];
  readonly clock: Clock;
  /** A number that only grows: order of messages in a chat. */
  readonly stamp: () => number;
  /** What a row says, in the project's own terms; the feishu room translates. */
  readonly hear: (row: InboxRow) => Promise<Heard>;
  readonly readClick: (row: InboxRow) => CardClick | null;
};

const nothing: Plan = { effects: [], ignored: true };

/** Decides what one inbox row means: reads, and answers with a plan; changes nothing (design §2.1). */
export const createDecider = (options: DeciderOptions) => {
  const { registry, store, rules, administrators, clock, stamp, hear, readClick } = options;
  const readers: Readers = {
    records: store.records,
    drafts: store.drafts,
    duties: store.duties,
    outbox: store.outbox,
    commands: registry.commands,
  };

  const factsFor = async (saying: Omit<Saying, 'now' | 'seq'>): Promise<Facts> => {
    const [organisation, bindings] = await Promise.all([store.directory.organisation(), store.directory.bindings()]);
    return gatherFacts(
      { ...saying, now: clock.now(), seq: stamp() },
      { organisation, bindings, administrators, rules },
    );
  };

  const answered = async (message: ChatMessage) => {
    const parent = message.parentId ? await store.outbox.byMessage(message.parentId) : null;
    if (parent || !message.rootId || message.rootId === message.parentId) return parent;
    return store.outbox.byMessage(message.rootId);
  };

  const factsOfMessage = async (cause: string, message: ChatMessage): Promise<Facts> => {
    const chat = { id: message.chatId, type: message.chatType };
    return factsFor({ cause, openId: message.sender, chat, about: await answered(message) });
  };

  const decideSaid = async (cause: string, message: ChatMessage): Promise<Plan> => {
    if (message.chatType === 'group' && !isAddressed(message, { about: await answered(message) })) return nothing;
    return decideMessage(registry, readers, await factsOfMessage(cause, message), message);
  };

  const decideClicked = async (cause: string, click: CardClick): Promise<Plan> => {
    const about = await store.outbox.byMessage(click.messageId);
    const type = about?.to.type === 'person' ? 'private' : 'group';
    const facts = await factsFor({ cause, openId: click.operator, chat: { id: click.chatId, type }, about });
    return decideClick(registry, readers, facts, click);
  };

  return {
    decide: async (row: InboxRow): Promise<Plan> => {
      const click = readClick(row);
      if (click) return decideClicked(row._id, click);
      const heard = await hear(row);
      if (heard.is === 'message') return decideSaid(causeOf(row), heard);
      if (heard.is === 'recalled') return decideRecall({ cause: causeOf(row), heard, store, rules, now: clock.now() });
      return nothing;
    },
    mourn: async (row: InboxRow): Promise<Plan> => {
      const heard = readClick(row) ? null : await hear(row);
      if (heard?.is !== 'message') return nothing;
      return planOfDeadLetter(await factsOfMessage(`dead/${causeOf(row)}`, heard), heard.id);
    },
  };
};
