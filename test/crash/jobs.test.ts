import { expect, test } from 'vitest';
import type { CrashPoint } from '../../src/engine/crash-points.ts';
import { eventually } from '../support/processes.ts';
import { note } from './notes.ts';
import { type Bot, openStack, quiet, type Stack } from './stack.ts';
import { grouped } from './talk.ts';

const rounds = Number(process.env.CRASH_ROUNDS ?? 5);
const points: readonly CrashPoint[] = ['occurrence.claimed', 'occurrence.done'];
/** An evening; the jobs of a day run at 00:05, 08:30 and 08:40, reminders go out from 09:03 and from 14:03. */
const evening = '2026-11-24T20:00:00+08:00';
const steps = ['PT4H4M', 'PT5M', 'PT8H20M', 'PT5M', 'PT10M', 'PT50M', 'PT5H', 'PT5H26M'];
/** Which of a day's three runs dies: every second time the one that reminds. */
const nthOf = (round: number): number => (round % 2 === 1 ? 2 : 1 + (round % 4));

const pending = (stack: Stack) => stack.database.collection('occurrences').find({ state: 'pending' }).toArray();

/** Until every occurrence has been accounted for: the claim of a dead bot has to run out first. */
const allRun = (stack: Stack) =>
  eventually(
    'the last occurrence',
    async () => {
      if ((await pending(stack)).length === 0) return true;
      await stack.sandbox.settle();
      return null;
    },
    { withinMs: 90_000, everyMs: 400, orElse: stack.said },
  );

/** One day, walked with stops after each job; a bot that dies on the way is started anew at once. */
const walkDay = async (stack: Stack, bot: Bot): Promise<Bot> => {
  let current = bot;
  for (const step of steps) {
    const walked = stack.sandbox.advance(step);
    await Promise.race([walked, current.exited]);
    if (!current.alive()) {
      await stack.forgetFollowers();
      await walked;
      current = await stack.startBot();
    }
    await allRun(stack);
  }
  await quiet(stack);
  return current;
};

/** What people got, without order: who, on which day, and every word of it. */
const received = async (stack: Stack): Promise<readonly string[]> => {
  const { items } = await stack.sandbox.messages({ from: 'bot' });
  return items.map(({ chat, created_at, text }) => `${created_at.slice(0, 10)} ${chat} ${text}`).sort();
};

const surplus = (got: readonly string[], wanted: readonly string[]): number => {
  const left = grouped(wanted, (line) => line);
  return got.filter((line) => left.get(line)?.pop() === undefined).length;
};

/** The same days without any death: what people should get. */
const undisturbed = async (): Promise<readonly string[]> => {
  const stack = await openStack(evening);
  try {
    let bot = await stack.startBot();
    await allRun(stack);
    for (let round = 1; round <= rounds; round += 1) bot = await walkDay(stack, bot);
    return await received(stack);
  } finally {
    await stack.close();
  }
};

const reference = undisturbed();
reference.catch(() => undefined);

test.concurrent.for(points)('killed at %s, the jobs remind everybody once', async (point) => {
  const stack = await openStack(evening);
  try {
    let bot = await stack.startBot();
    await allRun(stack);
    for (let round = 1; round <= rounds; round += 1) {
      const before = stack.reached().get(point) ?? 0;
      const nth = nthOf(round);
      bot.arm(point, nth);
      const next = await walkDay(stack, bot);
      const reached = (stack.reached().get(point) ?? 0) - before;
      const said = (await stack.sandbox.messages({ from: 'bot' })).items.length;
      note(
        { suite: 'crash', point, round, reached, killedAt: nth, said },
        `crash ${point} round ${round}: reached ${reached}, killed at ${nth}, sent ${said} so far`,
      );
      expect(next.pid, stack.said()).not.toBe(bot.pid);
      bot = next;
    }
    const [got, wanted] = [await received(stack), await reference];
    const bill = { lost: surplus(wanted, got), doubled: surplus(got, wanted) };
    note(
      { suite: 'crash', point, rounds, sent: got.length, ...bill },
      `crash ${point}: sent ${got.length}, lost ${bill.lost}, doubled ${bill.doubled}`,
    );
    expect(wanted.length).toBeGreaterThan(0);
    expect(bill).toEqual({ lost: 0, doubled: 0 });
  } finally {
    await stack.close();
  }
});

test.concurrent('while the clock runs by itself, a job runs at its minute', async () => {
  const stack = await openStack('2026-11-25T08:29:50+08:00');
  try {
    await stack.startBot();
    const at = new Date('2026-11-25T08:30:00+08:00');
    const run = () => stack.database.collection('occurrences').findOne({ job: 'remind-duties', at, state: 'done' });
    await eventually('the run of 08:30', run, { orElse: stack.said });
  } finally {
    await stack.close();
  }
});
