import type { ComponentChild } from 'preact';

/** Draws pieces that have no identity but their place, such as those of a text. */
export const each = <T>(items: readonly T[], draw: (item: T, index: number) => ComponentChild): ComponentChild[] =>
  items.map(draw);
