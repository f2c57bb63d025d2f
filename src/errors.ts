export type ErrorCode = 'store.corrupt' | 'store.uncertain' | 'feishu.malformed' | 'command.duplicate-word';

/** Something that should not happen or must be retried; expected outcomes are return values, never this. */
export class BotError extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, detail: string, options?: { cause?: unknown }) {
    super(`${code}: ${detail}`, options);
    this.name = 'BotError';
    this.code = code;
  }
}

/** What may be said of an error in a log: where and which, never its message, which may quote what people wrote. */
export const describeError = (error: unknown): { name: string; code: string | null; at: string | null } => {
  if (!(error instanceof Error)) return { name: typeof error, code: null, at: null };
  const code = 'code' in error && /^[\w.-]{1,64}$/.test(String(error.code)) ? String(error.code) : null;
  const frame = error.stack?.split('\n').find((line) => /^\s+at /.test(line));
  return { name: error.name, code, at: frame?.trim() ?? null };
};
