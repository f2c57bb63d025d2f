import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Limits } from './limits.ts';

/** `key` is the one that signed; `absent` only when not one of the three headers is there. */
export type Signature = { readonly state: 'valid'; readonly key: string } | { readonly state: 'absent' | 'invalid' };

const INVALID: Signature = { state: 'invalid' };

/** Checks sha256(timestamp + nonce + key + raw bytes) and how old it is. */
export function checkSignature(
  headers: IncomingHttpHeaders,
  raw: Buffer,
  keys: readonly string[],
  limits: Limits,
  now: number,
): Signature {
  const timestamp = headers['x-lark-request-timestamp'];
  const nonce = headers['x-lark-request-nonce'];
  const given = headers['x-lark-signature'];
  if (timestamp === undefined && nonce === undefined && given === undefined) return { state: 'absent' };
  if (typeof timestamp !== 'string' || typeof nonce !== 'string' || typeof given !== 'string') return INVALID;
  // Without a delimiter digits can be moved between timestamp and nonce; a fixed width forbids it.
  if (!/^\d{10}$/.test(timestamp) || !/^[0-9a-f]{64}$/i.test(given)) return INVALID;
  const expected = Buffer.from(given, 'hex');
  const key = keys.find((candidate) => timingSafeEqual(digest(timestamp, nonce, candidate, raw), expected));
  if (key === undefined) return INVALID;
  const age = now - Number(timestamp) * 1_000;
  return age > limits.pastMs || -age > limits.futureMs ? INVALID : { state: 'valid', key };
}

/** Compares in constant time; only the length, which is no secret, is told. */
export function sameSecret(given: string, expected: string): boolean {
  const bytes = Buffer.from(given);
  const secret = Buffer.from(expected);
  return bytes.length === secret.length && timingSafeEqual(bytes, secret);
}

function digest(timestamp: string, nonce: string, key: string, raw: Buffer): Buffer {
  return createHash('sha256')
    .update(timestamp + nonce + key)
    .update(raw)
    .digest();
}
