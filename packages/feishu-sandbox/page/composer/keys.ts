import { answered } from '../core/state.ts';
import { put, silence } from './box.ts';
import { send } from './send.ts';
import type { Suggestions } from './suggest.ts';

/** The open suggestions, if any, and which of them the keys are on. */
interface Panel {
  shown: Suggestions | null;
  active: number;
  move: (by: number) => void;
}

/** Keys while suggestions are open. */
const PANEL_KEYS: Readonly<Record<string, (panel: Panel) => void>> = {
  ArrowDown: ({ move }) => move(1),
  ArrowUp: ({ move }) => move(-1),
  Enter: choose,
  Tab: choose,
  Escape: silence,
};

function choose({ shown, active }: Panel): void {
  const option = shown?.options[active];
  if (option) put(option.edit);
}

/** Keys otherwise; true = the key has done its work. */
const KEYS: Readonly<Record<string, () => boolean>> = {
  Enter: () => {
    void send();
    return true;
  },
  Escape: () => {
    const isAnswering = answered.peek() !== null;
    answered.value = null;
    return isAnswering;
  },
};

/**
 * Does what a key means here. An input method's own Enter and arrows are not for us;
 * 229 is what some browsers say instead of `isComposing`.
 */
export function press(event: KeyboardEvent, panel: Panel): void {
  if (event.isComposing || event.keyCode === 229 || event.shiftKey) return;
  const inPanel = panel.shown ? PANEL_KEYS[event.key] : undefined;
  if (inPanel) inPanel(panel);
  else if (!KEYS[event.key]?.()) return;
  event.preventDefault();
}
