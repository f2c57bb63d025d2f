import { signal } from '@preact/signals';

const system = matchMedia('(prefers-color-scheme: dark)');

/** What the page is shown in: the reader's choice on the root element, else the system's. */
function isDark(): boolean {
  const chosen = getComputedStyle(document.documentElement).colorScheme.split(' ');
  return chosen.includes('dark') && (!chosen.includes('light') || system.matches);
}

/** True while the page is dark. For what is drawn on a canvas; all else is CSS. */
export const dark = signal(isDark());

const look = (): void => {
  dark.value = isDark();
};
system.addEventListener('change', look);
new MutationObserver(look).observe(document.documentElement, { attributeFilter: ['style'] });
