import type { ComponentChildren, RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { placement } from './placement.ts';

/** Arrow keys: from where the focus is to where it goes. */
const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};

interface PopoverProps {
  id: string;
  button: RefObject<HTMLButtonElement | null>;
  children: ComponentChildren;
}

/**
 * A list that hangs on the button whose `popovertarget` is this id. The browser opens and closes it (Escape, a click
 * beside it) and gives the focus back; the arrow keys walk through whatever carries `data-item`.
 */
export function Popover({ id, button, children }: PopoverProps) {
  const box = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const hang = (): void => {
    const rect = button.current?.getBoundingClientRect();
    if (rect && box.current)
      Object.assign(box.current.style, placement(rect, { width: innerWidth, height: innerHeight }));
  };
  useEffect(() => (open && box.current ? whileOpen(box.current, hang) : undefined), [open]);
  return (
    <div
      ref={box}
      id={id}
      popover="auto"
      class="card-popover"
      onBeforeToggle={hang}
      onToggle={({ newState }) => setOpen(newState === 'open')}
    >
      {open && children}
    </div>
  );
}

const itemsIn = (box: HTMLElement): HTMLElement[] => [...box.querySelectorAll<HTMLElement>('[data-item]')];

function walk(box: HTMLElement, event: KeyboardEvent): void {
  if (event.key === 'Tab') box.hidePopover();
  // The browser closes the list; what lies around it has no part in that.
  if (event.key === 'Escape') event.stopPropagation();
  const step = STEPS[event.key];
  if (!step) return;
  event.preventDefault();
  const items = itemsIn(box);
  const at = items.findIndex((item) => item.matches(':focus'));
  items[step(at, items.length - 1)]?.focus();
}

/** Goes to what is chosen; walks by the arrow keys; stays at its button when the page under it moves. */
function whileOpen(box: HTMLElement, hang: () => void): () => void {
  const items = itemsIn(box);
  (items.find((item) => item.ariaSelected === 'true') ?? items[0])?.focus();
  const until = new AbortController();
  const { signal } = until;
  box.addEventListener('keydown', (event) => walk(box, event), { signal });
  addEventListener('scroll', hang, { signal, capture: true });
  addEventListener('resize', hang, { signal });
  return () => until.abort();
}
