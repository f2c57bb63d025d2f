import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { fineTimeText, shortDayText } from '../core/time.ts';
import { type Line, lineOf, type Row, windowOf } from './log.ts';
import { detailOpen, selected, showRow } from './log-state.ts';

const LINE_HEIGHT = 48;
const NEAR_END = 8;

/** All lines, newest below, of which only those in sight are in the page. Follows the newest unless scrolled up. */
export function LogList({ rows }: { rows: readonly Row[] }) {
  const box = useRef<HTMLDivElement>(null);
  const following = useSignal(true);
  const view = useView(box);
  const { first, end } = windowOf(view.value, rows.length, LINE_HEIGHT);
  const toEnd = (): void => void box.current?.scrollTo({ top: rows.length * LINE_HEIGHT });
  const look = ({ currentTarget: { scrollTop, clientHeight, scrollHeight } }: { currentTarget: HTMLElement }): void => {
    view.value = { top: scrollTop, height: clientHeight };
    following.value = scrollTop + clientHeight >= scrollHeight - NEAR_END;
  };
  const active = rows.findIndex(({ key }) => key === selected.value);
  useLayoutEffect(() => {
    if (following.peek()) toEnd();
  }, [rows]);
  // The details take room from the list: the line that they are about stays in sight.
  useLayoutEffect(() => {
    if (box.current && detailOpen.peek() && active >= 0) bringIntoSight(box.current, active);
    else if (following.peek()) toEnd();
  }, [view.value.height]);
  return (
    <div class="log-list">
      <div
        ref={box}
        class="log-lines"
        role="listbox"
        tabIndex={0}
        aria-label="事件和调用"
        aria-activedescendant={active >= first && active < end ? `log-${rows[active]?.key}` : undefined}
        onScroll={look}
        onKeyDown={(event) => walkLines(event, rows, active)}
      >
        <div role="presentation" style={{ height: `${rows.length * LINE_HEIGHT}px` }}>
          <div role="presentation" style={{ transform: `translateY(${first * LINE_HEIGHT}px)` }}>
            {rows.slice(first, end).map((row, index) => (
              <LogLine key={row.key} row={row} position={first + index + 1} count={rows.length} />
            ))}
          </div>
        </div>
      </div>
      {!following.value && (
        <button type="button" class="button log-newest" onClick={toEnd}>
          到最新
        </button>
      )}
    </div>
  );
}

/** What of the box is in sight; also after the box changed its size. */
function useView(box: { current: HTMLElement | null }) {
  const view = useSignal({ top: 0, height: 600 });
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = new ResizeObserver(() => {
      view.value = { top: element.scrollTop, height: element.clientHeight };
    });
    measure.observe(element);
    return () => measure.disconnect();
  }, [box, view]);
  return view;
}

/** Arrows walk from line to line, Home and End to the first and last; Enter shows the details. */
function walkLines(event: KeyboardEvent, rows: readonly Row[], active: number): void {
  const last = rows.length - 1;
  const from = active < 0 ? rows.length : active;
  const targets: Record<string, number> = {
    ArrowUp: Math.max(0, from - 1),
    ArrowDown: Math.min(last, active < 0 ? last : active + 1),
    Home: 0,
    End: last,
    Enter: active < 0 ? last : active,
  };
  const target = targets[event.key];
  const row = target === undefined ? undefined : rows[target];
  if (target === undefined || !row) return;
  event.preventDefault();
  selected.value = row.key;
  if (event.key === 'Enter') detailOpen.value = true;
  if (event.currentTarget instanceof HTMLElement) bringIntoSight(event.currentTarget, target);
}

function bringIntoSight(box: HTMLElement, index: number): void {
  const top = index * LINE_HEIGHT;
  const lowest = top + LINE_HEIGHT - box.clientHeight;
  box.scrollTop = Math.max(lowest, Math.min(top, box.scrollTop));
}

function LogLine({ row, position, count }: { row: Row; position: number; count: number }) {
  const line = lineOf(row);
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the listbox has the focus and names its active option
    // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox hears the keys
    <div
      id={`log-${row.key}`}
      class="log-line"
      role="option"
      aria-selected={row.key === selected.value}
      aria-setsize={count}
      aria-posinset={position}
      onClick={() => showRow(row.key)}
    >
      <time>{fineTimeText(row.at).slice(0, 'hh:mm:ss'.length)}</time>
      <span class="log-title">
        {row.kind === 'event' ? '→ ' : '← '}
        {line.title} <small>{line.type}</small>
      </span>
      <small>{shortDayText(row.at)}</small>
      <small class="log-id">{line.id}</small>
      <Result line={line} />
    </div>
  );
}

const tintOf = (good: boolean | null): string => (good === null ? 'tint-grey' : good ? 'tint-green' : 'tint-red');

export const Result = ({ line: { marks, result, good, ms } }: { line: Line }) => (
  <span class="log-result">
    {marks.map((mark) => (
      <span key={mark} class="tag tint-orange">
        {mark}
      </span>
    ))}
    <span class={`tag ${tintOf(good)}`}>{result}</span>
    {ms !== null && <small>{ms}毫秒</small>}
  </span>
);
