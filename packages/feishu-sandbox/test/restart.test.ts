import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type * as Lark from '@larksuiteoapi/node-sdk';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSandboxClient } from '../src/client.ts';
import { startSandbox } from '../src/start.ts';
import { startSandboxWorker, supervise } from '../src/worker.ts';
import { button, card, create, FakeBot, idOf, sdkFor, text, WORLD } from './helpers.ts';

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

interface Running {
  child: ChildProcess;
  url: string;
  output: () => string;
}

async function runCli(...more: string[]): Promise<Running> {
  const child = spawn(process.execPath, [CLI, '--world', WORLD, '--webhook', bot.url, '--data', dir, ...more]);
  children.push(child);
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  while (!output.includes('\n')) await once(child.stdout as NodeJS.ReadableStream, 'data');
  return { child, url: output.trim().split(' ').at(-1) ?? '', output: () => output };
}

async function killHard({ child }: Running): Promise<void> {
  const died = once(child, 'exit');
  child.kill('SIGKILL');
  await died;
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
  await killHard(first);
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

/** The data of an API call that must succeed. */
async function api(sdk: Lark.Client, method: string, path: string, body?: object): Promise<unknown> {
  const answer = sdk.request<{ data?: unknown }>({ method, url: `/open-apis${path}`, data: body });
  const { data } = await answer.catch((error: { response?: { data: unknown } }) => {
    throw new Error(`${method} ${path}: ${JSON.stringify(error.response?.data)}`);
  });
  return data;
}

/** Something of every kind that a sandbox keeps; what is returned finds the parts again. */
async function fill({
  url,
}: Running): Promise<{ event: string; reserve: string; message: string; deliveries: number }> {
  const control = createSandboxClient(url);
  const sdk = sdkFor({ app: await control.app(), url });
  await control.setClock({ set: '2026-11-20T10:00', speed: 0 });
  const sent = await create(sdk, card([button('好')], '有按钮'), { msgType: 'interactive', uuid: 'once' });
  const message = sent.data?.message_id ?? '';
  await sdk.im.message.patch({ path: { message_id: message }, data: { content: card([button('好')], '改过') } });
  await control.click({ message_id: message, as: 'A.member.01', text: '好' });
  await control.react({ message_id: message, as: 'A.member.01', emoji: 'OK' });
  await control.react({ message_id: message, as: 'A.secretary', emoji: 'OK' });
  await control.react({ message_id: message, as: 'A.member.01', emoji: 'OK', remove: true });
  const answer = { reply_to: message, as: 'A.secretary', chat: 'A' };
  await control.say({ ...answer, text: '话题', thread: true });
  const gone = await control.say({ ...answer, text: '撤回的' });
  await control.recall({ message_id: gone.message_id, as: 'A.secretary' });
  await control.read({ message_id: message, as: 'A.member.02' });
  await api(sdk, 'PATCH', `/im/v1/messages/${message}/urgent_app?user_id_type=open_id`, {
    user_id_list: [idOf('ou_', 'A.member.02')],
  });
  await control.say({ as: 'A.secretary', files: [{ name: '名册.xlsx', base64: 'AAEC' }] });
  await control.members({ chat: 'A', remove: ['A.member.02'], add: ['B.secretary'] });
  await control.members({ chat: 'B', add: ['bot'] });
  await control.patchApp({ group_messages: 'all', json: 'spaced' });
  const times = { start_time: { timestamp: '1795500000' }, end_time: { timestamp: '1795503600' } };
  const primary = await api(sdk, 'POST', '/calendar/v4/calendars/primary', {});
  const [own] = (primary as { calendars: { calendar: { calendar_id: string } }[] }).calendars;
  const events = `/calendar/v4/calendars/${own?.calendar.calendar_id}/events`;
  const made = await api(sdk, 'POST', events, { summary: '支委会', ...times });
  const event = `${events}/${(made as { event: { event_id: string } }).event.event_id}`;
  await api(sdk, 'POST', `${event}/attendees?user_id_type=open_id`, {
    attendees: [{ type: 'user', user_id: idOf('ou_', 'A.secretary') }],
  });
  const kept = await api(sdk, 'POST', '/vc/v1/reserves/apply?user_id_type=open_id', {
    end_time: '1795503600',
    owner_id: idOf('ou_', 'A.secretary'),
    meeting_settings: { topic: '线上会' },
  });
  const { id: reserve } = (kept as { reserve: { id: string } }).reserve;
  bot.answer = () => ({ status: 500 });
  await control.say({ as: 'A.secretary', text: '未确认' });
  bot.answer = () => ({});
  return { event, reserve, message, deliveries: bot.received.length };
}

/** All that can be asked of a sandbox, less what counts from its start on. */
async function everything({ url }: Running, { event, reserve, message }: Awaited<ReturnType<typeof fill>>) {
  const control = createSandboxClient(url);
  const { version: _version, ...clock } = await control.clock();
  const { items } = await control.messages();
  const messages = items.map(({ change: _change, ...rest }) => rest);
  const [{ items: calls }, { items: deliveries }] = await Promise.all([control.calls(), control.deliveries()]);
  const { changed: _changed, ...chats } = await control.chats();
  const app = await control.app();
  const sdk = sdkFor({ app, url });
  const asked = [
    `/im/v1/messages/${message}/reactions`,
    `/im/v1/messages/${message}/read_users?user_id_type=open_id`,
    event,
    `${event}/attendees`,
    `/vc/v1/reserves/${reserve}`,
  ];
  const answers: unknown[] = [];
  for (const path of asked) answers.push(await api(sdk, 'GET', path));
  const file = messages.flatMap(({ files }) => files)[0]?.key ?? '';
  const bytes = Buffer.from(await (await fetch(control.fileUrl(file))).arrayBuffer());
  const people = (await control.people()).items;
  return { clock, messages, calls: calls.slice(0, 10), deliveries, chats, app, people, answers, bytes };
}

test('every kind of record survives kill -9, and the journal that was made short says the same', async () => {
  const first = await runCli('--now', '2026-11-20T09:00');
  const parts = await fill(first);
  const before = await everything(first, parts);
  expect(before.messages.map(({ type }) => type)).toEqual(['interactive', 'text', 'text', 'file', 'text']);
  expect(before.answers).not.toContain(undefined);
  expect(before.bytes).toEqual(Buffer.from([0, 1, 2]));
  await killHard(first);

  const second = await runCli();
  expect(await everything(second, parts)).toEqual(before);
  const control = createSandboxClient(second.url);
  const sdk = sdkFor({ app: before.app, url: second.url });
  expect((await create(sdk, text('又'), { uuid: 'once' })).data?.message_id).toBe(parts.message);
  for (let n = 0; n < 22; n += 1) {
    await Promise.all(Array.from({ length: 100 }, () => control.patchApp({ json: 'compact' })));
  }
  await control.patchApp({ json: 'spaced' });
  await killHard(second);
  const journal = join(dir, 'sandbox.jsonl');
  const long = readFileSync(journal, 'utf8').length;

  const third = await runCli();
  expect(readFileSync(journal, 'utf8').length).toBeLessThan(long / 2);
  expect(await everything(third, parts)).toEqual(before);
  await killHard(third);
  const fourth = await runCli();
  expect(await everything(fourth, parts)).toEqual(before);

  expect(bot.received).toHaveLength(parts.deliveries);
  const last = createSandboxClient(fourth.url);
  await last.advance('PT15S');
  expect(bot.received).toHaveLength(parts.deliveries + 1);
  expect((await last.deliveries()).items.at(-1)).toMatchObject({
    open: false,
    attempts: [{ status: 500 }, { status: 200 }],
  });
}, 90_000);

test('a folder in use is refused by the command too, and free again after kill -9', async () => {
  const first = await runCli();
  const second = spawn(process.execPath, [CLI, '--world', WORLD, '--webhook', bot.url, '--data', dir]);
  children.push(second);
  let complaint = '';
  second.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  expect(await once(second, 'exit')).toEqual([78, null]);
  expect(complaint).toContain('another sandbox uses');
  await killHard(first);
  const third = await runCli();
  expect((await createSandboxClient(third.url).clock()).held).toBe(false);
});

test('a clock that runs goes on while the sandbox is down, at its speed; one that stands stands', async () => {
  const first = await runCli('--now', '2026-11-20T09:00');
  await createSandboxClient(first.url).setClock({ set: '2026-11-20T09:00', speed: 36_000 });
  await killHard(first);
  const second = await runCli();
  const after = await createSandboxClient(second.url).clock();
  expect(after.speed).toBe(36_000);
  // A second is ten hours: even a quick restart takes more than one hour of that.
  expect(Date.parse(after.now)).toBeGreaterThan(Date.parse('2026-11-20T10:00:00+08:00'));
  const still = await createSandboxClient(second.url).setClock({ set: '2026-11-25T09:00', speed: 0 });
  await killHard(second);
  const third = await runCli();
  expect(await createSandboxClient(third.url).clock()).toMatchObject({ now: still.now, speed: 0 });
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
  expect(performance.now() - started).toBeLessThan(5000);
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
