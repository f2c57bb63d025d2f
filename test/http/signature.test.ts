import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { app, envelope, message, push, sealed, sign, signature } from '../support/signer.ts';
import { type Harness, head, now, raw, startWebhook } from '../support/webhook.ts';

const hour = 3_600_000;
const second = 1_000;
let web: Harness;
beforeAll(async () => {
  web = await startWebhook();
});
afterAll(() => web.stop());

async function statusOf(signed: ReturnType<typeof sign>): Promise<number> {
  const before = web.memory.rows.length;
  const reply = await web.post(signed);
  const effects = web.memory.rows.length - before;
  expect(effects).toBe(reply.status === 200 ? 1 : 0);
  if (reply.status === 401) expect(await reply.text()).toBe('');
  expect(await web.stillWorks()).toBe(true);
  return reply.status;
}

describe('the signature', () => {
  it('lets a signed event in', async () => {
    const reply = await web.post(push(message(), { at: now }));
    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await reply.json()).toEqual({});
  });

  it.each([
    ['another key', () => sign(sealed(message()), { at: now, key: 'some other key' })],
    ['an invented digest', () => withHeader('x-lark-signature', 'a'.repeat(64))],
    ['a digest cut short', () => withHeader('x-lark-signature', 'abc123')],
    ['a digest that is too long', () => withHeader('x-lark-signature', 'a'.repeat(66))],
    ['a digest that is not hexadecimal', () => withHeader('x-lark-signature', 'z'.repeat(64))],
    ['a blank digest', () => withHeader('x-lark-signature', '')],
    ['another nonce', () => withHeader('x-lark-request-nonce', '999')],
  ])('refuses %s', async (_name, make) => {
    expect(await statusOf(make())).toBe(401);
  });

  it.each(['x-lark-signature', 'x-lark-request-nonce', 'x-lark-request-timestamp'])(
    'refuses without %s',
    async (name) => {
      const { body, headers } = push(message(), { at: now });
      const { [name]: _, ...rest } = headers;
      expect(await statusOf({ body, headers: rest })).toBe(401);
    },
  );

  it('refuses a signed event whose body is not encrypted', async () => {
    expect(await statusOf(sign(JSON.stringify(message()), { at: now }))).toBe(401);
  });

  it('refuses an event without a signature', async () => {
    const body = Buffer.from(sealed(message()));
    expect(await statusOf({ body, headers: { 'content-type': 'application/json' } })).toBe(401);
  });

  it('refuses each byte of a signed body that was changed', async () => {
    const signed = push(message(), { at: now });
    for (const index of [0, 5, 20, signed.body.length - 1]) {
      const body = Buffer.from(signed.body);
      body[index] = (body[index] ?? 0) ^ 1;
      expect(await statusOf({ ...signed, body })).toBe(401);
    }
  });

  it('refuses digits moved between timestamp and nonce', async () => {
    const body = Buffer.from(sealed(message()));
    const timestamp = String(now / 1000);
    const digest = signature(timestamp, '123456', body);
    for (const [ts, nonce] of [
      [`${timestamp}123`, '456'],
      [timestamp.slice(0, 9), `${timestamp.slice(9)}123456`],
    ] as const) {
      expect(signature(ts, nonce, body)).toBe(digest);
      expect(await statusOf({ body, headers: { ...headersOf(ts, nonce), 'x-lark-signature': digest } })).toBe(401);
    }
    expect(await statusOf({ body, headers: { ...headersOf(timestamp, '123456'), 'x-lark-signature': digest } })).toBe(
      200,
    );
  });

  it('refuses a header sent twice', async () => {
    const { body, headers } = push(message(), { at: now });
    const twice = `x-lark-signature: ${headers['x-lark-signature']}\r\n`;
    const text = head({ ...headers, 'content-length': String(body.length) }).replace('Host:', `${twice}Host:`);
    expect(await raw(web.port, [text, body], /\r\n\r\n/)).toMatch(/^HTTP\/1.1 401/);
  });
});

describe('freshness', () => {
  it.each([
    ['8 h old', -8 * hour, 200],
    ['8 h and a second old', -8 * hour - second, 401],
    ['5 min ahead', 5 * 60 * second, 200],
    ['5 min and a second ahead', 5 * 60 * second + second, 401],
    ['a year old', -365 * 24 * hour, 401],
  ])('%s', async (_name, offset, status) => {
    expect(await statusOf(push(message(), { at: now + offset }))).toBe(status);
  });

  it.each([
    ['9 digits', String(now / 1000).slice(0, 9)],
    ['11 digits', `0${now / 1000}`],
    ['13 digits', String(now)],
    ['a sign', `+${String(now / 1000).slice(1)}`],
    ['a fraction', `${now / 1000}.0`],
    ['words', 'yesterday!'],
    ['nothing', ''],
  ])('refuses a timestamp of %s, correctly signed', async (_name, timestamp) => {
    expect(await statusOf(push(message(), { timestamp }))).toBe(401);
  });
});

describe('who it is for', () => {
  it.each([
    ['another token', { token: 'wrong' }],
    ['a token that is longer', { token: `${app.token}x` }],
    ['no token', { token: undefined }],
    ['a token that is no text', { token: { $ne: null } }],
    ['another app', { app_id: 'cli_fedcba9876543210' }],
    ['no app', { app_id: undefined }],
  ])('refuses %s', async (_name, header) => {
    expect(await statusOf(push(message('x', header), { at: now }))).toBe(401);
  });

  it('refuses another tenant once its own is known, and takes any before', async () => {
    let tenant: string | null = null;
    const own = await startWebhook({ ingress: { tenantKey: () => tenant } });
    const foreign = () => own.post(push(message('x', { tenant_key: 'tenant_2' }), { at: now }));
    expect((await foreign()).status).toBe(200);
    tenant = app.tenant;
    expect((await foreign()).status).toBe(401);
    expect(await own.stillWorks()).toBe(true);
    await own.stop();
  });
});

describe('rotation of the key', () => {
  it('takes both keys meanwhile, and the old one no longer after', async () => {
    const both = await startWebhook({ ingress: { encryptKeys: ['new key', app.encryptKey] } });
    expect((await both.post(push(message(), { at: now, key: 'new key' }))).status).toBe(200);
    expect((await both.post(push(message(), { at: now }))).status).toBe(200);
    await both.stop();
    const after = await startWebhook({ ingress: { encryptKeys: ['new key'] } });
    expect((await after.post(push(message(), { at: now, key: 'new key' }))).status).toBe(200);
    expect((await after.post(push(message(), { at: now }))).status).toBe(401);
    await after.stop();
  });

  it('refuses what one key signed and the other encrypted', async () => {
    const both = await startWebhook({ ingress: { encryptKeys: ['new key', app.encryptKey] } });
    expect((await both.post(sign(sealed(message(), 'new key'), { at: now }))).status).toBe(401);
    await both.stop();
  });
});

describe('replay', () => {
  it('answers 200 and does nothing a second time', async () => {
    const signed = push(message(), { at: now });
    const before = web.memory.rows.length;
    for (const _ of [1, 2, 3]) expect((await web.post(signed)).status).toBe(200);
    expect(web.memory.rows.length).toBe(before + 1);
  });

  it('takes the same message under another event id for known', async () => {
    const first = message();
    const second = envelope('im.message.receive_v1', first.event);
    const before = web.memory.rows.length;
    expect((await web.post(push(first, { at: now }))).status).toBe(200);
    expect((await web.post(push(second, { at: now }))).status).toBe(200);
    expect(web.memory.rows.length).toBe(before + 1);
  });

  it('stores one row for fifty at once', async () => {
    const signed = push(message(), { at: now });
    const before = web.memory.rows.length;
    const replies = await Promise.all(Array.from({ length: 50 }, () => web.post(signed)));
    expect(replies.every((reply) => reply.status === 200)).toBe(true);
    expect(web.memory.rows.length).toBe(before + 1);
  });
});

function headersOf(timestamp: string, nonce: string): Record<string, string> {
  return {
    'content-type': 'application/json',
    'x-lark-request-timestamp': timestamp,
    'x-lark-request-nonce': nonce,
  };
}

function withHeader(name: string, value: string): ReturnType<typeof sign> {
  const { body, headers } = push(message(), { at: now });
  return { body, headers: { ...headers, [name]: value } };
}
