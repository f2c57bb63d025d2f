import type { ComponentChildren } from 'preact';

/** What is wider than the card scrolls sideways within it, also by keyboard. */
export const Scroller = (props: { label: string; children: ComponentChildren }) => (
  // biome-ignore lint/a11y/useSemanticElements: a group of fields it is not
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
  <div class="scroller" role="group" aria-label={props.label} tabIndex={0}>
    {props.children}
  </div>
);
