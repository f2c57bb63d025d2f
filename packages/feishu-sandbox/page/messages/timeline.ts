import { batch, signal } from '@preact/signals';
import type { MessageView } from '../core/sandbox.ts';
import {
  type MessageWindow,
  opened,
  openedAround,
  type Page,
  portionsOf,
  trimmed,
  withEarlier,
  withLater,
  withNews,
} from './window.ts';

export interface PageRequest {
  before?: number;
  after?: number;
  limit: number;
}

/** Reads a page of one conversation: the last messages before a `seq`, or of all; or the first ones after it. */
export type ReadPage = (request: PageRequest) => Promise<readonly MessageView[]>;

/** How many messages are read first and then at a time, put in at a time, and kept. */
export interface Sizes {
  first: number;
  next: number;
  portion: number;
  kept: number;
}

const SIZES: Sizes = { first: 40, next: 30, portion: 6, kept: 200 };

type Way = 'earlier' | 'later';
type Step = (window: MessageWindow) => MessageWindow;
const nothing: MessageWindow = { items: [], fromStart: true, toEnd: true };

/** The part of a conversation that the page holds: read page by page, kept up to date by what the feed tells. */
export class Timeline {
  /** Null until it has been read. */
  readonly window = signal<MessageWindow | null>(null);
  readonly reading = signal<Way | 'all' | null>(null);
  /** How many messages came since the reader last saw the end. */
  readonly fresh = signal(0);
  readonly #readPage: ReadPage;
  readonly #sizes: Sizes;
  #newest = 0;
  #turn = 0;
  /** What was told while a page is under way, which may be older than that. */
  #meanwhile: MessageView[] = [];

  constructor(readPage: ReadPage, sizes: Sizes = SIZES) {
    this.#readPage = readPage;
    this.#sizes = sizes;
  }

  /** A message, if it is among those that are kept. */
  find(id: string): MessageView | undefined {
    return this.window.value?.items.find(({ message_id }) => message_id === id);
  }

  /** Reads the newest messages. */
  open(): Promise<void> {
    return this.#take('all', async () => {
      const page = await this.#page({ limit: this.#sizes.first });
      return [() => opened(page)];
    });
  }

  /** Reads the messages around this one. */
  openAround(seq: number): Promise<void> {
    return this.#take('all', async () => {
      const [upTo, after] = await Promise.all([
        this.#page({ before: seq + 1, limit: this.#sizes.next }),
        this.#page({ after: seq, limit: this.#sizes.next }),
      ]);
      return [() => openedAround(upTo, after)];
    });
  }

  /** Reads on at one end. False = there is no more, or a page is under way. */
  async readOn(way: Way): Promise<boolean> {
    const { items, fromStart, toEnd } = this.window.value ?? nothing;
    const edge = way === 'earlier' ? items[0]?.seq : items.at(-1)?.seq;
    const isDone = way === 'earlier' ? fromStart : toEnd;
    if (edge === undefined || isDone || this.reading.value) return false;
    await this.#take(way, async () => {
      const where = way === 'earlier' ? { before: edge } : { after: edge };
      const page = await this.#page({ ...where, limit: this.#sizes.next });
      return stepsOf(page, way, edge, this.#sizes.portion);
    });
    return true;
  }

  /** Takes in what the feed tells of this conversation; who reads at its end stays there. Returns the new messages. */
  hear(told: readonly MessageView[], isAtEnd: boolean): readonly MessageView[] {
    if (this.reading.value) this.#meanwhile.push(...told);
    const window = this.window.value;
    if (!window) return [];
    const fresh = told.filter(({ seq }) => seq > this.#newest);
    batch(() => {
      this.fresh.value += fresh.length;
      this.#show(withNews(window, told), isAtEnd ? 'start' : 'end');
    });
    for (const { seq } of fresh) this.#newest = Math.max(this.#newest, seq);
    return fresh;
  }

  /** The reader has seen the end. */
  seen(): void {
    this.fresh.value = 0;
  }

  async #page(request: PageRequest): Promise<Page> {
    const items = await this.#readPage(request);
    return { items, more: items.length === request.limit };
  }

  /** One reading counts at a time, the latest; what was told meanwhile comes on top of it. */
  async #take(what: Way | 'all', read: () => Promise<Step[]>): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    this.#meanwhile = [];
    this.reading.value = what;
    try {
      for (const step of await read()) {
        if (turn !== this.#turn) return;
        this.#show(withNews(step(this.window.value ?? nothing), this.#meanwhile), what === 'earlier' ? 'end' : 'start');
        await pause();
      }
    } finally {
      if (turn === this.#turn) this.reading.value = null;
    }
  }

  #show(window: MessageWindow, trimFrom: 'start' | 'end'): void {
    this.window.value = trimmed(window, this.#sizes.kept, trimFrom);
    this.#newest = Math.max(this.#newest, window.items.at(-1)?.seq ?? 0);
  }
}

/** Lets the browser draw and listen in between. */
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** A page goes in portion by portion, each at the edge that the one before has left. */
function stepsOf(page: Page, way: Way, edge: number, size: number): Step[] {
  let next = edge;
  return portionsOf(page, size, way).map((portion) => {
    const at = next;
    next = (way === 'earlier' ? portion.items[0] : portion.items.at(-1))?.seq ?? at;
    return (window) => (way === 'earlier' ? withEarlier(window, portion, at) : withLater(window, portion, at));
  });
}
