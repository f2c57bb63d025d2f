import type { Context } from 'koa';
import { ApiFault, ControlFault } from '../core/fault.ts';
import type { Fault } from '../core/faults.ts';
import { refused } from '../core/refusals.ts';
import { Binary, TopLevel } from './call.ts';

/** What goes back to the bot. */
export interface Answer {
  http: number;
  code: number | null;
  body: object;
  headers?: Record<string, string>;
}

/** The platform's envelope around what a handler returned. */
export function success(data: object): Answer {
  if (data instanceof Binary) return { http: 200, code: 0, body: data };
  if (data instanceof TopLevel) return { http: 200, code: 0, body: { code: 0, ...data.fields } };
  return { http: 200, code: 0, body: { code: 0, msg: 'success', data } };
}

/** A refusal as the platform words it; anything else is a bug and goes on. */
export function failure(error: unknown, logId: string): Answer {
  if (error instanceof ControlFault) return failure(refused(234006, error.message), logId);
  if (!(error instanceof ApiFault)) throw error;
  const { code, message, http, headers, detail } = error;
  return { http, code, headers, body: { code, msg: message, error: { log_id: logId, ...detail } } };
}

export function write(ctx: Context, answer: Answer, logId: string): void {
  ctx.status = answer.http;
  ctx.set({ 'X-Tt-Logid': logId, ...answer.headers });
  if (answer.body instanceof Binary) {
    const { bytes, contentType, name } = answer.body;
    ctx.set('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
    ctx.type = contentType;
    ctx.body = bytes;
  } else {
    ctx.type = 'application/json; charset=utf-8';
    ctx.body = JSON.stringify(answer.body);
  }
}

/** The connection breaks, and nobody knows what became of the call. */
export function hangUp(ctx: Context): void {
  ctx.respond = false;
  ctx.req.socket.destroy();
}

/** The refusal that a fault of the control API asks for. */
export function injected({ http = 500, code, ms }: Fault): ApiFault {
  const limited = http === 429 || code === 99991400;
  const reset = String(Math.max(1, Math.ceil((ms ?? 1000) / 1000)));
  const headers: Record<string, string> = limited
    ? { 'x-ogw-ratelimit-limit': '50', 'x-ogw-ratelimit-reset': reset }
    : {};
  return new ApiFault(code ?? (http === 429 ? 99991400 : 1), 'injected fault', { http, headers });
}
