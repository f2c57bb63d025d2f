import { signal } from '@preact/signals';

export interface Toast {
  type: 'success' | 'info' | 'warning' | 'error';
  content: string;
}

export const toast = signal<Toast | null>(null);

const SHOWN_MS = 4000;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Shows one line for four seconds; a new one takes the place of the old one. */
export function say(type: Toast['type'], content: string): void {
  toast.value = { type, content };
  clearTimeout(timer);
  timer = setTimeout(() => {
    toast.value = null;
  }, SHOWN_MS);
}
