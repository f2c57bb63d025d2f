import { expect, test } from 'vitest';
import type { CrashPoint } from '../../src/engine/crash-points.ts';
import { eventually, freePort } from '../support/processes.ts';
import { note } from './notes.ts';
import { count } from './round.ts';
import { type Bot, openStack, quiet, type Stack } from './stack.ts';
import { type Said, speakOne } from './talk.ts';

/** Where a bot is paused, and the point that shows, once it goes on, that it did not know what it had missed. */
const cases: readonly { readonly at: CrashPoint; readonly onward: CrashPoint; readonly nth: number }[] = [
  { at: 'plan.saved', onward: 'effect.applied', nth: 1 },
  { at: 'effect.applied', onward: 'effect.applied', nth: 1 },
  { at: 'send.before', onward: 'send.accepted', nth: 1 },
  { at: 'send.accepted', onward: 'send.marked', nth: 1 },
];
const compared = ['inbox', 'outbox', 'records', 'drafts', 'duties', 'changes', 'bindings'];

/** Everything people and the database would notice. */
const snapshot = async (stack: Stack): Promise<string> => {
  const { items } = await stack.sandbox.messages();
  const rows = await Promise.all(
    compared.map((name) => stack.database.collection(name).find().sort({ _id: 1 }).toArray()),
  );
  return JSON.stringify([items, rows]);
};

/** The other bot may be quicker with a message, so one may not be enough. */
const talkUntilPaused = async (stack: Stack, bot: Bot): Promise<readonly Said[]> => {
  const said: Said[] = [];
  const text = (turn: number) => `/记录 主题党日 11月${1 + turn}日15:00 党史馆 学支部条例 全到`;
  return eventually(
    'the pause',
    async () => {
      if (bot.stopped()) return said;
      if (said.length < 20)
        said.push(
          await speakOne(stack, {
            chat: 'B0201',
            as: 'B0201.branchSecretary',
            text: text(said.length),
            records: 1,
          }),
        );
      return null;
    },
    { everyMs: 500, orElse: stack.said },
  );
};

test.concurrent.for(cases)(
  'paused at $at past its lease, a bot that goes on changes nothing',
  async ({ at, onward, nth }) => {
    const stack = await openStack('2026-11-24T10:00:00+08:00');
    try {
      const paused = await stack.startBot({ name: 'paused' });
      const other = await stack.startBot({ name: 'other', port: await freePort() });
      paused.arm(at, nth, 'SIGSTOP');
      const said = await talkUntilPaused(stack, paused);
      const answered = async () => ((await stack.sandbox.messages({ from: 'bot' })).items.length > 0 ? true : null);
      await eventually('the answer', answered, { withinMs: 40_000, orElse: stack.said });
      await quiet(stack);
      const before = await snapshot(stack);
      const reached = stack.reached(paused.pid).get(onward) ?? 0;
      paused.signal('SIGCONT');
      const goesOn = async () => ((stack.reached(paused.pid).get(onward) ?? 0) > reached ? true : null);
      await eventually(`${onward} after the pause`, goesOn, { orElse: stack.said });
      await stack.sandbox.settle();
      const bill = await count(stack, said);
      note(
        { suite: 'paused', at, ...bill },
        `paused at ${at}: went on to ${onward}, lost ${bill.lost}, doubled ${bill.doubled}`,
      );
      expect(await snapshot(stack)).toBe(before);
      expect(bill).toEqual({ lost: 0, doubled: 0 });
      expect(other.alive()).toBe(true);
    } finally {
      await stack.close();
    }
  },
);
