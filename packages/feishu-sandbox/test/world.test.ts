import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSandboxClient } from '../src/client.ts';
import { startSandbox } from '../src/start.ts';
import { openStage, WORLD } from './helpers.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'sandbox-test-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const webhook = 'http://127.0.0.1:9/nobody';

/** Starts a sandbox whose world is the usual one with something else in it. */
async function startWith(change: object) {
  const world = join(dir, 'world.json');
  writeFileSync(world, JSON.stringify({ ...JSON.parse(readFileSync(WORLD, 'utf8')), ...change }));
  return startSandbox({ world, webhook });
}

test('the world as the page needs it: bot, tips with all their parts, commands, days', async () => {
  const { control, stop } = await openStage();
  expect(await control.world()).toEqual({
    bot: { name: '支部助手', open_id: (await control.app()).bot.open_id },
    tips: [
      { text: '/帮助', label: '/帮助', as: null, chat: null },
      { text: '@支部助手 /主题党日 今天15:00', label: '记一次', as: 'A.secretary', chat: 'A' },
    ],
    commands: [{ text: '/记录', label: '记一次会议或活动' }],
    offDays: ['2026-10-01', '2026-10-02'],
    workDays: ['2026-10-10'],
  });
  await stop();
});

test('only people and chats are needed; the bot has a name all the same', async () => {
  const sandbox = await startWith({ bot: undefined, tips: undefined, commands: undefined, offDays: undefined });
  const world = await createSandboxClient(sandbox.url).world();
  expect(world).toMatchObject({ bot: { name: '机器人' }, tips: [], commands: [], offDays: [] });
  await sandbox.close();
});

test.each([
  [
    'a tip of nobody',
    { tips: [{ text: '你好', label: '问候', as: 'X.nobody' }] },
    '问候 has an unknown person X.nobody',
  ],
  ['a tip for no chat', { tips: [{ text: '你好', chat: 'nowhere' }] }, '你好 has an unknown chat nowhere'],
  ['a command without a slash', { commands: [{ text: '记录', label: '记' }] }, 'commands'],
  ['a bot without a name', { bot: {} }, 'name'],
  ['two people of one key', { people: [1, 2].map(() => ({ key: 'a', name: '甲' })), chats: [] }, 'two people'],
  ['a group of strangers', { chats: [{ key: 'C', name: '群', members: ['X.nobody'] }] }, 'X.nobody'],
])('%s keeps the sandbox from starting and is named', async (_what, change, words) => {
  await expect(startWith(change)).rejects.toThrow(words);
});

test('a tip may stand in a private chat, and a real one is accepted', async () => {
  const sandbox = await startWith({ tips: [{ text: '你好', as: 'A.secretary', chat: 'p2p:A.secretary' }] });
  expect((await createSandboxClient(sandbox.url).world()).tips).toHaveLength(1);
  await sandbox.close();
});

test('people among hundreds are found at once', async () => {
  const people = Array.from({ length: 565 }, (_, n) => ({ key: `P.${n}`, name: `党员${n}`, title: `第${n % 30}支部` }));
  const chats = Array.from({ length: 30 }, (_, n) => ({
    key: `C${n}`,
    name: `第${n}群`,
    members: people.filter((_person, index) => index % 30 === n).map(({ key }) => key),
  }));
  const sandbox = await startWith({ people, chats, tips: [] });
  const control = createSandboxClient(sandbox.url);
  const times: number[] = [];
  for (let n = 0; n < 10; n += 1) {
    const started = performance.now();
    expect((await control.people()).items).toHaveLength(565);
    times.push(performance.now() - started);
  }
  expect(Math.min(...times)).toBeLessThan(50);
  expect((await control.people('党员77')).items).toMatchObject([{ key: 'P.77', name: '党员77' }]);
  expect((await control.people('第3支部 党员33')).items.map(({ key }) => key)).toContain('P.33');
  await sandbox.close();
});
