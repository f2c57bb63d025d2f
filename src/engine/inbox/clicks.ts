import { createHash } from 'node:crypto';
import type { CardClick, ClickHandler, ClickReply } from '../../ports/click.ts';
import type { Clock, Stopwatch } from '../../ports/clock.ts';
import type { Admission, InboundEvent } from '../../ports/inbox.ts';
import type { Store } from '../../ports/store.ts';
import type { InboxWorker } from './worker.ts';

const answerWithinMs = 2_400;
const working: ClickReply = { toast: { type: 'info', content: '正在处理，结果稍后更新在卡片上。' } };

/** The same person pressing the same button of the same state of a card is one cause, however often it arrives. */
export const clickCause = (click: CardClick): string => {
  const parts = [click.messageId, click.name, click.value, click.operator, click.form];
  return `click/${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40)}`;
};

const toEvent = (click: CardClick, now: Date): InboundEvent => ({
  eventId: clickCause(click),
  type: 'card.action.trigger',
  messageId: null,
  lane: `card:${click.messageId}`,
  createTime: now.getTime(),
  body: { ...click },
});

export type ClickOptions = {
  readonly admit: (event: InboundEvent) => Promise<Admission>;
  readonly worker: InboxWorker;
  readonly store: Store;
  readonly clock: Clock;
  readonly stopwatch: Stopwatch;
};

/**
 * Answers a click in time: durable first, then handled in the card's own lane. What is not done in time is shown by the
 * patch that every click's plan carries; when the answer itself shows the card, that patch is dropped (design §2.4).
 */
export const createClickHandler = ({ admit, worker, store, clock, stopwatch }: ClickOptions): ClickHandler => {
  const answerOf = async (id: string): Promise<ClickReply | null> => {
    const row = await store.inbox.find(id);
    if (row?.state === 'dead') return { toast: { type: 'error', content: '没处理成，请稍后再试一次。' } };
    if (row?.state !== 'done' || !row.plan) return null;
    const { toast, card } = row.plan;
    return { ...(toast ? { toast } : {}), ...(card ? { card: { type: 'raw' as const, data: card } } : {}) };
  };
  const waitForAnswer = async (id: string, deadline: number, handled: Promise<void>): Promise<ClickReply> => {
    for (let answer = await answerOf(id); ; answer = await answerOf(id)) {
      if (answer) {
        await store.outbox.drop(`patch/${id}`, 'shown in the answer');
        return answer;
      }
      const left = deadline - stopwatch.now();
      if (left <= 0) return working;
      await Promise.race([handled, stopwatch.sleep(Math.min(left, 200))]);
    }
  };
  return async (click) => {
    const event = toEvent(click, clock.now());
    const deadline = stopwatch.now() + answerWithinMs;
    const settled = new AbortController();
    const handled = worker.handled(event.eventId, settled.signal);
    try {
      await admit(event);
      worker.notify(event.lane);
      return await waitForAnswer(event.eventId, deadline, handled);
    } finally {
      settled.abort();
    }
  };
};
