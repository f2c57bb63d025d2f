interface Box {
  top: number;
  bottom: number;
  left: number;
  width: number;
}

/** Kept free at the edges of the window, and between a button and what it opens. */
const MARGIN = 8;
const GAP = 4;
/** Below this many pixels a list opens upwards, if there is more room. */
const ENOUGH = 240;
const LEAST_WIDTH = 160;

/** Where a list hangs on its button: below if there is room, never beyond the window. */
export function placement(button: Box, window: { width: number; height: number }): Record<string, string> {
  const below = window.height - button.bottom;
  const upwards = below < ENOUGH && button.top > below;
  const width = Math.max(button.width, LEAST_WIDTH);
  return {
    top: upwards ? 'auto' : `${button.bottom + GAP}px`,
    bottom: upwards ? `${window.height - button.top + GAP}px` : 'auto',
    left: `${Math.max(MARGIN, Math.min(button.left, window.width - width - MARGIN))}px`,
    minWidth: `${width}px`,
    maxHeight: `${(upwards ? button.top : below) - GAP - MARGIN}px`,
  };
}
