import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSandboxClient } from '../src/client.ts';
import { startSandbox } from '../src/start.ts';
import { startSandboxWorker, supervise } from '../src/worker.ts';
import { create, FakeBot, sdkFor, text, WORLD } from './helpers.ts';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

let dir: string;
let bot: FakeBot;
const children: ChildProcess[] = [];
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'sandbox-test-'));
  bot = await new FakeBot().start();
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await bot.stop();
  rmSync(dir, { recursive: true, force: true });
});

async function runCli(...more: string[]): Promise<{ child: ChildProcess; url: string; output: () => string }> {
  const child = spawn(process.execPath, [CLI, '--world', WORLD, '--webhook', bot.url, '--data', dir, ...more]);
  children.push(child);
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  while (!output.includes('\n')) await once(child.stdout as NodeJS.ReadableStream, 'data');
  return { child, url: output.trim().split(' ').at(-1) ?? '', output: () => output };
}

test('kill -9 loses nothing: messages, uuids, clock, tokens, membership, open deliveries', async () => {
  bot.answer = (index) => (index === 0 ? { status: 500 } : {});
  const first = await runCli('--now', '2026-11-20T09:00');
  const control = createSandboxClient(first.url);
  await control.setClock({ speed: 0 });
  const said = await control.say({ as: 'A.secretary', text: '未确认' });
  expect(said.status).toBe(500);
  const app = await control.app();
  const sent = await create(sdkFor({ app, url: first.url }), text('在'), { uuid: 'kept' });
  await control.members({ chat: 'A', remove: ['A.member.02'] });
  await control.patchApp({ group_messages: 'all' });
  const before = await control.clock();
  const messages = await control.messages();
  const died = once(first.child, 'exit');
  first.child.kill('SIGKILL');
  await died;
  appendFileSync(join(dir, 'sandbox.jsonl'), '{"t":"cut off');

  const second = await runCli('--now', '2020-01-01T00:00');
  const again = createSandboxClient(second.url);
  expect(await again.clock()).toMatchObject({ now: before.now, speed: 0, version: before.version });
  expect((await again.messages()).items).toEqual(messages.items);
  expect(await again.app()).toEqual(app.group_messages === 'all' ? app : { ...app, group_messages: 'all' });
  const repeat = await create(sdkFor({ app, url: second.url }), text('在'), { uuid: 'kept' });
  expect(repeat.data?.message_id).toBe(sent.data?.message_id);
  expect((await again.chats()).items[0]?.members).not.toContain('A.member.02');
  expect((await again.deliveries()).items).toMatchObject([
    { event_id: said.event_id, open: true },
    { type: 'im.chat.member.user.deleted_v1', open: false },
  ]);
  await again.advance('PT15S');
  expect(bot.received).toHaveLength(3);
  await again.settle(1000);
});

test('the command prints one line and ends cleanly; wrong arguments are reported', async () => {
  const { child, output } = await runCli();
  expect(output()).toMatch(/^sandbox ready http:\/\/127\.0\.0\.1:\d+\n$/);
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  expect(output().split('\n')).toHaveLength(2);
  const wrong = spawn(process.execPath, [CLI, '--webhook', bot.url]);
  children.push(wrong);
  expect(await once(wrong, 'exit')).toEqual([78, null]);
});

test('a worker starts, answers and closes; what keeps it from starting is reported', async () => {
  const deaths: Error[] = [];
  const started = performance.now();
  const sandbox = await startSandboxWorker({ world: WORLD, webhook: bot.url, onDeath: (error) => deaths.push(error) });
  expect(performance.now() - started).toBeLessThan(2000);
  expect((await createSandboxClient(sandbox.url).app()).app_id).toBe(sandbox.app.app_id);
  await sandbox.close();
  expect(deaths).toEqual([]);
  await expect(startSandboxWorker({ world: '/nowhere.json', webhook: bot.url })).rejects.toThrow('no world file');
});

test.each([
  ['throws', "throw new Error('broken')", 'broken'],
  ['just ends', 'process.exit(3)', 'exit code 3'],
])('a worker that %s after it was ready is reported once', async (_what, end, message) => {
  const source = `const { parentPort } = require('node:worker_threads');
    parentPort.postMessage({ kind: 'ready', url: 'http://127.0.0.1:1', app: {} });
    setTimeout(() => { ${end} }, 20);`;
  const deaths: Error[] = [];
  const worker = new Worker(source, { eval: true });
  await supervise(worker, (error) => deaths.push(error));
  await new Promise((resolve) => worker.once('exit', () => setImmediate(resolve)));
  expect(deaths.map((error) => error.message)).toEqual([expect.stringContaining(message)]);
});

test('a taken port: refused, or the next free one when asked for', async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const { port } = holder.address() as AddressInfo;
  const options = { world: WORLD, webhook: bot.url, port };
  await expect(startSandbox(options)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  const sandbox = await startSandbox({ ...options, nextFreePort: true });
  expect(Number(new URL(sandbox.url).port)).toBeGreaterThan(port);
  await sandbox.close();
  await new Promise((resolve) => holder.close(resolve));
});

test('secrets are stored; what is given wins', async () => {
  const options = { world: WORLD, webhook: bot.url, dataDir: dir };
  const first = await startSandbox(options);
  await first.close();
  const second = await startSandbox({ ...options, app: { app_secret: 'given' } });
  await second.close();
  expect(second.app).toEqual({ ...first.app, app_secret: 'given' });
  expect(first.app.app_id).toMatch(/^cli_[0-9a-f]{16}$/);
  expect(JSON.parse(readFileSync(join(dir, 'sandbox.json'), 'utf8'))).toEqual(second.app);
});

test('the page comes with a policy that lets it talk to the sandbox only', async () => {
  const sandbox = await startSandbox({ world: WORLD, webhook: bot.url });
  const page = await fetch(`${sandbox.url}/`);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await page.text()).toContain('下一工作日9点');
  for (const file of ['page.js', 'card.js', 'page.css']) {
    const source = await (await fetch(`${sandbox.url}/${file}`)).text();
    expect(source).not.toMatch(/innerHTML|insertAdjacentHTML|document\.write|\beval\b|@import/);
  }
  await sandbox.close();
});
