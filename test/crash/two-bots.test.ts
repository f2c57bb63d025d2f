import { expect, test } from 'vitest';
import { freePort } from '../support/processes.ts';
import { note } from './notes.ts';
import { startRelay } from './relay.ts';
import { count, redeliver } from './round.ts';
import { type Bot, openStack, quiet, type Stack } from './stack.ts';
import { branches, grouped, type Line, type Said, speakOne } from './talk.ts';

const messages = Number(process.env.CRASH_MESSAGES ?? 1_000);
const chats = 20;
const kills = 3;
const speed = 6;

/** Every fifth line is a record of a day of its own, the rest are questions. */
const lineOf = (unit: string, index: number): Line => {
  const common = { chat: unit, as: `${unit}.branchSecretary` };
  if (index % 5 !== 0) return { ...common, text: '帮助', records: 0 };
  const day = index / 5;
  const date = `${9 + (Math.floor(day / 20) % 3)}月${1 + (day % 20)}日`;
  return { ...common, text: `/记录 党课 ${date}15:00 报告厅 学党章 全到`, records: 1 };
};

/** Answers of a chat in the order of the messages they answer. */
const outOfOrder = async (stack: Stack, said: readonly Said[]): Promise<number> => {
  const { items } = await stack.sandbox.messages({ from: 'bot' });
  const order = new Map(said.map(({ messageId }, index) => [messageId, index]));
  let wrong = 0;
  for (const answers of grouped(items, (message) => message.chat).values()) {
    const indexes = answers.flatMap(({ reply_to }) => order.get(reply_to ?? '') ?? []);
    wrong += indexes.filter((at, index) => index > 0 && at < (indexes[index - 1] ?? 0)).length;
  }
  return wrong;
};

test('two bots share a database: each answer once, in order, while one is killed three times', async () => {
  const stack = await openStack('2026-11-24T10:00:00+08:00', speed);
  const ports = [await freePort(), await freePort()];
  const relay = await startRelay(ports.map((port) => `http://127.0.0.1:${port}`));
  try {
    const start = (index: number) => stack.startBot({ name: `bot-${index}`, port: ports[index] ?? 0 });
    const bots: Bot[] = [await start(0), await start(1)];
    await stack.sandbox.patchApp({ webhook: `${relay.url}/feishu/webhook` });
    const startedAt = performance.now();
    const said: Said[] = [];
    let killed = 0;
    const reap = async (index: number) => {
      await bots[index]?.end('SIGKILL');
      await stack.forgetFollowers();
      bots[index] = await start(index);
    };
    let reaping = Promise.resolve();
    const talk = async (unit: string) => {
      for (let index = 0; index < messages / chats; index += 1) {
        said.push(await speakOne(stack, lineOf(unit, index)));
        if (said.length < ((killed + 1) * messages) / (kills + 1)) continue;
        const victim = killed % 2;
        if (killed < kills) reaping = reaping.then(() => reap(victim));
        killed += 1;
      }
    };
    await Promise.all(branches(stack).slice(0, chats).map(talk));
    await reaping;
    await redeliver(stack);
    await quiet(stack, 120_000);
    const bill = { ...(await count(stack, said)), outOfOrder: await outOfOrder(stack, said) };
    const seconds = Math.round((performance.now() - startedAt) / 1_000);
    note(
      { suite: 'two-bots', said: said.length, kills, seconds, ...bill },
      `two bots: said ${said.length} in ${chats} chats, killed ${kills} times, lost ${bill.lost}, doubled ${bill.doubled}, out of order ${bill.outOfOrder}, ${seconds} s`,
    );
    expect(bill, stack.said()).toEqual({ lost: 0, doubled: 0, outOfOrder: 0 });
  } finally {
    await relay.close();
    await stack.close();
  }
});
