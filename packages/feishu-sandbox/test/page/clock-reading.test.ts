import { describe, expect, test } from 'vitest';
import { chosenInstant, dayCount, doneOf, localText, nowOf, tickMs } from '../../page/clock/reading.ts';
import type { ClockView } from '../../src/client.ts';

const at = (iso: string): number => Date.parse(iso);
const view = (given: Partial<ClockView> = {}): ClockView => ({
  now: '2026-11-24T10:00:00+08:00',
  speed: 1,
  version: 1,
  held: false,
  stops: {
    workday: '2026-11-25T09:00:00+08:00',
    month: '2026-12-01T09:00:00+08:00',
    later: '2026-12-24T10:00:00+08:00',
  },
  ...given,
});

describe('the time between two announcements', () => {
  test.each([
    ['runs with the window', { speed: 1 }, '2026-11-24T10:01:30+08:00'],
    ['runs at its speed', { speed: 60 }, '2026-11-24T11:30:00+08:00'],
    ['stands at speed 0', { speed: 0 }, '2026-11-24T10:00:00+08:00'],
    ['stands while a walk holds it', { speed: 60, held: true }, '2026-11-24T10:00:00+08:00'],
  ])('%s', (_name, given, expected) => {
    expect(nowOf({ view: view(given), heard: 5000 }, 95_000)).toBe(at(expected));
  });

  test('is looked at often enough to show each minute, and not at all while it stands', () => {
    expect(tickMs(view())).toBe(1000);
    expect(tickMs(view({ speed: 60 }))).toBeLessThan(1000);
    expect(tickMs(view({ speed: 3600 }))).toBe(50);
    expect(tickMs(view({ speed: 0 }))).toBeNull();
    expect(tickMs(view({ held: true }))).toBeNull();
  });
});

describe('a walk', () => {
  const begin = at('2026-11-24T10:00:00+08:00');
  const month = { begin, end: at('2026-12-24T10:00:00+08:00') };

  test('counts its days from the first to the last', () => {
    const after = (days: number): number => begin + days * 86_400_000;
    expect(dayCount(month, begin)).toBe('第1天，共30天');
    expect(dayCount(month, after(2.5))).toBe('第3天，共30天');
    expect(dayCount(month, month.end)).toBe('第30天，共30天');
  });

  test('of an hour counts no days', () => {
    expect(dayCount({ begin, end: begin + 3_600_000 }, begin)).toBe('');
  });

  test('says how much of it is done', () => {
    expect(doneOf(month, begin)).toBe(0);
    expect(doneOf(month, (begin + month.end) / 2)).toBe(0.5);
    expect(doneOf(month, month.end + 1)).toBe(1);
    expect(doneOf({ begin, end: begin }, begin)).toBe(1);
  });

  test('leads to a chosen time only when that is ahead; it is read in China’s zone', () => {
    expect(chosenInstant('2026-11-30T09:00', begin)).toBe(at('2026-11-30T01:00:00Z'));
    expect(chosenInstant('2026-11-24T10:00', begin)).toBeNull();
    expect(chosenInstant('', begin)).toBeNull();
    expect(localText(begin)).toBe('2026-11-24T10:00');
  });
});
