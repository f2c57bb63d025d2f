import type { Router } from '@koa/router';
import { z } from 'zod';
import { ControlFault } from '../core/fault.ts';
import type { Sandbox } from '../core/sandbox.ts';
import { addDuration, parseIso, toIso } from '../core/time.ts';
import { controlBody, controlQuery, goneSignal } from '../http/body.ts';

const instant = z.string().transform((text, context) => {
  const ms = parseIso(text);
  if (ms === null) context.addIssue({ code: 'custom', message: `${text} is not an ISO 8601 time` });
  return ms ?? 0;
});

const clockSchema = z
  .strictObject({
    set: instant.optional(),
    advance: z.string().optional(),
    speed: z.number().min(0).max(100_000).optional(),
    settle: z.boolean().default(true),
  })
  .refine(({ set, advance }) => set === undefined || advance === undefined, { message: 'set or advance, not both' });

const followSchema = z.object({
  id: z.string().min(1),
  settled: z.coerce.number().int().min(0).default(0),
  next: z.union([z.literal(''), z.literal('null'), instant]).optional(),
  wait: z.coerce.number().int().min(0).max(60_000).default(25_000),
});

const settleSchema = z.object({ timeout_ms: z.number().int().min(0).max(600_000).default(30_000) });

const clockView = ({ clock }: Sandbox): object => ({
  now: toIso(clock.now()),
  speed: clock.speed,
  version: clock.version,
});

export function timingRoutes(router: Router, sandbox: Sandbox): void {
  const { clock, followers, timeline } = sandbox;

  router.get('/sandbox/clock', (ctx) => {
    ctx.body = { ...clockView(sandbox), held: clock.held, followers: followers.list().map(followerView) };
  });

  router.post('/sandbox/clock', async (ctx) => {
    const { set, advance, speed, settle } = await controlBody(ctx, clockSchema);
    const advanceTo = advance === undefined ? undefined : target(advance, clock.now());
    await timeline.move({ set, advanceTo, speed, settle });
    ctx.body = clockView(sandbox);
  });

  router.get('/sandbox/clock/follow', async (ctx) => {
    const { id, settled, next, wait } = controlQuery(ctx, followSchema);
    const wakeAt = typeof next === 'number' ? next : null;
    await followers.poll({ id, settled, next: wakeAt, wait }, goneSignal(ctx));
    // During a walk the clock stands still between two steps, and followers must not run ahead of it.
    ctx.body = { now: toIso(clock.now()), speed: clock.rate, version: clock.version };
  });

  router.delete('/sandbox/clock/follow', (ctx) => {
    followers.leave(controlQuery(ctx, followSchema).id);
    ctx.body = {};
  });

  router.post('/sandbox/settle', async (ctx) => {
    const { timeout_ms } = await controlBody(ctx, settleSchema);
    await timeline.settle(timeout_ms);
    ctx.body = clockView(sandbox);
  });
}

/** The end of a walk counts from the instant at which the walk begins. */
function target(duration: string, now: number): (now: number) => number {
  if (addDuration(now, duration) === null) throw new ControlFault(400, `${duration} is not an ISO 8601 duration`);
  return (start) => addDuration(start, duration) ?? start;
}

const followerView = ({ next, ...rest }: { next: number | null }): object => ({
  ...rest,
  next: next === null ? null : toIso(next),
});
