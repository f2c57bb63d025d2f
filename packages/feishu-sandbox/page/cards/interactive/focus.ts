/** Remembers where the focus is; the result brings it back if it got lost meanwhile, because what had it was closed or disabled. */
export function holdFocus(): () => void {
  const held = document.activeElement;
  const bringBack = (): void => {
    if (document.activeElement === document.body && held instanceof HTMLElement && held.isConnected) held.focus();
  };
  return () => {
    bringBack();
    // What had it may first have to be drawn as enabled, or from under a window.
    setTimeout(bringBack);
  };
}

/** Enter that only ends the composing of a Chinese word; Safari tells it by the key code alone. */
export const isComposing = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === 229;
