import { z } from 'zod';
import { randomHex } from '../core/ids.ts';
import { refused } from '../core/refusals.ts';
import type { Sandbox } from '../core/sandbox.ts';
import { type ApiCall, TopLevel, validated } from './call.ts';

const LIFE_MS = 7_200_000;
const RENEW_MS = 1_800_000;

const tokenBody = z.object({ app_id: z.string(), app_secret: z.string() });

/** The same token while it is good for half an hour more, then a new one beside it. */
export function tenantToken({ sandbox, body }: ApiCall): object {
  const { app_id, app_secret } = validated(tokenBody, body);
  if (app_id !== sandbox.app.app_id) throw refused(10003);
  if (app_secret !== sandbox.app.app_secret) throw refused(10015);
  const { clock, state } = sandbox;
  const now = clock.now();
  const current = [...state.tokens].find(([, expiresAt]) => expiresAt - now >= RENEW_MS && expiresAt - now <= LIFE_MS);
  const token = current?.[0] ?? `t-${randomHex(32)}`;
  const expiresAt = current?.[1] ?? now + LIFE_MS;
  if (!current) state.commit({ t: 'token', token, expiresAt });
  return new TopLevel({ msg: 'ok', tenant_access_token: token, expire: Math.floor((expiresAt - now) / 1000) });
}

export function authorize(sandbox: Sandbox, header: string): void {
  const token = /^Bearer (\S+)$/.exec(header)?.[1];
  if (token === undefined) throw refused(99991661);
  if (!/^[tu]-/.test(token)) throw refused(99991671);
  const expiresAt = sandbox.state.tokens.get(token);
  if (expiresAt === undefined || expiresAt <= sandbox.clock.now()) throw refused(99991663);
}
