import { effect, useComputed, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { clock } from '../core/state.ts';
import { dayText, timeText } from '../core/time.ts';
import { Icon } from '../ui/icon.tsx';
import { ClockMenu } from './clock-menu.tsx';
import { dayCount, doneOf, localText, tickMs } from './reading.ts';
import { go, moving, readClock, sent, WALKS, walk } from './walk.ts';
import { WalkButtons } from './walk-buttons.tsx';

/** The sandbox's time and the ways to move it. */
export function ClockBar() {
  if (!clock.value) return <div class="clock-bar" />;
  return (
    <section class="clock-bar" aria-label="沙箱时间" aria-busy={moving.value}>
      <Reading />
      <div class="clock-walks">
        <WalkButtons of={['hour', 'workday', 'month']} />
      </div>
      <PlayButton />
      <ClockMenu />
    </section>
  );
}

/** The sandbox’s time as a signal that runs on between two announcements. */
function useNow() {
  const now = useSignal(readClock());
  useEffect(
    () =>
      effect(() => {
        const ms = clock.value && tickMs(clock.value);
        const tick = (): void => {
          now.value = readClock();
        };
        tick();
        const timer = ms === null ? undefined : setInterval(tick, ms);
        return () => clearInterval(timer);
      }),
    [now],
  );
  return now;
}

const momentText = (iso: string): string => `${dayText(iso)}${timeText(iso)}`;

function Reading() {
  const now = useNow();
  const minute = useComputed(() => localText(now.value));
  const text = useComputed(() => momentText(`${minute.value}+08:00`));
  return (
    <div class="clock-reading">
      <time dateTime={minute}>{text}</time>
      {walk.value ? <Progress now={now.value} /> : <small>{stateText()}</small>}
    </div>
  );
}

function stateText(): string {
  const { held = false, speed = 1 } = clock.value ?? {};
  if (held) return '沙箱时间正在走，由别的窗口';
  if (speed === 0) return '沙箱时间 · 停着';
  return speed === 1 ? '沙箱时间' : `沙箱时间 · 快${speed}倍`;
}

function Progress({ now }: { now: number }) {
  const span = walk.value;
  if (!span) return null;
  const percent = Math.round(doneOf(span, now) * 100);
  const words = [dayCount(span, now), `机器人发了${sent.value}条`].filter(Boolean).join(' · ');
  return (
    <>
      <small>{words}</small>
      <div
        class="clock-progress"
        role="progressbar"
        aria-label={`走到${momentText(new Date(span.end).toISOString())}`}
        aria-valuenow={percent}
        aria-valuetext={words}
      >
        <span style={{ width: `${percent}%` }} />
      </div>
    </>
  );
}

/** One button in one place: what plays also stops, so that the keyboard stays where it is. */
function PlayButton() {
  const stop = walk.value?.stop;
  return (
    <button
      type="button"
      class={`button clock-play ${stop ? 'stops' : 'plays'}`}
      disabled={moving.value && !stop}
      onClick={() => (stop ? stop() : void go(WALKS.play.aim))}
    >
      <Icon name={stop ? 'stop' : 'play'} />
      {stop ? '停' : WALKS.play.label}
    </button>
  );
}
