import { vi } from 'vitest';

/** As much of the browser's EventSource as the page uses, over fetch. */
class FeedSource extends EventTarget {
  readonly #stopped = new AbortController();

  constructor(url: string) {
    super();
    void this.#read(url).catch(() => undefined);
  }

  async #read(url: string): Promise<void> {
    const { body } = await fetch(url, { signal: this.#stopped.signal });
    if (!body) return;
    this.dispatchEvent(new Event('open'));
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of body) {
      const blocks = (text + decoder.decode(chunk, { stream: true })).split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) this.#tell(block);
    }
  }

  #tell(block: string): void {
    const [, name, data] = /^event: (.*)\n(?:.*\n)*?data: (.*)$/.exec(block) ?? [];
    if (name !== undefined) this.dispatchEvent(new MessageEvent(name, { data: data ?? '' }));
  }

  close(): void {
    this.#stopped.abort();
  }
}

const sources: FeedSource[] = [];

/** A window of the page without its pixels: its own modules, and so its own signals, following the sandbox at `url`. */
export async function openWindow(url: string) {
  vi.resetModules();
  vi.stubGlobal('location', { origin: url });
  vi.stubGlobal(
    'EventSource',
    class extends FeedSource {
      constructor(address: string) {
        super(address);
        sources.push(this);
      }
    },
  );
  const walk = await import('../../page/clock/walk.ts');
  const state = await import('../../page/core/state.ts');
  const { toast } = await import('../../page/core/toast.ts');
  const { follow } = await import('../../page/core/feed.ts');
  const { sandbox } = await import('../../page/core/sandbox.ts');
  state.clock.value = await sandbox.clock();
  follow((await sandbox.messages()).changed);
  return { ...walk, clock: state.clock, toast };
}

export function closeWindows(): void {
  for (const source of sources.splice(0)) source.close();
  vi.unstubAllGlobals();
}
