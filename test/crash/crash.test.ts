import { expect, test } from 'vitest';
import type { CrashPoint } from '../../src/engine/crash-points.ts';
import { note } from './notes.ts';
import { playRound } from './round.ts';
import { openStack } from './stack.ts';
import { script } from './talk.ts';

const rounds = Number(process.env.CRASH_ROUNDS ?? 5);
const points: readonly CrashPoint[] = [
  'inbox.before',
  'inbox.written',
  'plan.saved',
  'effect.applied',
  'send.before',
  'send.accepted',
  'send.marked',
];

/** Later and later in a round, so that each round dies at another message or another effect of one. */
const nthOf = (point: CrashPoint, round: number): number =>
  1 + ((round * (point === 'effect.applied' ? 5 : 2)) % (point === 'effect.applied' ? 19 : 9));

test.concurrent.for(points)('killed at %s, the bot answers everything once', { timeout: 600_000 }, async (point) => {
  const stack = await openStack('2026-11-24T10:00:00+08:00');
  try {
    let bot = await stack.startBot();
    for (let round = 1; round <= rounds; round += 1) {
      const played = await playRound(stack, bot, script(stack, round), { point, nth: nthOf(point, round) });
      bot = played.bot;
      const { reached, killedAt, said, lost, doubled } = played.tally;
      note(
        { suite: 'crash', point, round, ...played.tally },
        `crash ${point} round ${round}: reached ${reached}, killed at ${killedAt}, said ${said}, lost ${lost}, doubled ${doubled}`,
      );
      expect({ lost, doubled }, stack.said()).toEqual({ lost: 0, doubled: 0 });
    }
  } finally {
    await stack.close();
  }
});
