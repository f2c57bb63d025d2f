import type { Router } from '@koa/router';
import { z } from 'zod';
import { ControlFault } from '../core/fault.ts';
import type { Sandbox } from '../core/sandbox.ts';
import { addDuration, nextMonth, nextWorkday, parseIso, toIso } from '../core/time.ts';
import { controlBody, controlQuery, goneSignal } from '../http/body.ts';
import type { ClockChange, ClockView } from '../wire.ts';

const instant = z.string().transform((text, context) => {
  const ms = parseIso(text);
  if (ms === null) context.addIssue({ code: 'custom', message: `${text} is not an ISO 8601 time` });
  return ms ?? 0;
});

const clockSchema = z
  .strictObject({
    set: instant.optional(),
    advance: z.string().optional(),
    to: instant.optional(),
    pace_ms: z.number().int().min(0).max(3_600_000).optional(),
    speed: z.number().min(0).max(100_000).optional(),
    settle: z.boolean().default(true),
  })
  .refine(({ set, advance, to }) => [set, advance, to].filter((way) => way !== undefined).length <= 1, {
    message: 'one of set, advance and to',
  }) satisfies z.ZodType<unknown, ClockChange>;

const followSchema = z.object({
  id: z.string().min(1),
  settled: z.coerce.number().int().min(0).default(0),
  next: z.union([z.literal(''), z.literal('null'), instant]).optional(),
  wait: z.coerce.number().int().min(0).max(60_000).default(25_000),
});

const settleSchema = z.object({ timeout_ms: z.number().int().min(0).max(600_000).default(30_000) });

/** The clock as the control API shows it. */
export function viewClock({ clock, world }: Sandbox): ClockView {
  const now = clock.now();
  const later = addDuration(now, 'P1M') ?? now;
  const stops = { workday: toIso(nextWorkday(now, world)), month: toIso(nextMonth(now)), later: toIso(later) };
  return { now: toIso(now), speed: clock.speed, version: clock.version, held: clock.held, stops };
}

export function timingRoutes(router: Router, sandbox: Sandbox): void {
  const { clock, followers, timeline } = sandbox;

  router.get('/sandbox/clock', (ctx) => {
    ctx.body = { ...viewClock(sandbox), followers: followers.list().map(followerView) };
  });

  router.post('/sandbox/clock', async (ctx) => {
    const { pace_ms: paceMs, ...change } = await controlBody(ctx, clockSchema);
    const to = targetOf(change, clock.now());
    const { set, speed, settle } = change;
    await timeline.move({ set, walk: to && { to, paceMs }, speed, settle, abort: goneSignal(ctx) });
    ctx.body = viewClock(sandbox);
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
    ctx.body = viewClock(sandbox);
  });
}

type Target = (now: number) => number;

/** Where a walk ends. A duration counts from the instant at which the walk begins. */
function targetOf(
  { advance, to }: Pick<z.output<typeof clockSchema>, 'advance' | 'to'>,
  now: number,
): Target | undefined {
  if (to !== undefined && to < now) throw new ControlFault(400, 'to has gone by: a walk leads forwards, set jumps');
  if (to !== undefined) return () => to;
  if (advance === undefined) return undefined;
  if (addDuration(now, advance) === null) throw new ControlFault(400, `${advance} is not an ISO 8601 duration`);
  return (start) => addDuration(start, advance) ?? start;
}

const followerView = ({ next, ...rest }: { next: number | null }): object => ({
  ...rest,
  next: next === null ? null : toIso(next),
});
