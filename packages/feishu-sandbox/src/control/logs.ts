import type { Router } from '@koa/router';
import { z } from 'zod';
import { ControlFault } from '../core/fault.ts';
import type { Call } from '../core/records.ts';
import type { Sandbox } from '../core/sandbox.ts';
import type { Delivery } from '../core/state.ts';
import { toIso } from '../core/time.ts';
import { controlBody, controlQuery } from '../http/body.ts';
import type { CallDetail, CallView, DeliveryDetail, DeliveryView } from '../wire.ts';

const afterSchema = z.object({ after: z.coerce.number().int().min(0).default(0) });
const redeliverSchema = z.object({
  times: z.number().int().min(1).max(1000).default(1),
  parallel: z.boolean().default(false),
  fresh_event_id: z.boolean().default(false),
});

/** What the bot called, and what it was told. */
export function logRoutes(router: Router, sandbox: Sandbox): void {
  const { state } = sandbox;
  router.get('/sandbox/calls', (ctx) => {
    const { after } = controlQuery(ctx, afterSchema);
    ctx.body = {
      items: state.calls.filter(({ seq }) => seq > after).map(viewCall),
      last: state.calls.at(-1)?.seq ?? 0,
    };
  });
  router.get('/sandbox/calls/:seq', (ctx) => {
    ctx.body = callDetail(sandbox, Number(ctx.params.seq));
  });
  router.get('/sandbox/deliveries', (ctx) => {
    const { after } = controlQuery(ctx, afterSchema);
    const all = [...state.deliveries.values()];
    ctx.body = { items: all.filter(({ seq }) => seq > after).map(viewDelivery), last: all.at(-1)?.seq ?? 0 };
  });
  router.get('/sandbox/deliveries/:event_id', (ctx) => {
    ctx.body = deliveryDetail(sandbox, deliveryBy(sandbox, ctx.params.event_id ?? ''));
  });
  router.post('/sandbox/events/:event_id/redeliver', async (ctx) => {
    const delivery = deliveryBy(sandbox, ctx.params.event_id ?? '');
    ctx.body = { results: await redeliver(sandbox, delivery, await controlBody(ctx, redeliverSchema)) };
  });
}

function deliveryBy({ state }: Sandbox, eventId: string): Delivery {
  const delivery = state.deliveries.get(eventId);
  if (!delivery) throw new ControlFault(404, `there is no event ${eventId}`);
  return delivery;
}

export function viewCall({ at, ms = 0, known = true, ...call }: Call): CallView {
  return { ...call, at: toIso(at), ms, known };
}

function callDetail({ state, callLog }: Sandbox, seq: number): CallDetail {
  const call = state.calls.find((one) => one.seq === seq);
  if (!call) throw new ControlFault(404, `there is no call ${seq}`);
  return { ...viewCall(call), ...callLog.of(seq) };
}

export function viewDelivery({ seq, id, type, at, attempts, nextAt, open }: Delivery): DeliveryView {
  return {
    seq,
    event_id: id,
    type,
    at: toIso(at),
    attempts: attempts.map((attempt) => ({ ...attempt, at: toIso(attempt.at) })),
    open,
    next_at: nextAt === null ? null : toIso(nextAt),
  };
}

function deliveryDetail({ deliveries }: Sandbox, delivery: Delivery): DeliveryDetail {
  const view = viewDelivery(delivery);
  const traces = deliveries.traces.of(delivery.id);
  const attempts = view.attempts.map((attempt, index) => ({ ...attempt, trace: traces.get(index) ?? null }));
  return { ...view, attempts, plain: JSON.parse(delivery.plain) };
}

type Redelivery = z.output<typeof redeliverSchema>;

async function redeliver({ deliveries }: Sandbox, delivery: Delivery, options: Redelivery): Promise<object[]> {
  const { times, parallel, fresh_event_id: fresh } = options;
  const once = async (): Promise<object> => {
    const target = fresh ? deliveries.copy(delivery) : delivery;
    const { status, ms } = await deliveries.redeliver(target);
    return { status, ms, event_id: target.id };
  };
  if (parallel) return Promise.all(Array.from({ length: times }, once));
  const results: object[] = [];
  for (let count = 0; count < times; count += 1) results.push(await once());
  return results;
}
