import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSandboxClient } from '../src/client.ts';
import { startSandbox } from '../src/start.ts';
import { openStage, type Stage, WORLD } from './helpers.ts';

let stage: Stage;
let port: string;
let dir: string;
beforeAll(async () => {
  stage = await openStage();
  port = new URL(stage.sandbox.url).port;
  dir = mkdtempSync(join(tmpdir(), 'sandbox-test-'));
});
afterAll(async () => {
  await stage.stop();
  rmSync(dir, { recursive: true, force: true });
});

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
}

/** `fetch` would tidy paths and forbid headers. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET', body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, method, headers };
    request(options, (response) => {
      response.resume();
      response.once('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers }));
    })
      .once('error', reject)
      .end(body);
  });
}

const statuses = async (paths: readonly string[], headers: Record<string, string>): Promise<number[]> =>
  Promise.all(paths.map(async (path) => (await ask(path, headers)).status));

const CONTROL = ['/sandbox/clock', '/sandbox/feed?after=0', '/sandbox/app', '/sandbox/nothing'];
const API = ['/open-apis/bot/v3/info', '/open-apis/nothing'];
const PAGE = ['/', '/page.js', '/page.css'];
const ALL = [...CONTROL, ...API, ...PAGE];
const REFUSED = ALL.map(() => 403);

test.each([
  'evil.example',
  'localhost.evil.example',
  '127.0.0.1.evil.example',
  'evil.example:PORT',
  '127.0.0.1@evil.example',
  '[::1]:PORT',
  '0.0.0.0:PORT',
  '127.0.0.2:PORT',
])('a request for the host %s is refused: control, API and page', async (host) => {
  expect(await statuses(ALL, { host: host.replace('PORT', port) })).toEqual(REFUSED);
});

test.each([
  { origin: 'http://evil.example' },
  { origin: 'null' },
  { origin: 'https://127.0.0.1:PORT' },
  { origin: 'http://localhost:PORT' },
  { origin: 'http://127.0.0.1:1' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
  { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', origin: 'http://evil.example' },
])('a request of another place is refused: %o', async (headers: Record<string, string | undefined>) => {
  const sent = Object.entries(headers).map(([name, value]) => [name, value?.replace('PORT', port) ?? '']);
  expect(await statuses(ALL, Object.fromEntries(sent))).toEqual(REFUSED);
});

test('the page itself, programs, and whoever types the address are let in', async () => {
  const some = ['/sandbox/clock', '/', '/page.js'];
  for (const headers of [
    {},
    { host: `localhost:${port}` },
    { host: `localhost:${port}`, origin: `http://localhost:${port}`, 'sec-fetch-site': 'same-origin' },
    { origin: `http://127.0.0.1:${port}`, 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' },
  ]) {
    expect([headers, await statuses(some, headers)]).toEqual([headers, [200, 200, 200]]);
  }
});

test('a link leads to the page, but to nothing else', async () => {
  const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
  expect(await statuses(['/', '/sandbox/clock', '/open-apis/bot/v3/info', '/sandbox'], link)).toEqual([
    200, 403, 403, 403,
  ]);
  expect((await ask('/', link, 'POST')).status).toBe(403);
});

test('what is refused changes nothing', async () => {
  const { control } = stage;
  const body = JSON.stringify({ as: 'A.secretary', text: '我来自别处' });
  const say = (headers: Record<string, string>) => ask('/sandbox/say', headers, 'POST', body);
  expect((await say({ origin: 'http://evil.example', 'content-type': 'text/plain' })).status).toBe(403);
  expect((await say({ host: 'evil.example' })).status).toBe(403);
  expect((await control.messages()).items).toEqual([]);
  expect((await say({})).status).toBe(200);
  expect((await control.messages()).items).toHaveLength(1);
});

test('it listens on 127.0.0.1 and nowhere else', async () => {
  const reaches = (host: string): Promise<boolean> =>
    new Promise((resolve) => {
      const socket = connect({ host, port: Number(port), timeout: 1000 });
      const done = (reached: boolean): void => {
        socket.destroy();
        resolve(reached);
      };
      socket.once('connect', () => done(true));
      socket.once('error', () => done(false));
      socket.once('timeout', () => done(false));
    });
  expect(await reaches('127.0.0.1')).toBe(true);
  expect(await reaches('127.0.0.2')).toBe(false);
  expect(await reaches('::1')).toBe(false);
});

test('the page comes with its types and a policy that lets it talk to the sandbox only', async () => {
  for (const [path, type] of [
    ['/', 'text/html; charset=utf-8'],
    ['/page.js', 'text/javascript; charset=utf-8'],
    ['/page.css', 'text/css; charset=utf-8'],
    ['/vchart.js', 'text/javascript; charset=utf-8'],
  ] as const) {
    const { status, headers } = await ask(path);
    expect([path, status, headers['content-type']]).toEqual([path, 200, type]);
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
  }
  expect((await ask('/vchart.js')).headers['cache-control']).toContain('max-age');
});

test.each([
  '/nothing.js',
  '/page',
  '/.tsbuildinfo',
  '/..',
  '/../cli.js',
  '/..%2fcli.js',
  '/%2e%2e%2fcli.js',
  '/..%5ccli.js',
  '/%2fetc%2fpasswd',
  '/page.js%00.css',
  '/page/../../cli.js',
])('no other file is served: %s', async (path) => {
  expect((await ask(path)).status).toBe(404);
});

test('two sandboxes live side by side, each with its own folder', async () => {
  const webhook = stage.bot.url;
  const [one, two] = await Promise.all(
    ['one', 'two'].map((name) => startSandbox({ world: WORLD, webhook, dataDir: join(dir, name) })),
  );
  if (!one || !two) throw new Error('not started');
  await createSandboxClient(one.url).say({ as: 'A.secretary', text: '一号' });
  await createSandboxClient(two.url).setClock({ set: '2027-01-01T09:00', speed: 0 });
  expect((await createSandboxClient(one.url).messages()).items).toHaveLength(1);
  expect((await createSandboxClient(two.url).messages()).items).toEqual([]);
  expect((await createSandboxClient(one.url).clock()).now < '2027').toBe(true);
  expect(one.app.app_secret).not.toBe(two.app.app_secret);
  await Promise.all([one.close(), two.close()]);
});

test('a folder belongs to one sandbox at a time', async () => {
  const options = {
    world: WORLD,
    webhook: stage.bot.url,
    dataDir: join(dir, 'shared', 'a-path-longer-than-names-of-sockets-'.repeat(4)),
  };
  const first = await startSandbox(options);
  await expect(startSandbox(options)).rejects.toThrow(`another sandbox uses ${options.dataDir}`);
  await createSandboxClient(first.url).say({ as: 'A.secretary', text: '还在' });
  await first.close();
  const second = await startSandbox(options);
  expect((await createSandboxClient(second.url).messages()).items).toMatchObject([{ text: '还在' }]);
  await second.close();
  await expect(startSandbox({ ...options, world: '/nowhere.json' })).rejects.toThrow('no world file');
  await (await startSandbox(options)).close();
});
