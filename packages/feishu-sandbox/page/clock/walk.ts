import { batch, computed, signal } from '@preact/signals';
import { onChanges } from '../core/feed.ts';
import { attempt, type ClockChange, type ClockView, sandbox } from '../core/sandbox.ts';
import { clock } from '../core/state.ts';
import { shortDayText, timeText } from '../core/time.ts';
import { say } from '../core/toast.ts';
import { type Anchor, nowOf, type Span } from './reading.ts';

const CATCH_UP_MS = 50;
const CATCH_UP_TRIES = 20;

const anchor = computed<Anchor | null>(() => clock.value && { view: clock.value, heard: performance.now() });

/** The sandbox's time at this moment, in milliseconds. */
export const readClock = (): number => (anchor.value ? nowOf(anchor.value, performance.now()) : 0);

/** The walk that this window asked for, once it is known where it leads. */
export const walk = signal<(Span & { stop: () => void }) | null>(null);
const asked = signal(false);
/** How many messages the bot has sent during it. */
export const sent = signal(0);
/** Somebody's walk is under way, here or in another window. */
export const moving = computed(() => asked.value || clock.value?.held === true);

type Aim = (now: ClockView) => { change: ClockChange; end: number };

/** Walks to an instant, as fast as it can or spread over some real time. */
export const walkTo =
  (instant: (now: ClockView) => string, pace_ms?: number): Aim =>
  (now) => ({ change: { to: instant(now), pace_ms }, end: Date.parse(instant(now)) });

const PLAY_MS = 10_000;

export type WalkName = 'hour' | 'workday' | 'month' | 'play';

export const WALKS: Readonly<Record<WalkName, { label: string; aim: Aim }>> = {
  hour: {
    label: '+1小时',
    aim: ({ now }) => ({ change: { advance: 'PT1H' }, end: Date.parse(now) + 3_600_000 }),
  },
  workday: { label: '下一工作日9点', aim: walkTo(({ stops }) => stops.workday) },
  month: { label: '下月1日9点', aim: walkTo(({ stops }) => stops.month) },
  play: { label: '播放一个月', aim: walkTo(({ stops }) => stops.later, PLAY_MS) },
};

/** Walks there, or as far as until somebody stops it, and says how much the bot said on the way. */
export async function go(aim: Aim): Promise<void> {
  if (moving.value) return;
  asked.value = true;
  const halt = new AbortController();
  const counter = countSent();
  await attempt(async () => {
    await counter.begin();
    // Read anew: at a high speed the stops of the last announcement may be past.
    const now = await sandbox.clock();
    const { change, end } = aim(now);
    walk.value = { begin: Date.parse(now.now), end, stop: () => halt.abort() };
    const there = await walked(change, halt.signal);
    await counter.catchUp();
    const at = `${shortDayText(there.now)}${timeText(there.now)}`;
    const said = sent.value === 0 ? '机器人没有发消息' : `机器人发了${sent.value}条消息`;
    say('success', `${halt.signal.aborted ? '停在' : '走到'}${at}，${said}`);
  });
  counter.stop();
  batch(() => {
    walk.value = null;
    asked.value = false;
  });
}

async function walked(change: ClockChange, halt: AbortSignal): Promise<ClockView> {
  try {
    return take(await sandbox.setClock(change, halt));
  } catch (error) {
    if (!halt.aborted) throw error;
    // Moves are made one after the other: this one is answered when the walk has come to its halt.
    return take(await sandbox.setClock({}));
  }
}

/** How fast time goes by on its own: 0 = it stands still. */
export const setSpeed = (speed: number): Promise<boolean> =>
  attempt(async () => take(await sandbox.setClock({ speed, settle: false })));

/** An answer and the feed race each other: the later version is right. */
function take(view: ClockView): ClockView {
  if (view.version >= (clock.value?.version ?? 0)) clock.value = view;
  return view;
}

interface Counter {
  begin(): Promise<void>;
  /** The answer to a walk may overtake the feed, which is given a second. */
  catchUp(): Promise<void>;
  stop(): void;
}

/** Counts in `sent` what the bot sends from now on. */
function countSent(): Counter {
  const ids = new Set<string>();
  let seen = 0;
  let first = Number.POSITIVE_INFINITY;
  sent.value = 0;
  const stop = onChanges(({ items, changed }) => {
    seen = changed;
    for (const { from, seq, message_id } of items) if (from === 'bot' && seq > first) ids.add(message_id);
    sent.value = ids.size;
  });
  const newest = () => sandbox.messages({ after: Number.MAX_SAFE_INTEGER });
  return {
    stop,
    async begin() {
      ({ last: first, changed: seen } = await newest());
    },
    async catchUp() {
      const { changed } = await newest();
      for (let tries = 0; seen < changed && tries < CATCH_UP_TRIES; tries += 1)
        await new Promise((resolve) => setTimeout(resolve, CATCH_UP_MS));
    },
  };
}
