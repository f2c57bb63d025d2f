import { useRef } from 'preact/hooks';
import { clock } from '../core/state.ts';
import { say } from '../core/toast.ts';
import { chosenInstant, localText } from './reading.ts';
import { go, moving, readClock, setSpeed, walkTo } from './walk.ts';
import { WalkButtons } from './walk-buttons.tsx';

const SPEEDS = [
  [0, '停'],
  [1, '1×'],
  [60, '60×'],
  [3600, '3600×'],
] as const;

/** "更多": everything that has no place in the bar. The browser closes it on Escape and on a click beside it. */
export function ClockMenu() {
  const menu = useRef<HTMLDivElement>(null);
  const close = (): void => menu.current?.hidePopover();
  return (
    <>
      <button type="button" class="button" aria-haspopup="dialog" popovertarget="clock-menu" disabled={moving.value}>
        更多
      </button>
      <div ref={menu} popover="auto" id="clock-menu" class="clock-menu" role="dialog" aria-label="沙箱时间">
        <div class="clock-menu-walks">
          <WalkButtons of={['hour', 'workday', 'month', 'play']} onChoose={close} />
        </div>
        <JumpForm onDone={close} />
        <SpeedChoice />
        <p class="quiet">
          往后走时，时间一步步走过去，到点的提醒都会发出；走的时候可以照常看和说话。所有窗口看到的是同一个时间：
          <a href={location.href} target="_blank" rel="noopener">
            再开一个窗口
          </a>
        </p>
      </div>
    </>
  );
}

function JumpForm({ onDone }: { onDone: () => void }) {
  const field = useRef<HTMLInputElement>(null);
  const jump = (event: SubmitEvent): void => {
    event.preventDefault();
    const instant = chosenInstant(field.current?.value ?? '', readClock());
    if (instant === null) say('warning', '请选一个以后的时间，时间只能往后走');
    else {
      onDone();
      void go(walkTo(() => new Date(instant).toISOString()));
    }
  };
  return (
    <form class="clock-jump" onSubmit={jump}>
      <label for="clock-jump">跳到</label>
      <input
        ref={field}
        id="clock-jump"
        type="datetime-local"
        required
        min={clock.value ? localText(Date.parse(clock.value.now)) : undefined}
      />
      <button type="submit" class="button primary" disabled={moving.value}>
        走
      </button>
    </form>
  );
}

const SpeedChoice = () => (
  <fieldset class="clock-speed" disabled={moving.value}>
    <legend>时间流速</legend>
    {SPEEDS.map(([speed, label]) => (
      <label key={speed}>
        <input
          type="radio"
          name="clock-speed"
          checked={clock.value?.speed === speed}
          onChange={() => void setSpeed(speed)}
        />
        {label}
      </label>
    ))}
  </fieldset>
);
