import { signal } from '@preact/signals';

const KEY = 'developer-width';
const LEAST = 320;
const MOST = 960;
const STEP = 24;

const within = (pixels: number): number => Math.round(Math.min(MOST, Math.max(LEAST, pixels)));

/** How wide the panel is; remembered in this browser. */
export const width = signal(within(Number(localStorage.getItem(KEY) ?? 420) || 420));

function setWidth(pixels: number): void {
  width.value = within(pixels);
  localStorage.setItem(KEY, String(width.value));
}

/** The left edge of the panel: dragged, or moved by the arrow keys. */
export const ResizeHandle = () => (
  // biome-ignore lint/a11y/useSemanticElements: a line that is moved is a focusable separator, which <hr> is not
  <div
    class="resize-handle"
    role="separator"
    tabIndex={0}
    aria-label="面板宽度"
    aria-orientation="vertical"
    aria-valuenow={width.value}
    aria-valuemin={LEAST}
    aria-valuemax={MOST}
    onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
    onPointerMove={(event) => {
      if (event.currentTarget.hasPointerCapture(event.pointerId)) setWidth(innerWidth - event.clientX);
    }}
    onKeyDown={(event) => {
      const by = event.key === 'ArrowLeft' ? STEP : event.key === 'ArrowRight' ? -STEP : 0;
      if (by !== 0) setWidth(width.value + by);
    }}
  />
);
