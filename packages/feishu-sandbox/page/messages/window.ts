import type { MessageView } from '../core/sandbox.ts';

/** A run of messages of one conversation, without gaps and in ascending order: all that the page keeps of it. */
export interface MessageWindow {
  items: readonly MessageView[];
  /** Nothing comes before the first of them. */
  fromStart: boolean;
  /** Nothing comes after the last of them. Then new messages join the run; else they are read when scrolled to. */
  toEnd: boolean;
}

/** Messages that follow each other, and whether the conversation goes on beyond them in the direction of reading. */
export interface Page {
  items: readonly MessageView[];
  more: boolean;
}

/** The newest messages of a conversation. */
export const opened = ({ items, more }: Page): MessageWindow => ({ items, fromStart: !more, toEnd: true });

/** The messages around one of them: the page that ends with it, and the page after it. */
export const openedAround = (upTo: Page, after: Page): MessageWindow => ({
  items: [...upTo.items, ...after.items],
  fromStart: !upTo.more,
  toEnd: !after.more,
});

/** Puts in the page before message `before`; a page that no longer fits (the run has changed meanwhile) is let go. */
export function withEarlier(window: MessageWindow, { items, more }: Page, before: number): MessageWindow {
  if (window.items[0]?.seq !== before) return window;
  return { ...window, items: [...items, ...window.items], fromStart: !more };
}

/** Puts in the page after message `after`, likewise. */
export function withLater(window: MessageWindow, { items, more }: Page, after: number): MessageWindow {
  if (window.items.at(-1)?.seq !== after) return window;
  return { ...window, items: [...window.items, ...items], toEnd: !more };
}

/** Takes in what the feed tells. Telling it twice, late or out of order leads to the same run. */
export const withNews = (window: MessageWindow, news: readonly MessageView[]): MessageWindow =>
  news.reduce(withOne, window);

function withOne(window: MessageWindow, message: MessageView): MessageWindow {
  const { items } = window;
  const index = items.findLastIndex(({ seq }) => seq <= message.seq);
  const known = items[index];
  if (known?.seq === message.seq)
    return known.change >= message.change ? window : { ...window, items: items.with(index, message) };
  const isOutside = index < 0 ? !window.fromStart : index === items.length - 1 && !window.toEnd;
  return isOutside ? window : { ...window, items: items.toSpliced(index + 1, 0, message) };
}

/** Drops what is too much, at the end that is farther away from the reader. */
export function trimmed(window: MessageWindow, keep: number, from: 'start' | 'end'): MessageWindow {
  const { items } = window;
  if (items.length <= keep) return window;
  return from === 'start'
    ? { ...window, items: items.slice(-keep), fromStart: false }
    : { ...window, items: items.slice(0, keep), toEnd: false };
}

/** Cuts a page into smaller ones, that which comes next first: drawing all of it at once would hold up scrolling. */
export function portionsOf({ items, more }: Page, size: number, way: 'earlier' | 'later'): Page[] {
  const count = Math.max(1, Math.ceil(items.length / size));
  return Array.from({ length: count }, (_, index) => {
    const from = index * size;
    const part =
      way === 'later'
        ? items.slice(from, from + size)
        : items
            .toReversed()
            .slice(from, from + size)
            .reverse();
    return { items: part, more: more || index < count - 1 };
  });
}
