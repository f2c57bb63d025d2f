import type { IncomingMessage } from 'node:http';
import type { Context } from 'koa';
import type { z } from 'zod';
import { ControlFault } from '../core/fault.ts';

export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw new ControlFault(413, `the body is longer than ${limit} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const CONTROL_LIMIT = 64 << 20;

/** The JSON body of a control call; an empty one counts as `{}`. */
export async function controlBody<T extends z.ZodType>(ctx: Context, schema: T): Promise<z.output<T>> {
  const text = (await readBody(ctx.req, CONTROL_LIMIT)).toString('utf8');
  return checked(schema, text.trim() === '' ? {} : parsed(text));
}

export function controlQuery<T extends z.ZodType>(ctx: Context, schema: T): z.output<T> {
  return checked(schema, ctx.query);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ControlFault(400, 'the body is not JSON');
  }
}

function checked<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new ControlFault(400, `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'invalid'}`);
}

/** An abort signal that fires when the caller goes away before it got its answer. */
export function goneSignal(ctx: Context): AbortSignal {
  const controller = new AbortController();
  ctx.res.once('close', () => controller.abort());
  return controller.signal;
}
