import { signal } from '@preact/signals';

const NEAR_PX = 32;

/**
 * Where the reader is in a list that grows at both ends and whose messages change their size: at its end, or at a
 * message, which then stays where it is. Not every browser does that itself, so the style sheet tells all not to.
 */
export class ReadingPlace {
  readonly atEnd = signal(true);
  readonly #endsHere: () => boolean;
  #scroller: HTMLElement | null = null;
  #top = 0;
  #anchor: { element: Element; top: number } | null = null;

  /** `endsHere`: the end of the list is the end of the conversation. */
  constructor(endsHere: () => boolean) {
    this.#endsHere = endsHere;
  }

  attach(scroller: HTMLElement | null): void {
    this.#scroller = scroller;
  }

  /** To be called after scrolling: remembers what the reader looks at. */
  note(): void {
    const scroller = this.#scroller;
    // What is heard of may be the page's own doing, from before something else grew.
    if (!scroller || scroller.scrollTop === this.#top) return;
    const isUp = scroller.scrollTop < this.#top;
    const isNear = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_PX;
    this.atEnd.value = this.#endsHere() && (isNear || (this.atEnd.value && !isUp));
    this.#remember(scroller);
  }

  /** To be called after anything was put in, dropped or grew. */
  keep(): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    if (this.atEnd.value && this.#endsHere()) scroller.scrollTop = scroller.scrollHeight;
    else if (this.#anchor?.element.isConnected)
      scroller.scrollTop += topOf(this.#anchor.element, scroller) - this.#anchor.top;
    this.#top = scroller.scrollTop;
  }

  stayAtEnd(): void {
    this.atEnd.value = true;
    this.keep();
  }

  goTo(element: Element): void {
    element.scrollIntoView({ block: 'center' });
    this.note();
  }

  element(id: string): HTMLElement | null {
    return this.#scroller?.querySelector(`[data-id="${CSS.escape(id)}"]`) ?? null;
  }

  /** In which directions the list ends so soon that more should be read. */
  nearEdges(): ('earlier' | 'later')[] {
    if (!this.#scroller) return [];
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    const ahead = 2 * clientHeight;
    const below = scrollHeight - scrollTop - clientHeight;
    return [...(scrollTop < ahead ? ['earlier' as const] : []), ...(below < ahead ? ['later' as const] : [])];
  }

  #remember(scroller: HTMLElement): void {
    const element = this.#firstSeen(scroller);
    this.#anchor = element ? { element, top: topOf(element, scroller) } : null;
    this.#top = scroller.scrollTop;
  }

  /** The first message that is at least partly in view; they stand below each other, so halving finds it. */
  #firstSeen(scroller: HTMLElement): Element | undefined {
    const all = scroller.querySelectorAll('[data-id]');
    let low = 0;
    let high = all.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const element = all[middle];
      if (element && topOf(element, scroller) + element.clientHeight <= 0) low = middle + 1;
      else high = middle;
    }
    return all[low];
  }
}

const topOf = (element: Element, scroller: Element): number =>
  element.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
