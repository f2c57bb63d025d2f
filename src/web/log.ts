import { createHash } from 'node:crypto';
import type { Logger } from 'pino';

export type WebLog = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

/** Ids and addresses are told apart in the log, but not told. */
export function hashed(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, 12);
}

/** What may be said of an error: never its message, which may quote what people wrote. */
export function described(error: unknown): { name: string; code: string | null; at: string | null } {
  if (!(error instanceof Error)) return { name: typeof error, code: null, at: null };
  const code = 'code' in error && /^\w{1,64}$/.test(String(error.code)) ? String(error.code) : null;
  const frame = error.stack?.split('\n').find((line) => /^\s+at /.test(line));
  return { name: error.name, code, at: frame?.trim() ?? null };
}
