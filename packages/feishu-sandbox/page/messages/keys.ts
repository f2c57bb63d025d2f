import type { Log } from './log.ts';

const STEPS: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1 };

const messageAt = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>('[data-id]') : null;

/** Arrow keys walk from message to message while the focus is on one; Escape leads back from what is inside it. */
export function onKeyDown(event: KeyboardEvent, { place, timeline }: Log): void {
  const message = messageAt(event.target);
  const step = STEPS[event.key];
  if (message && message !== event.target && event.key === 'Escape') message.focus();
  if (!message || message !== event.target || step === undefined) return;
  event.preventDefault();
  const items = timeline.window.value?.items ?? [];
  const at = items.findIndex(({ message_id }) => message_id === message.dataset.id);
  const next = items[at + step];
  if (next) place.element(next.message_id)?.focus();
}

/** The tools follow the pointer; a finger has a button for them. */
export function onPointerOver({ target, pointerType }: PointerEvent, { tools }: Log): void {
  const id = messageAt(target)?.dataset.id;
  if (pointerType === 'mouse' && id !== undefined) tools.value = id;
}

/** The tools follow the keyboard, too. */
export function onFocusIn({ target }: FocusEvent, { focused, tools }: Log): void {
  const message = messageAt(target);
  const id = message?.dataset.id;
  if (!message || id === undefined) return;
  focused.value = id;
  if (message === target && message.matches(':focus-visible')) tools.value = id;
}

/** Leads the focus back to the message before that which has it goes away. */
export const backToMessage = ({ currentTarget }: Event): void => messageAt(currentTarget)?.focus();

/** For what takes the place of the button that was just used: the focus goes with it. */
export const takeFocus = (element: HTMLElement | null): void => element?.focus();
