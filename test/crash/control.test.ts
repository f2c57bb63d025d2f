import { expect, test } from 'vitest';
import { note } from './notes.ts';
import { playRound, type Tally } from './round.ts';
import { type BotOptions, openStack, quiet } from './stack.ts';
import { type Line, speak } from './talk.ts';

const secretary = { chat: 'B0201', as: 'B0201.branchSecretary' };
const record = (day: number): Line => ({
  ...secretary,
  text: `/记录 主题党日 11月${day}日15:00 党史馆 学支部条例 全到`,
  records: 1,
});

/** Two records, then an undo whose bot dies between taking one back and saying so: what it takes back depends on what is there. */
const undoOverACrash = async (options: BotOptions): Promise<Tally> => {
  const stack = await openStack('2026-11-24T10:00:00+08:00');
  try {
    const bot = await stack.startBot(options);
    await speak(stack, [[record(19), record(20)]]);
    await quiet(stack);
    const undo: Line = { ...secretary, text: '撤销', records: 0 };
    const order = { point: 'effect.applied', nth: 1, restart: options } as const;
    return (await playRound(stack, bot, [[undo]], order)).tally;
  } finally {
    await stack.close();
  }
};

test.concurrent('an undo takes back one record, whatever happens in between', async () => {
  const { lost, doubled } = await undoOverACrash({});
  note({ suite: 'control', at: 'with plans', lost, doubled }, `undo over a crash: lost ${lost}, doubled ${doubled}`);
  expect({ lost, doubled }).toEqual({ lost: 0, doubled: 0 });
});

test.concurrent('control: the suite sees the double when plans are not saved', async () => {
  const { lost, doubled } = await undoOverACrash({ entry: 'test/crash/bot-without-plans.mjs' });
  note(
    { suite: 'control', at: 'without plans', seen: doubled },
    `control without plans: lost ${lost}, doubled ${doubled}`,
  );
  expect(doubled).toBeGreaterThan(0);
});
