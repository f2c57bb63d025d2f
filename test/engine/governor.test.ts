import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGovernor } from '../../src/engine/outbox/governor.ts';
import { systemClock } from '../../src/engine/stopwatch.ts';

type Sent = { readonly at: number; readonly chat: string };

/** The most that lie in any window of this length. */
const most = (times: readonly number[], span: number): number => {
  let [first, largest] = [0, 0];
  for (const [index, time] of times.entries()) {
    while ((times[first] ?? 0) <= time - span) first += 1;
    largest = Math.max(largest, index - first + 1);
  }
  return largest;
};

type Step = { readonly chat: number; readonly pass: number };
/** Mostly impatient, sometimes after a pause, sometimes after the clock has jumped forward. */
const steps = fc.array(
  fc.record({
    chat: fc.integer({ min: 0, max: 30 }),
    pass: fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: 0, max: 40 }) },
      { weight: 1, arbitrary: fc.integer({ min: 500, max: 5_000 }) },
      { weight: 1, arbitrary: fc.constant(3_600_000) },
    ),
  }),
  { minLength: 200, maxLength: 1_500 },
);

const run = (plan: readonly Step[]): readonly Sent[] => {
  let now = 1_000_000;
  const governor = createGovernor(() => now);
  return plan.flatMap(({ chat, pass }) => {
    now += pass;
    return governor.admit(`oc_${chat}`) === 0 ? [{ at: now, chat: `oc_${chat}` }] : [];
  });
};

describe('the governor', () => {
  it('lets no window of any length hold more than Feishu allows, wherever the clock jumps', () => {
    fc.assert(
      fc.property(steps, (plan) => {
        const sent = run(plan);
        const times = sent.map(({ at }) => at);
        expect(most(times, 1_000)).toBeLessThanOrEqual(48);
        expect(most(times, 60_000)).toBeLessThanOrEqual(980);
        for (const chat of new Set(sent.map((one) => one.chat)))
          expect(
            most(
              sent.flatMap((one) => (one.chat === chat ? [one.at] : [])),
              1_000,
            ),
          ).toBeLessThanOrEqual(4);
      }),
      { numRuns: 40 },
    );
  });

  it('gives everybody waiting an exact time, and keeps it', () => {
    let now = 0;
    const governor = createGovernor(() => now);
    now = 120_000;
    for (let index = 0; index < 4; index += 1) expect(governor.admit('oc_1')).toBe(0);
    expect(governor.admit('oc_1')).toBe(1_000);
    expect(governor.admit('oc_2')).toBe(0);
    now += 999;
    expect(governor.admit('oc_1')).toBe(1);
    now += 1;
    expect(governor.admit('oc_1')).toBe(0);
  });

  it('sends 48 in a second and not one more, to as many chats', () => {
    let now = 0;
    const governor = createGovernor(() => now);
    now = 600_000;
    const burst = () =>
      Array.from({ length: 100 }, (_, index) => governor.admit(`oc_${index}`)).filter((wait) => wait === 0);
    expect(burst()).toHaveLength(48);
    now += 999;
    expect(burst()).toHaveLength(0);
    now += 1;
    expect(burst()).toHaveLength(48);
  });

  it('sends 980 in a full minute and not one more', () => {
    let now = 0;
    const governor = createGovernor(() => now);
    now = 600_000;
    let sent = 0;
    for (const until = now + 60_000; now < until; now += 1) if (governor.admit(`oc_${now}`) === 0) sent += 1;
    expect(sent).toBe(980);
  });

  it('begins as if the last minute had been full, for whoever held it before may have sent', () => {
    let now = 5_000_000;
    const governor = createGovernor(() => now);
    expect(governor.admit('oc_1')).toBeGreaterThan(0);
    let sent = 0;
    for (const until = now + 60_000; now < until; now += 1) if (governor.admit(`oc_${now}`) === 0) sent += 1;
    expect(sent).toBeLessThanOrEqual(980);
    const spread = 60_000 / 980;
    const again = createGovernor(() => now);
    now += spread / 2;
    expect(again.admit('oc_1')).toBeGreaterThan(0);
    now += spread;
    expect(again.admit('oc_1')).toBe(0);
  });

  it('waits as long as Feishu said, everywhere', () => {
    let now = 0;
    const governor = createGovernor(() => now);
    now = 120_000;
    governor.hold(30_000);
    governor.hold(10_000);
    expect(governor.admit('oc_1')).toBe(30_000);
    now += 30_000;
    expect(governor.admit('oc_1')).toBe(0);
  });

  it('is paced by a clock that cannot be set back', () => {
    expect(Math.abs(systemClock.elapsed() - performance.now())).toBeLessThan(1_000);
  });
});
