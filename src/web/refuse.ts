import type { Context } from 'koa';

/** Every refusal looks the same but for its number: no body, no reason. */
export function refuse(ctx: Context, status: number): void {
  ctx.body = '';
  ctx.remove('Content-Type');
  ctx.status = status;
  if (status === 408) ctx.set('Connection', 'close');
}
