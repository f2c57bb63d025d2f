const KEPT = 500;
const CUT_AT = 64 * 1024;
const SECRET_FIELDS = new Set(['app_secret', 'app_access_token', 'tenant_access_token', 'user_access_token']);
const HIDDEN = '***';
/** Anything shorter would also hide what is none of it. */
const SHORTEST_SECRET = 8;

export interface CallBodies {
  query: Record<string, string>;
  request: unknown;
  response: unknown;
  /** Texts that must not be kept, wherever they stand. */
  secrets: string[];
}

interface Kept {
  query: Record<string, string>;
  request: string;
  response: string;
}

const FORGOTTEN = { query: {}, request: null, response: null };

/** What the latest calls carried, for developers to look at. In memory only, bounded, and without secrets. */
export class CallLog {
  readonly #kept = new Map<number, Kept>();

  keep(seq: number, { query, request, response, secrets }: CallBodies): void {
    const hide = hiding(secrets);
    const entries = Object.entries(query).map(([name, value]) => [name, hide(value)]);
    const text = (value: unknown): string => hide(JSON.stringify(value, withoutSecrets));
    this.#kept.set(seq, { query: Object.fromEntries(entries), request: text(request), response: text(response) });
    this.#kept.delete(seq - KEPT);
  }

  /** Empty when it was too long ago, or before the last start. A body that was cut is a text. */
  of(seq: number): Omit<CallBodies, 'secrets'> {
    const kept = this.#kept.get(seq);
    if (!kept) return FORGOTTEN;
    return { query: kept.query, request: opened(kept.request), response: opened(kept.response) };
  }
}

const withoutSecrets = (key: string, field: unknown): unknown => (SECRET_FIELDS.has(key) ? HIDDEN : field);

function hiding(secrets: readonly string[]): (text: string) => string {
  const hidden = secrets.filter(({ length }) => length >= SHORTEST_SECRET);
  return (text) => {
    const clean = hidden.reduce((rest, secret) => rest.replaceAll(secret, HIDDEN), text);
    return clean.length > CUT_AT ? `${clean.slice(0, CUT_AT)}…` : clean;
  };
}

function opened(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
