import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { note } from './notes.ts';
import { count, redeliver } from './round.ts';
import { openStack, quiet } from './stack.ts';
import { branches, type Said, speakOne } from './talk.ts';

const awayMs = Number(process.env.CRASH_AWAY_MS ?? 30_000);
const everyMs = 250;

test('the database is killed under load and comes back: 5xx meanwhile, nothing lost', async () => {
  const stack = await openStack('2026-11-24T10:00:00+08:00');
  try {
    const bot = await stack.startBot();
    const units = branches(stack).slice(0, 10);
    const said: Said[] = [];
    const during: Said[] = [];
    let away = false;
    const talking = new AbortController();
    const talk = async (unit: string, index: number) => {
      await delay(index * (everyMs / 5));
      for (let turn = 0; !talking.signal.aborted; turn += 1) {
        const record = turn % 3 === 0 && turn < 60;
        const text = record ? `/记录 党课 10月${1 + turn / 3}日15:00 报告厅 学党章 全到` : '帮助';
        const line = { chat: unit, as: `${unit}.branchSecretary`, text, records: record ? 1 : 0 };
        const begunAway = away;
        const one = await speakOne(stack, line);
        said.push(one);
        if (begunAway && away) during.push(one);
        await delay(everyMs * 4);
      }
    };
    const talks = units.map(talk);
    await delay(2_000);
    await stack.killDatabase();
    away = true;
    const awayAt = performance.now();
    await delay(awayMs);
    away = false;
    await stack.restartDatabase();
    await delay(2_000);
    talking.abort();
    await Promise.all(talks);
    await redeliver(stack);
    await quiet(stack, 60_000);
    const bill = await count(stack, said);
    const refused = during.filter(({ status }) => status !== null && status >= 500).length;
    const seconds = Math.round((performance.now() - awayAt) / 1_000);
    note(
      { suite: 'database-away', awayMs, said: said.length, during: during.length, refused, seconds, ...bill },
      `database away ${awayMs} ms: said ${said.length}, ${during.length} of them meanwhile, ${refused} answered 5xx, lost ${bill.lost}, doubled ${bill.doubled}, ${seconds} s`,
    );
    expect(bot.alive(), stack.said()).toBe(true);
    expect(bill, stack.said()).toEqual({ lost: 0, doubled: 0 });
    expect(refused).toBeGreaterThan(0);
    expect(during.filter(({ status }) => status === 200)).toEqual([]);
  } finally {
    await stack.close();
  }
});
