import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { message, push } from '../support/signer.ts';
import { type Harness, head, now, raw, startWebhook } from '../support/webhook.ts';

let web: Harness;
let ready: () => boolean | Promise<boolean> = () => true;
beforeAll(async () => {
  web = await startWebhook({ ready: () => ready() });
});
afterAll(() => web.stop());

const statusIn = (answer: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);

describe('health', () => {
  it('says that it lives, and no more', async () => {
    const reply = await fetch(`${web.url}/healthz`);
    expect([reply.status, await reply.text()]).toEqual([200, '{"ok":true}']);
    expect(reply.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect((await fetch(`${web.url}/healthz`, { method: 'HEAD' })).status).toBe(200);
  });

  it.each([
    ['ready', () => true, 200],
    ['not ready', async () => false, 503],
    ['broken', () => Promise.reject(new Error('mongodb://user:canary-password@host')), 503],
  ])('says whether it is ready: %s', async (_name, answer, status) => {
    ready = answer;
    const reply = await fetch(`${web.url}/readyz`);
    expect(reply.status).toBe(status);
    expect(reply.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await reply.json()).toEqual({ ok: status === 200 });
    expect(web.logged.join('')).not.toContain('canary-password');
  });
});

describe('methods and paths', () => {
  const signed = push(message(), { at: now });
  const length = { 'content-length': String(signed.body.length) };

  it.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY', 'M-SEARCH'])(
    'answers 405 to %s',
    async (method) => {
      const before = web.memory.rows.length;
      for (const [path, allow] of [
        ['/feishu/webhook', 'POST'],
        ['/readyz', 'GET, HEAD'],
      ] as const) {
        if (path === '/readyz' && (method === 'GET' || method === 'HEAD')) continue;
        const text = head({ ...signed.headers, ...length }, `${method} ${path} HTTP/1.1`);
        const answer = await raw(web.port, [text, signed.body], /\r\n\r\n/);
        expect(statusIn(answer)).toBe(method === 'QUERY' && statusIn(answer) === 400 ? 400 : 405);
        if (statusIn(answer) === 405) expect(answer).toContain(`Allow: ${allow}\r\n`);
        expect(answer).toMatch(/\r\n\r\n$/);
      }
      expect(web.memory.rows.length).toBe(before);
      expect(await web.stillWorks()).toBe(true);
    },
  );

  it.each([
    '/',
    '/feishu',
    '/feishu/webhook/',
    '/Feishu/Webhook',
    '//feishu/webhook',
    '/feishu/%77ebhook',
    '/feishu/webhook/../webhook',
    '/healthz/x',
    '/.env',
    '/__proto__',
    '/constructor',
  ])('answers 404 to %s', async (path) => {
    const text = head({ ...signed.headers, ...length, connection: 'close' }, `POST ${path} HTTP/1.1`);
    const answer = await raw(web.port, [text, signed.body]);
    expect(statusIn(answer)).toBe(404);
    expect(answer).toMatch(/\r\n\r\n$/);
    expect(answer).not.toMatch(/koa|node|express|at .*\.[jt]s/i);
  });

  it('takes a query, which a gateway may add', async () => {
    expect((await web.post(push(message(), { at: now }), '/feishu/webhook?from=gateway')).status).toBe(200);
  });
});

describe('hostile requests', () => {
  const signed = push(message(), { at: now });
  const size = String(signed.body.length);
  const targets = [
    '*',
    'http://[::1/',
    'http://a b/',
    '//',
    '/%',
    '/%00',
    '/%ff%fe',

    '?',
    '#',
    'feishu/webhook',
    'http://evil.example/healthz',
    '/\u00e9',
    '\\\\host\\x',
    '/..%2f..%2fetc/passwd',
    `/${'a'.repeat(200)}`,
  ];

  it.each(targets)('survives the target %s', async (target) => {
    const before = web.memory.rows.length;
    for (const method of ['GET', 'POST', 'OPTIONS', 'CONNECT']) {
      const text = head(
        { ...signed.headers, 'content-length': size, connection: 'close' },
        `${method} ${target} HTTP/1.1`,
      );
      const status = statusIn(await raw(web.port, [text, signed.body], /\r\n\r\n/, 250));
      // 0: closed without a word, as for a tunnel.
      expect([0, 400, 404, 405]).toContain(status || 0);
    }
    expect(web.memory.rows.length).toBe(before);
    expect(await web.stillWorks()).toBe(true);
  });

  it.each([
    ['two lengths', `Content-Length: ${size}\r\nContent-Length: 5\r\n`],
    ['a list of lengths', `Content-Length: ${size}, 5\r\n`],
    ['a length below zero', 'Content-Length: -1\r\n'],
    ['a length in hexadecimal', 'Content-Length: 0x10\r\n'],
    ['a length beside chunks', `Content-Length: ${size}\r\nTransfer-Encoding: chunked\r\n`],
    ['an unknown transfer', 'Transfer-Encoding: chunked, gzip\r\n'],
    ['a folded header', `Content-Length: ${size}\r\nX-A: b\r\n c\r\n d : e\r\n`],
    ['a header name with a blank', `Content Length: ${size}\r\n`],
    ['headers without end', `X-Long: ${'a'.repeat(20_000)}\r\n`],
    ['an upgrade', `Content-Length: ${size}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n`],
    ['an expectation', `Content-Length: ${size}\r\nExpect: 200-ok\r\n`],
  ])('survives %s', async (_name, lines) => {
    const text = head(signed.headers).replace('Host:', `${lines}Host:`);
    const answer = await raw(web.port, [text, signed.body], /\r\n\r\n/, 250);
    expect(answer).not.toMatch(/\bat .*\.[jt]s/);
    expect(await web.stillWorks()).toBe(true);
  });

  it('survives a target of many bytes', async () => {
    for (const length of [15_000, 70_000]) {
      const answer = await raw(web.port, [head({}, `GET /${'a'.repeat(length)} HTTP/1.1`)], /\r\n\r\n/, 250);
      expect([404, 431]).toContain(statusIn(answer));
    }
    expect(await web.stillWorks()).toBe(true);
  });

  it('survives noise that is no HTTP', async () => {
    for (const noise of [
      '\0\0\0\0',
      '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
      'GET\r\n\r\n',
      '\r\n'.repeat(100),
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    ])
      await raw(web.port, [noise], /\r\n\r\n/, 200);
    expect(await web.stillWorks()).toBe(true);
  });

  it('takes the second of two requests of one connection for its own', async () => {
    const before = web.memory.rows.length;
    const one = push(message(), { at: now });
    const two = push(message(), { at: now });
    const text = [one, two].flatMap(({ headers, body }) => [
      head({ ...headers, 'content-length': String(body.length) }),
      body,
    ]);
    const answer = await raw(web.port, text, /200 OK[\s\S]*200 OK[\s\S]*\{\}[\s\S]*\{\}/);
    expect(answer.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2);
    expect(web.memory.rows.length).toBe(before + 2);
  });
});

describe('limits on clients', () => {
  it('answers 429 to a client that was refused too often, whatever address it claims', async () => {
    const limited = await startWebhook({ ingress: { limits: { burst: 10, requestsPerSecond: 10, refusalCost: 3 } } });
    const forged = push(message(), { at: now, key: 'another key' });
    const statuses: number[] = [];
    for (let index = 0; index < 5; index += 1)
      statuses.push(
        (await limited.post({ ...forged, headers: { ...forged.headers, 'x-forwarded-for': `10.0.0.${index}` } }))
          .status,
      );
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
    expect((await limited.post(push(message(), { at: now }))).status).toBe(429);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(await limited.stillWorks()).toBe(true);
    await limited.stop();
  });

  it('bounds the bodies under way, and goes on when they are gone', async () => {
    const limited = await startWebhook({ ingress: { limits: { maxInFlight: 2, bodyTimeoutMs: 300 } } });
    const start = head({ 'content-type': 'application/json', 'content-length': '100' });
    const slow = [1, 2].map(() => raw(limited.port, [start, '{']));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await limited.post(push(message(), { at: now }))).status).toBe(429);
    expect((await Promise.all(slow)).map(statusIn)).toEqual([408, 408]);
    expect(await limited.stillWorks()).toBe(true);
    await limited.stop();
  });
});
