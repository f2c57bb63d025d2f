import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encrypt, envelope, message, push, type Signed, sealed, sign } from '../support/signer.ts';
import { type Harness, head, now, raw, startWebhook } from '../support/webhook.ts';

const limits = { bodyTimeoutMs: 200 };
const MIB = 1_048_576;
let web: Harness;
beforeAll(async () => {
  web = await startWebhook({ ingress: { limits } });
});
afterAll(() => web.stop());

async function refused(run: () => Promise<number>, status: number): Promise<void> {
  const before = web.memory.rows.length;
  expect(await run()).toBe(status);
  expect(web.memory.rows.length).toBe(before);
  expect(await web.stillWorks()).toBe(true);
}

const posted = (signed: Signed) => async () => (await web.post(signed)).status;
const statusIn = (answer: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);

describe('raw bytes', () => {
  it.each([
    ['odd spacing', (body: string) => ` {\n\t"encrypt" :  ${body.slice(11, -1)} \r\n}  `],
    ['escapes', (body: string) => `{"\\u0065ncrypt":${body.slice(11, -1).replaceAll('/', '\\/')}}`],
    ['other keys beside it', (body: string) => `{"schema":1.0,"x":[],${body.slice(1)}`],
  ])('are what is signed: %s', async (_name, change) => {
    const signed = sign(change(sealed(message('支部'))), { at: now });
    expect((await web.post(signed)).status).toBe(200);
    const body = Buffer.from(signed.body.toString().replace(/ $|(?<=x)"/, ''));
    if (body.length !== signed.body.length) await refused(posted({ ...signed, body }), 401);
  });

  it('may hold odd spacing and escapes under the encryption too', async () => {
    const odd = JSON.stringify(message('支部'), null, 3).replace(/[^\x20-\x7e\n]/g, escaped);
    expect(odd).toContain('\\u652f');
    const reply = await web.post(sign(JSON.stringify({ encrypt: encrypt(odd) }), { at: now }));
    expect(reply.status).toBe(200);
    expect(JSON.stringify(web.memory.rows.at(-1)?.body)).toContain('支部');
  });

  it('may come in chunks that split a character', async () => {
    const wrapped = `{"说明":"支部助手",${sealed(message()).slice(1)}`;
    const signed = sign(wrapped, { at: now });
    const before = web.memory.rows.length;
    const parts = [0, 3, 4, 7, 16, 17, 100].map((from, index, all) => signed.body.subarray(from, all[index + 1]));
    const headers = head({ ...signed.headers, 'content-length': String(signed.body.length) });
    expect(statusIn(await raw(web.port, [headers, ...parts], /\r\n\r\n/))).toBe(200);
    const chunked = parts.map((part) =>
      Buffer.concat([Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n')]),
    );
    const start = head({ ...push(message(), { at: now }).headers, ...signed.headers, 'transfer-encoding': 'chunked' });
    expect(statusIn(await raw(web.port, [start, ...chunked, '0\r\n\r\n'], /\r\n\r\n/))).toBe(200);
    expect(web.memory.rows.length).toBe(before + 1);
  });
});

describe('type and size', () => {
  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonx',
    'application/json; charset=gbk',
    'application/json, text/plain',
    '',
  ])('refuses the type "%s"', async (type) => {
    const { body, headers } = push(message(), { at: now });
    await refused(posted({ body, headers: { ...headers, 'content-type': type } }), 415);
  });

  it('refuses a compressed body', async () => {
    const { body, headers } = push(message(), { at: now });
    await refused(posted({ body, headers: { ...headers, 'content-encoding': 'gzip' } }), 415);
  });

  it.each(['application/json', 'APPLICATION/JSON; Charset=UTF-8', 'application/json;charset="utf-8"'])(
    'takes the type %s',
    async (type) => {
      const { body, headers } = push(message(), { at: now });
      expect((await web.post({ body, headers: { ...headers, 'content-type': type } })).status).toBe(200);
    },
  );

  it('takes a body of exactly the limit, and not one byte more', async () => {
    const filled = (size: number) => {
      const start = sealed(message());
      return sign(start + ' '.repeat(size - start.length), { at: now });
    };
    expect((await web.post(filled(MIB))).status).toBe(200);
    await refused(posted(filled(MIB + 1)), 413);
    await refused(posted(filled(8 * MIB)), 413);
  });

  it('refuses by the declared length alone', async () => {
    const start = head({ 'content-type': 'application/json', 'content-length': '99999999999' });
    await refused(async () => statusIn(await raw(web.port, [start], /\r\n\r\n/)), 413);
  });

  it('counts the bytes of a body of unknown length', async () => {
    const start = head({ 'content-type': 'application/json', 'transfer-encoding': 'chunked' });
    const chunk = Buffer.concat([Buffer.from('40000\r\n'), Buffer.alloc(0x40000, 0x20), Buffer.from('\r\n')]);
    await refused(async () => statusIn(await raw(web.port, [start, ...Array(6).fill(chunk)], /\r\n\r\n/)), 413);
  });
});

describe('slow and broken bodies', () => {
  it.each([
    ['of a known length', { 'content-length': '100' }, ['{"enc']],
    ['in chunks', { 'transfer-encoding': 'chunked' }, ['5\r\n{"enc\r\n']],
    ['not sent at all', { 'content-length': '100' }, []],
  ])('answers 408 to one %s, and closes', async (_name, headers, parts) => {
    const start = head({ 'content-type': 'application/json', ...headers } as Record<string, string>);
    const began = performance.now();
    await refused(async () => statusIn(await raw(web.port, [start, ...parts])), 408);
    expect(performance.now() - began).toBeLessThan(1_500);
  });

  it('answers 408 to one that drips', async () => {
    const start = head({ 'content-type': 'application/json', 'content-length': '4000' });
    const drips = Array.from({ length: 100 }, () => ' ');
    await refused(async () => statusIn(await raw(web.port, [start, ...drips])), 408);
  });

  it('cuts off a client that was refused and keeps its body open', async () => {
    const start = head({ 'content-type': 'text/plain', 'content-length': '100' });
    const began = performance.now();
    await refused(async () => statusIn(await raw(web.port, [start, 'x'])), 415);
    expect(performance.now() - began).toBeLessThan(1_500);
  });

  it('survives a client that goes away in the middle', async () => {
    const start = head({ 'content-type': 'application/json', 'content-length': '100' });
    await raw(web.port, [start, '{"enc'], /$^/, 30);
    expect(await web.stillWorks()).toBe(true);
  });
});

describe('what is inside', () => {
  const polluted = (json: string) => sign(JSON.stringify({ encrypt: encrypt(json) }), { at: now });
  const withEvent = (inside: string) =>
    JSON.stringify(envelope('some.event_v1', { here: 1 })).replace('{"here":1}', inside);

  it.each([
    ['__proto__', withEvent('{"__proto__":{"admin":true}}')],
    ['an escaped __proto__', withEvent('{"\\u005f_proto__":{"admin":true}}')],
    ['constructor', withEvent('{"a":[{"constructor":{"prototype":{"admin":true}}}]}')],
    ['prototype', withEvent('{"a":{"prototype":1}}')],
    ['the mark of a BSON object', withEvent('{"a":{"_bsontype":"ObjectId"}}')],
    ['a key with a zero byte', withEvent('{"a\\u0000b":1}')],
    ['lists of great depth', withEvent(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)],
    ['another schema', JSON.stringify({ ...message(), schema: '1.0' })],
    ['no schema', JSON.stringify({ ...message(), schema: undefined })],
    ['no event', JSON.stringify({ ...message(), event: undefined })],
    ['a list for an event', withEvent('[]')],
    ['no event id', JSON.stringify(message('x', { event_id: undefined }))],
    ['an event id with a line break', JSON.stringify(message('x', { event_id: 'a\nb' }))],
    ['an endless event id', JSON.stringify(message('x', { event_id: 'a'.repeat(129) }))],
    ['a type with a line break', JSON.stringify(message('x', { event_type: 'a\n{"level":50}' }))],
    ['a time of 12 digits', JSON.stringify(message('x', { create_time: '179000000012' }))],
    ['a message without a message', JSON.stringify(envelope('im.message.receive_v1', {}))],
    ['a click on nothing', JSON.stringify(envelope('card.action.trigger', { action: {} }))],
  ])('answers 400 to %s', async (_name, json) => {
    await refused(posted(polluted(json)), 400);
    expect(web.clicks).toEqual([]);
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
  });

  it('takes such words in a text', async () => {
    expect((await web.post(push(message('"__proto__": constructor'), { at: now }))).status).toBe(200);
  });
});

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
