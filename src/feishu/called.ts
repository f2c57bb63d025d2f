import { z } from 'zod';
import { knownCodes } from './error-codes.ts';

export const answer = z.object({ code: z.number(), data: z.record(z.string(), z.unknown()).nullish() }).loose();
/** Headers come as an object of axios' own class, which is no record. */
const failed = z.object({
  isAxiosError: z.literal(true),
  code: z.string().optional(),
  response: z.object({ status: z.number(), headers: z.looseObject({}).optional(), data: z.unknown() }).optional(),
});
/** A request that certainly never reached anybody may be tried again at once; anything else may have been done. */
const neverLeft = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

const resetMs = (headers: Readonly<Record<string, unknown>> | undefined): number => {
  const seconds = Number(headers?.['x-ogw-ratelimit-reset']);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : 1_000;
};

export type Called = { readonly code: number; readonly data: unknown; readonly afterMs: number } | 'unknown' | 'unsent';

/** Says which of three things happened: Feishu answered with a code, nobody knows, or nothing was sent. */
export const classify = (error: unknown): Called => {
  const parsed = failed.safeParse(error);
  if (!parsed.success) return 'unsent';
  const { response, code } = parsed.data;
  if (!response) return code !== undefined && neverLeft.has(code) ? 'unsent' : 'unknown';
  const body = answer.safeParse(response.data);
  if (!body.success || (response.status >= 500 && !knownCodes.includes(body.data.code))) return 'unknown';
  return { code: body.data.code, data: body.data.data ?? null, afterMs: resetMs(response.headers) };
};
