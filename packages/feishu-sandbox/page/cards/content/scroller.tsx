import type { ComponentChildren } from 'preact';
import type { Style } from './style.ts';

/** What is wider than the card scrolls sideways within it, also by keyboard. */
export const Scroller = (props: { label: string; style?: Style; children: ComponentChildren }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
  <section class="scroller" style={props.style} aria-label={props.label} tabIndex={0}>
    {props.children}
  </section>
);
