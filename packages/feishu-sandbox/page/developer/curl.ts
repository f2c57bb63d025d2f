import type { CallDetail, TraceView } from '../core/sandbox.ts';

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

function command(method: string, url: string, headers: readonly string[], body: string | null): string {
  const parts = [`curl -sS -X ${method} ${quoted(url)}`, ...headers.map((header) => `-H ${header}`)];
  return [...parts, ...(body === null ? [] : [`--data-binary ${quoted(body)}`])].join(' \\\n  ');
}

/** The very bytes of one attempt again, with the signature that they had. */
export function attemptCurl(webhook: string, { headers, body }: TraceView): string {
  const all = { 'Content-Type': 'application/json; charset=utf-8', ...headers };
  const names = new Set<string>();
  const lines = Object.entries(all).flatMap(([name, value]) => {
    const key = name.toLowerCase();
    if (names.has(key) || key === 'content-length') return [];
    names.add(key);
    return quoted(`${name}: ${value}`);
  });
  return command('POST', webhook, lines, body);
}

/** A call of the bot again; the token is left to the shell: `$TOKEN`. */
export function callCurl(origin: string, { method, path, query, request }: CallDetail): string {
  const params = new URLSearchParams(query);
  const url = `${origin}${path}${params.size === 0 ? '' : `?${params}`}`;
  const token = '"Authorization: Bearer $TOKEN"';
  if (request === null || request === undefined || method === 'GET') return command(method, url, [token], null);
  const body = typeof request === 'string' ? request : JSON.stringify(request);
  return command(method, url, [token, quoted('Content-Type: application/json; charset=utf-8')], body);
}

/** Puts a fresh token into `$TOKEN`, for the commands of calls. */
export const tokenCurl = (origin: string, appId: string, secret: string): string =>
  `TOKEN=$(curl -sS ${quoted(`${origin}/open-apis/auth/v3/tenant_access_token/internal`)} -H 'Content-Type: application/json' ` +
  `-d ${quoted(JSON.stringify({ app_id: appId, app_secret: secret }))} | sed 's/.*"tenant_access_token":"\\([^"]*\\)".*/\\1/')`;
