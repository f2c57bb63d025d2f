import { createCipheriv, createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { app, encrypt, message, push, type Signed, sealed, sign } from '../support/signer.ts';
import { type Harness, now, startWebhook } from '../support/webhook.ts';

let web: Harness;
beforeAll(async () => {
  web = await startWebhook();
});
afterAll(() => web.stop());

const challenge = { challenge: 'ajls384kdjx98XX', token: app.token, type: 'url_verification' };

function unsigned(body: string): Signed {
  return { body: Buffer.from(body), headers: { 'content-type': 'application/json; charset=utf-8' } };
}

async function nothingHappened(run: () => Promise<Response>): Promise<Response> {
  const before = web.memory.rows.length;
  const reply = await run();
  expect(web.memory.rows.length).toBe(before);
  expect(web.clicks).toEqual([]);
  expect(await web.stillWorks()).toBe(true);
  return reply;
}

describe('the challenge', () => {
  it.each([
    ['unsigned', () => unsigned(sealed(challenge))],
    ['signed', () => sign(sealed(challenge), { at: now })],
  ])('is answered, %s', async (_name, make) => {
    const reply = await nothingHappened(() => web.post(make()));
    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await reply.json()).toEqual({ challenge: challenge.challenge });
  });

  it.each([
    ['with another token', sealed({ ...challenge, token: 'wrong' })],
    ['without a token', sealed({ challenge: 'x', type: 'url_verification' })],
    ['with a token that is no text', sealed({ ...challenge, token: [app.token] })],
    ['of another type', sealed({ ...challenge, type: 'event_callback' })],
    ['in the clear', JSON.stringify(challenge)],
    ['in the clear beside nonsense', JSON.stringify({ encrypt: 'AAAA', ...challenge })],
    ['under another key', sealed(challenge, 'another key')],
    ['with a line break to echo', sealed({ ...challenge, challenge: 'a\r\nSet-Cookie: a=b' })],
    ['with markup to echo', sealed({ ...challenge, challenge: '<b> </b>' })],
    ['with much to echo', sealed({ ...challenge, challenge: 'a'.repeat(513) })],
    ['with nothing to echo', sealed({ ...challenge, challenge: '' })],
    ['with an event inside', sealed({ ...message(), ...challenge })],
    ['with the body of an event', sealed({ ...challenge, event: { chat_id: 'oc_1' } })],
    ['with the type at an event', sealed({ ...message(), type: 'url_verification' })],
  ])('is refused %s', async (_name, body) => {
    const reply = await nothingHappened(() => web.post(unsigned(body)));
    expect(reply.status).toBe(401);
    expect(await reply.text()).toBe('');
  });

  it('with an event inside is refused even when signed', async () => {
    const reply = await nothingHappened(() => web.post(push({ ...message(), ...challenge }, { at: now })));
    expect(reply.status).toBe(401);
  });

  it('with a bad signature is refused, though it would do without one', async () => {
    const signed = sign(sealed(challenge), { at: now, key: 'another key' });
    expect((await nothingHappened(() => web.post(signed))).status).toBe(401);
  });
});

/** Every way in which a body can be unreadable, to be signed or not. */
const unreadable: readonly (readonly [string, string])[] = [
  ['a changed IV', tampered(0)],
  ['a changed first block', tampered(16)],
  ['a changed padding', tampered(-1)],
  ['a changed block before the last', tampered(-17)],
  ['no padding at all', unpadded()],
  ['a block missing', wrap(bytesOf(sealed(challenge)).subarray(0, -16))],
  ['half a block', wrap(bytesOf(sealed(challenge)).subarray(0, -5))],
  ['nothing but an IV', wrap(Buffer.alloc(16))],
  ['nothing', wrap(Buffer.alloc(0))],
  ['no base64', JSON.stringify({ encrypt: '!!!! not base64 !!!!' })],
  ['a number under encrypt', JSON.stringify({ encrypt: 7 })],
  ['no JSON inside', JSON.stringify({ encrypt: encrypt('{"type":"url_verification"') })],
  ['bytes inside that are no UTF-8', JSON.stringify({ encrypt: encrypt(Buffer.from([0x7b, 0xff, 0x7d])) })],
  ['a list inside', JSON.stringify({ encrypt: encrypt('[]') })],
  ['null inside', JSON.stringify({ encrypt: encrypt('null') })],
  ['no JSON outside', '{"encrypt":"'],
  ['bytes after the JSON', `${sealed(challenge)}x`],
  ['an empty body', ''],
  ['another token', sealed({ ...challenge, token: createHash('sha256').update('x').digest('hex') })],
];

describe('what cannot be read', () => {
  it.each(['signed', 'unsigned'] as const)('looks the same whatever is wrong with it, %s', async (how) => {
    const seen = new Set<string>();
    for (const [, body] of unreadable) {
      const request = how === 'signed' ? sign(body, { at: now }) : unsigned(body);
      const reply = await nothingHappened(() => web.post(request));
      const { date, ...headers } = Object.fromEntries(reply.headers);
      expect(date).toBeDefined();
      seen.add(JSON.stringify([reply.status, headers, await reply.text()]));
    }
    expect([...seen]).toHaveLength(1);
    expect([...seen][0]).toMatch(/^\[401,/);
  });
});

function bytesOf(body: string): Buffer {
  return Buffer.from(String(JSON.parse(body).encrypt), 'base64');
}

function wrap(bytes: Buffer): string {
  return JSON.stringify({ encrypt: bytes.toString('base64') });
}

function tampered(index: number): string {
  const bytes = bytesOf(sealed(challenge));
  const at = index < 0 ? bytes.length + index : index;
  bytes[at] = (bytes[at] ?? 0) ^ 0x55;
  return wrap(bytes);
}

/** A good challenge that fills its last block, without the block of padding that has to follow. */
function unpadded(): string {
  const text = JSON.stringify(challenge);
  const plain = text.padEnd(Math.ceil(text.length / 16) * 16);
  const key = createHash('sha256').update(app.encryptKey).digest();
  const cipher = createCipheriv('aes-256-cbc', key, Buffer.alloc(16)).setAutoPadding(false);
  return wrap(Buffer.concat([Buffer.alloc(16), cipher.update(plain), cipher.final()]));
}
