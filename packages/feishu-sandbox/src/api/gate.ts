import { Router } from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { ApiFault } from '../core/fault.ts';
import type { Fault, FaultKind } from '../core/faults.ts';
import { randomHex } from '../core/ids.ts';
import { refused } from '../core/refusals.ts';
import type { Sandbox } from '../core/sandbox.ts';
import { readBody } from '../http/body.ts';
import { type Answer, failure, hangUp, injected, success, write } from './answer.ts';
import { authorize, tenantToken } from './auth.ts';
import { type ApiCall, Binary, type Handler } from './call.ts';
import type { CallBodies } from './call-log.ts';
import { type Method, ROUTES } from './routes.ts';

/** Far above any upload that is accepted: one that is too long gets its answer instead of a cut connection. */
const BODY_LIMIT = 128 << 20;
const FAULTS: readonly FaultKind[] = ['drop-before', 'drop-after', 'status', 'delay', 'expire-token'];

/** All of /open-apis: faults, token, rate limits, handler, and a line in the list of calls. */
export function apiRouter(sandbox: Sandbox): Router {
  const router = new Router();
  const add = (method: Method, path: string, handler: Handler, open: boolean): void => {
    router[method](`/open-apis${path}`, (ctx) => handle(sandbox, ctx, { api: `${method} ${path}`, handler, open }));
  };
  add('post', '/auth/v3/tenant_access_token/internal', tenantToken, true);
  for (const [method, path, handler] of ROUTES) add(method, path, handler, false);
  // A domain that ends in a slash makes two of them: such a path is listed, too.
  router.all(/^\/+open-apis(?:\/|$)/, (ctx) => handle(sandbox, ctx, null));
  return router;
}

interface Endpoint {
  api: string;
  handler: Handler;
  /** Needs no token and knows no limit. */
  open: boolean;
}

async function handle(
  sandbox: Sandbox,
  ctx: Context & { params?: Record<string, string> },
  endpoint: Endpoint | null,
): Promise<void> {
  const logId = randomHex(34);
  const started = performance.now();
  const fault = sandbox.faults.take(FAULTS, ctx.method, [ctx.path]);
  const call: ApiCall = {
    sandbox,
    ctx,
    params: ctx.params ?? {},
    query: singleValues(ctx.query),
    body: {},
    raw: Buffer.alloc(0),
  };
  const answer = await answerOf(call, endpoint, fault, logId);
  const seq = (sandbox.state.calls.at(-1)?.seq ?? 0) + 1;
  sandbox.callLog.keep(seq, bodiesOf(call, answer));
  sandbox.state.commit({
    t: 'call',
    call: {
      seq,
      at: sandbox.clock.now(),
      method: ctx.method,
      path: ctx.path,
      http: answer?.http ?? null,
      code: answer?.code ?? null,
      uuid: uuidOf(call.body),
      ms: Math.round(performance.now() - started),
      ...(fault ? { fault: fault.kind } : {}),
      ...(endpoint ? {} : { known: false }),
    },
  });
  if (answer === null || fault?.kind === 'drop-after') hangUp(ctx);
  else write(ctx, answer, logId);
}

/** What a developer may see of a call; bytes are only counted. */
function bodiesOf({ sandbox, ctx, query, body, raw }: ApiCall, answer: Answer | null): CallBodies {
  const multipart = raw.length > 0 && /^multipart\//i.test(ctx.get('content-type'));
  const bytes = answer?.body instanceof Binary ? answer.body : null;
  return {
    query,
    request: multipart ? `multipart/form-data, ${raw.length} bytes` : raw.length > 0 ? body : null,
    response: bytes ? `${bytes.contentType}, ${bytes.bytes.length} bytes` : (answer?.body ?? null),
    secrets: [sandbox.app.app_secret, ctx.get('authorization').replace(/^Bearer /, '')],
  };
}

/** Null = the connection is cut before anything happens. */
async function answerOf(
  call: ApiCall,
  endpoint: Endpoint | null,
  fault: Fault | null,
  logId: string,
): Promise<Answer | null> {
  try {
    await readInto(call);
    if (fault?.kind === 'drop-before') return null;
    if (fault?.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.ms ?? 1000));
    if (fault?.kind === 'expire-token') call.sandbox.state.commit({ t: 'tokens-void' });
    if (fault?.kind === 'status') throw injected(fault);
    if (!endpoint) throw new ApiFault(404, `unknown path: ${call.ctx.method} ${call.ctx.path}`, { http: 404 });
    return success(await run(call, endpoint));
  } catch (error) {
    return failure(error, logId);
  }
}

async function run(call: ApiCall, { api, handler, open }: Endpoint): Promise<object> {
  const { sandbox, ctx } = call;
  if (!open) {
    authorize(sandbox, ctx.get('authorization'));
    sandbox.limits.perApi(api, sandbox.clock.now());
  }
  return handler(call);
}

async function readInto(call: ApiCall): Promise<void> {
  call.raw = await readBody(call.ctx.req, BODY_LIMIT);
  if (call.raw.length === 0 || /^multipart\//i.test(call.ctx.get('content-type'))) return;
  const text = call.raw.toString('utf8');
  try {
    call.body = JSON.parse(text);
  } catch {
    call.body = text;
    throw refused(9499, 'the body is not JSON');
  }
}

function singleValues(query: Record<string, string | string[] | undefined>): Record<string, string> {
  const entries = Object.entries(query).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Record<string, string>;
}

const withUuid = z.looseObject({ uuid: z.string() });

function uuidOf(body: unknown): string | null {
  const result = withUuid.safeParse(body);
  return result.success ? result.data.uuid : null;
}
