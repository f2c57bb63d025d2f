import { signal } from '@preact/signals';

const isLooking = (): boolean => document.visibilityState === 'visible' && document.hasFocus();

/** Whether somebody looks at this window: only then does a message count as read. */
export const attention = signal(isLooking());

for (const [target, type] of [
  [window, 'focus'],
  [window, 'blur'],
  [document, 'visibilitychange'],
] as const)
  target.addEventListener(type, () => {
    attention.value = isLooking();
  });
