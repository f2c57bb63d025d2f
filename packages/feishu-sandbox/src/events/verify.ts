import { randomHex } from '../core/ids.ts';
import type { Sandbox } from '../core/sandbox.ts';
import { encrypt } from './crypto.ts';
import { write } from './json.ts';
import { post } from './post.ts';

export interface Verification {
  ok: boolean;
  status: number;
  ms: number;
  why: string | null;
}

/** What the console does when a request address is saved: an encrypted, unsigned challenge, to be echoed within 1 s. */
export async function verifyWebhook(sandbox: Sandbox): Promise<Verification> {
  const challenge = randomHex(32);
  const { app, state } = sandbox;
  const plain = write({ challenge, token: app.verification_token, type: 'url_verification' }, state.json);
  const body = write({ encrypt: encrypt(plain, app.encrypt_key) }, state.json);
  const { status, ms, body: answer, error } = await post(sandbox.webhook, body, {}, 1000);
  const why = error ?? (status === 200 ? wrongEcho(answer, challenge) : `HTTP ${status}`);
  return { ok: why === null, status, ms, why };
}

function wrongEcho(answer: string, challenge: string): string | null {
  try {
    const echo: unknown = JSON.parse(answer);
    const same = typeof echo === 'object' && echo !== null && 'challenge' in echo && echo.challenge === challenge;
    return same ? null : 'another challenge came back';
  } catch {
    return 'the answer is not JSON';
  }
}
