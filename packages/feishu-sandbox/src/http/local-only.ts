import type { Context, Next } from 'koa';

const LOCAL = /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/i;

/** Only this machine may talk to it: no foreign Host (a rebound name), no page of another origin. */
export async function localOnly(ctx: Context, next: Next): Promise<void> {
  if (LOCAL.test(ctx.get('host')) && (isOwn(ctx) || isNavigation(ctx))) return next();
  ctx.status = 403;
  ctx.body = { code: 403, msg: 'this sandbox answers programs of this machine and its own page only' };
}

/** Programs send neither header; browsers tell where a request comes from, and another port is another place. */
function isOwn(ctx: Context): boolean {
  const origin = ctx.get('origin');
  const site = ctx.get('sec-fetch-site');
  return (origin === '' || origin === `http://${ctx.get('host')}`) && ['', 'none', 'same-origin'].includes(site);
}

/** Somebody followed a link to the page. */
function isNavigation(ctx: Context): boolean {
  const page = !/^\/(?:sandbox|open-apis)(?:\/|$)/.test(ctx.path);
  return page && ctx.method === 'GET' && ctx.get('origin') === '' && ctx.get('sec-fetch-mode') === 'navigate';
}
