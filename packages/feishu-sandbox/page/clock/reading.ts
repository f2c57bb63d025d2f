import type { ClockView } from '../core/sandbox.ts';
import { patternText } from '../core/time.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** What the sandbox said of its clock, and when this window heard it, on the window's own monotonic clock. */
export interface Anchor {
  view: ClockView;
  heard: number;
}

/** The sandbox's time: between two announcements every window counts on by itself, and a held clock stands still. */
export const nowOf = ({ view, heard }: Anchor, monotonic: number): number =>
  Date.parse(view.now) + (view.held ? 0 : (monotonic - heard) * view.speed);

/** How often to look at the clock so that no minute is shown late; null = it stands still. */
export function tickMs({ held, speed }: ClockView): number | null {
  return held || speed === 0 ? null : Math.min(1000, Math.max(50, MINUTE_MS / 3 / speed));
}

export interface Span {
  begin: number;
  end: number;
}

/** How much of a walk is done, 0 to 1. */
export const doneOf = ({ begin, end }: Span, now: number): number =>
  end > begin ? Math.min(1, Math.max(0, (now - begin) / (end - begin))) : 1;

/** "第3天，共30天"; empty for a walk of less than a day. */
export function dayCount({ begin, end }: Span, now: number): string {
  const days = Math.round((end - begin) / DAY_MS);
  const day = Math.min(days, Math.floor((now - begin) / DAY_MS) + 1);
  return days < 1 ? '' : `第${Math.max(1, day)}天，共${days}天`;
}

/** Where somebody is led who chose "2026-11-30T09:00", which is read in China's zone; null when that is not ahead. */
export function chosenInstant(local: string, now: number): number | null {
  const instant = Date.parse(`${local}:00+08:00`);
  return instant > now ? instant : null;
}

/** For a field of type datetime-local: this instant in China's zone, to the minute. */
export const localText = (ms: number): string => patternText(new Date(ms), 'YYYY-MM-DDTHH:mm');
