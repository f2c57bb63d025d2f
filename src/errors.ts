export type ErrorCode =
  | 'config.invalid'
  | 'store.unavailable'
  | 'store.corrupt'
  | 'feishu.malformed'
  | 'lease.lost'
  | 'command.duplicate-word';

/** Something that should not happen or must be retried; expected outcomes are return values, never this. */
export class BotError extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, detail: string, options?: { cause?: unknown }) {
    super(`${code}: ${detail}`, options);
    this.name = 'BotError';
    this.code = code;
  }
}

/** A line fit for a log: the error's name and code, never the message text of a user. */
export const describeError = (error: unknown): { name: string; code: string; detail: string } => {
  if (!(error instanceof Error)) return { name: 'unknown', code: 'unknown', detail: typeof error };
  const code = 'code' in error ? String(error.code) : 'none';
  return { name: error.name, code, detail: error.message.slice(0, 200) };
};
