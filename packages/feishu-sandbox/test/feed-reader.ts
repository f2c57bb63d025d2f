import type { FeedEvents } from '../src/client.ts';

type FeedEvent = { [N in keyof FeedEvents]: { name: N; id: string; data: FeedEvents[N] } }[keyof FeedEvents];

/** Listens to a feed as a browser does, and keeps what came. */
export class FeedReader {
  readonly events: FeedEvent[] = [];
  /** Comments and other lines that are no event. */
  readonly rest: string[] = [];
  ended = false;
  readonly #stopped = new AbortController();
  #waiters: (() => void)[] = [];

  static async open(url: string, headers: Record<string, string> = {}): Promise<FeedReader> {
    const reader = new FeedReader();
    const response = await fetch(url, { headers, signal: reader.#stopped.signal });
    if (!response.ok || !response.body) throw new Error(`the feed answered ${response.status}`);
    void reader.#read(response.body).catch(() => undefined);
    return reader;
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    let text = '';
    try {
      for await (const chunk of body) {
        const blocks = (text + decoder.decode(chunk, { stream: true })).split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) this.#take(block);
        this.#wake();
      }
    } finally {
      this.ended = true;
      this.#wake();
    }
  }

  #take(block: string): void {
    const match = /^event: (.*)\nid: (.*)\ndata: (.*)$/.exec(block);
    if (!match) this.rest.push(block);
    else this.events.push({ name: match[1], id: match[2], data: JSON.parse(match[3] ?? '') } as FeedEvent);
  }

  #wake(): void {
    for (const wake of this.#waiters.splice(0)) wake();
  }

  of<N extends keyof FeedEvents>(name: N): FeedEvents[N][] {
    return this.events.flatMap((event) => (event.name === name ? [event.data as FeedEvents[N]] : []));
  }

  get messages() {
    return this.of('changes').flatMap(({ items }) => items);
  }

  get reads() {
    return this.of('changes').flatMap(({ reads }) => reads);
  }

  /** Resolves as soon as this holds; the test's own timeout is the limit. */
  async until(ready: () => boolean): Promise<void> {
    while (!ready()) await new Promise<void>((resolve) => this.#waiters.push(resolve));
  }

  stop(): void {
    this.#stopped.abort();
  }
}
