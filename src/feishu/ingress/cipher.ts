import { createDecipheriv, createHash } from 'node:crypto';
import { isRecord } from './envelope.ts';

const BLOCK = 16;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export type Cipher = {
  /** The JSON object under the encryption, by the first of the keys that gives one; `null` says no more than "no". */
  open(raw: Buffer, keys: readonly string[]): Record<string, unknown> | null;
};

/** Holds the AES keys of the configured secrets, so that each request saves a hash. */
export function createCipher(secrets: readonly string[]): Cipher {
  const aesKeys = new Map(secrets.map((secret) => [secret, createHash('sha256').update(secret).digest()]));
  return {
    open(raw, keys) {
      const wrapper = parseJson(raw);
      if (!isRecord(wrapper) || typeof wrapper.encrypt !== 'string') return null;
      const bytes = Buffer.from(wrapper.encrypt, 'base64');
      for (const key of keys) {
        const aesKey = aesKeys.get(key);
        const opened = aesKey ? decrypt(bytes, aesKey) : null;
        if (opened) return opened;
      }
      return null;
    },
  };
}

/**
 * Bad padding does not stop early: what was decrypted is parsed all the same, so that neither the answer nor the
 * time it takes tells a stranger which byte was wrong.
 */
function decrypt(bytes: Buffer, aesKey: Buffer): Record<string, unknown> | null {
  if (bytes.length < 2 * BLOCK || bytes.length % BLOCK !== 0) return null;
  const decipher = createDecipheriv('aes-256-cbc', aesKey, bytes.subarray(0, BLOCK)).setAutoPadding(false);
  const padded = decipher.update(bytes.subarray(BLOCK));
  const padding = paddingOf(padded);
  const opened = parseJson(padded.subarray(0, padded.length - padding));
  return padding > 0 && isRecord(opened) ? opened : null;
}

function paddingOf(padded: Buffer): number {
  const length = padded[padded.length - 1] ?? 0;
  let wrong = length < 1 || length > BLOCK ? 1 : 0;
  for (let back = 1; back <= BLOCK; back += 1) {
    const byte = padded[padded.length - back] ?? 0;
    wrong |= back <= length ? byte ^ length : 0;
  }
  return wrong === 0 ? length : 0;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch {
    return undefined;
  }
}
