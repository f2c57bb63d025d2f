import type { TraceView } from '../core/sandbox.ts';

/** The parts of a signed push, as they stand in its headers. */
export interface Signed {
  timestamp: string;
  nonce: string;
  signature: string;
}

/** Null when the push carries no signature. */
export function signedOf(headers: TraceView['headers']): Signed | null {
  const byName = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const timestamp = byName.get('x-lark-request-timestamp');
  const nonce = byName.get('x-lark-request-nonce');
  const signature = byName.get('x-lark-signature');
  if (timestamp === undefined || nonce === undefined || signature === undefined) return null;
  return { timestamp, nonce, signature };
}

/** sha256(timestamp + nonce + encrypt key + body), in hex, as the bot has to reckon it. */
export async function reckonSignature(signed: Signed, encryptKey: string, body: string): Promise<string> {
  const bytes = new TextEncoder().encode(`${signed.timestamp}${signed.nonce}${encryptKey}${body}`);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
