import type { ReadonlySignal } from '@preact/signals';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { create, openStage, type Stage, text } from '../helpers.ts';
import { closeWindows, openWindow } from './clock-window.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(async () => {
  closeWindows();
  await stage.stop();
});

// An hour only: a token of the bot must not run out between two of its calls.
const paced = ({ now }: { now: string }) => ({
  change: { advance: 'PT1H', pace_ms: 2000 },
  end: Date.parse(now) + 3_600_000,
});
const at = (iso: string): number => Date.parse(iso);

/** Resolves as soon as the signal says so; the test's own timeout is the limit. */
const until = <T>(signal: ReadonlySignal<T>, ready: (value: T) => boolean): Promise<void> =>
  new Promise((resolve) => {
    const stop = signal.subscribe((value) => {
      if (!ready(value)) return;
      resolve();
      queueMicrotask(() => stop());
    });
  });

test('a walk ends where it leads, and says that the bot kept silent', async () => {
  const window = await openWindow(stage.sandbox.url);
  const done = window.go(window.WALKS.hour.aim);
  expect(window.moving.value).toBe(true);
  await done;
  expect(window.moving.value).toBe(false);
  expect(window.readClock()).toBe(at('2026-11-20T10:00:00+08:00'));
  expect(window.toast.value).toEqual({ type: 'success', content: '走到11月20日10:00，机器人没有发消息' });
});

test.each([
  ['workday', '2026-11-23T09:00:00+08:00'],
  ['month', '2026-12-01T09:00:00+08:00'],
] as const)('the button %s leads to %s', async (name, expected) => {
  const window = await openWindow(stage.sandbox.url);
  await window.go(window.WALKS[name].aim);
  expect(window.readClock()).toBe(at(expected));
});

test('what the bot sends on the way is counted once each, what people say is not', async () => {
  const { control, sandbox, sdk } = stage;
  const window = await openWindow(sandbox.url);
  await create(sdk, text('以前'));
  const done = window.go(paced);
  await until(window.walk, (walk) => walk !== null);
  const sent = await create(sdk, text('一'));
  await create(sdk, text('二'));
  await sdk.im.message.update({
    path: { message_id: sent.data?.message_id ?? '' },
    data: { msg_type: 'text', content: text('一，改过') },
  });
  await control.say({ as: 'A.secretary', chat: 'A', text: '三' });
  await until(window.sent, (count) => count === 2);
  await done;
  expect(window.toast.value?.content).toBe('走到11月20日10:00，机器人发了2条消息');
});

test('a walk that is stopped stays where it is, and the next one works', async () => {
  const { control, sandbox } = stage;
  const window = await openWindow(sandbox.url);
  const done = window.go(paced);
  await until(window.clock, (clock) => at(clock?.now ?? '') > at('2026-11-20T09:06:00+08:00'));
  window.walk.value?.stop();
  await done;
  const { now, held } = await control.clock();
  expect(held).toBe(false);
  expect(window.readClock()).toBe(at(now));
  expect(at(now)).toBeLessThan(at('2026-11-20T10:00:00+08:00'));
  expect(window.toast.value?.content).toMatch(/^停在11月20日09:\d\d，机器人没有发消息$/);
  await window.go(window.WALKS.hour.aim);
  expect(window.readClock()).toBe(at(now) + 3_600_000);
});

test('a refusal is said, and the buttons work again', async () => {
  const window = await openWindow(stage.sandbox.url);
  await window.go(() => ({ change: { advance: 'nonsense' }, end: 0 }));
  expect(window.toast.value?.type).toBe('error');
  expect(window.moving.value).toBe(false);
});

test('two windows see the same clock: what one walks and sets, the other shows', async () => {
  const walker = await openWindow(stage.sandbox.url);
  const watcher = await openWindow(stage.sandbox.url);
  const done = walker.go(paced);
  await until(watcher.moving, Boolean);
  expect(watcher.walk.value).toBeNull();
  await watcher.go(watcher.WALKS.hour.aim);
  await done;
  await until(watcher.moving, (moving) => !moving);
  expect(watcher.readClock()).toBe(at('2026-11-20T10:00:00+08:00'));
  expect(watcher.toast.value).toBeNull();

  await watcher.setSpeed(3600);
  await until(walker.clock, (clock) => clock?.speed === 3600);
  await watcher.setSpeed(0);
  await until(walker.clock, (clock) => clock?.speed === 0);
  expect(walker.readClock()).toBe(watcher.readClock());
  expect(walker.readClock()).toBeGreaterThan(at('2026-11-20T10:00:00+08:00'));
});
