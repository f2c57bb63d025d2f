import type { Context } from 'koa';
import type { Ingress, Rejected } from '../feishu/ingress/index.ts';
import type { CardClick, ClickHandler } from '../ports/click.ts';
import type { Admission, InboundEvent } from '../ports/inbox.ts';
import { described, hashed, type WebLog } from './log.ts';
import { refuse } from './refuse.ts';

export type WebhookPorts = {
  readonly ingress: Ingress;
  /** Resolves when the event, or the one it repeats, is durable. */
  readonly admit: (event: InboundEvent) => Promise<Admission>;
  readonly click: ClickHandler;
  readonly log: WebLog;
};

/** One POST of Feishu: a 200 says that the event is durable, or carries the reply to a click. */
export function createWebhook(ports: WebhookPorts): (ctx: Context) => Promise<void> {
  return async (ctx) => {
    const received = await ports.ingress.receive(ctx.req);
    switch (received.kind) {
      case 'rejected':
        return reject(ctx, received, ports.log);
      case 'challenge':
        ports.log.info({ event: 'webhook.challenge' });
        ctx.body = { challenge: received.challenge };
        return;
      case 'event':
        return admitEvent(ctx, received.event, ports);
      case 'click':
        return answerClick(ctx, received.click, ports);
    }
  };
}

function reject(ctx: Context, { status, reason }: Rejected, log: WebLog): void {
  log.warn({ event: 'webhook.rejected', status, reason, client: hashed(ctx.ip) });
  refuse(ctx, status);
}

async function admitEvent(ctx: Context, event: InboundEvent, { admit, log }: WebhookPorts): Promise<void> {
  try {
    const admission = await admit(event);
    if (admission === 'known') log.info({ event: 'event.duplicate', eventId: hashed(event.eventId), type: event.type });
    ctx.body = {};
  } catch (error) {
    // Feishu sends it again: 15 s, 5 min, 1 h and 6 h later.
    log.error({ event: 'event.refused', eventId: hashed(event.eventId), type: event.type, error: described(error) });
    refuse(ctx, 503);
  }
}

async function answerClick(ctx: Context, click: CardClick, { click: answer, log }: WebhookPorts): Promise<void> {
  try {
    ctx.body = { ...(await answer(click)) };
  } catch (error) {
    log.error({ event: 'click.failed', eventId: hashed(click.eventId), error: described(error) });
    refuse(ctx, 500);
  }
}
