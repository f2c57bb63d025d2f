import type { Router } from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { randomHex } from '../core/ids.ts';
import type { JournalRecord } from '../core/records.ts';
import type { Sandbox } from '../core/sandbox.ts';
import type { Delivery } from '../core/state.ts';
import { controlQuery } from '../http/body.ts';
import { EventStream } from '../http/event-stream.ts';
import type { FeedEvents } from '../wire.ts';
import { viewChats, viewRead } from './chat-view.ts';
import { viewCall, viewDelivery } from './logs.ts';
import { viewClock } from './timing.ts';
import { viewMessage } from './view.ts';

const feedSchema = z.object({
  after: z.coerce.number().int().min(0).default(0),
  logs: z.stringbool().default(false),
});

/** What happens, as it happens, as server-sent events. */
export function feedRoutes(router: Router, sandbox: Sandbox): void {
  // Numbers of changes mean something within one life of the sandbox only.
  const life = randomHex(8);
  router.get('/sandbox/feed', (ctx) => {
    const { after, logs } = controlQuery(ctx, feedSchema);
    const feed = new Feed(sandbox, new EventStream(ctx), life, logs);
    feed.start(cursorOf(ctx, life) ?? after);
  });
}

/** Where a browser that reconnects goes on; a number from another life lies beyond everything. */
function cursorOf(ctx: Context, life: string): number | null {
  const id = ctx.get('last-event-id');
  if (id === '') return null;
  const [, before, changed] = /^(\w+)\.(\d+)$/.exec(id) ?? [];
  return before === life ? Number(changed) : Number.POSITIVE_INFINITY;
}

const BATCH_MS = 15;
const MOST_MESSAGES = 200;
const LATEST_LOGS = 200;

/** One listener: it hears of each record of the journal, and sends what came of them a moment later. */
class Feed {
  readonly #sandbox: Sandbox;
  readonly #stream: EventStream;
  readonly #life: string;
  readonly #logs: boolean;
  readonly #deliveries = new Set<Delivery>();
  #changed = 0;
  #calls = 0;
  #clock = true;
  #chats = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(sandbox: Sandbox, stream: EventStream, life: string, logs: boolean) {
    this.#sandbox = sandbox;
    this.#stream = stream;
    this.#life = life;
    this.#logs = logs;
  }

  start(after: number): void {
    const { state } = this.#sandbox;
    const gone = after > state.messages.change;
    this.#changed = gone ? state.messages.change : after;
    if (gone) this.#send('restart', {});
    this.#calls = state.calls.at(-LATEST_LOGS - 1)?.seq ?? 0;
    if (this.#logs) for (const one of [...state.deliveries.values()].slice(-LATEST_LOGS)) this.#deliveries.add(one);
    const stop = state.onCommit((record) => this.#note(record));
    this.#stream.onClose(() => {
      stop();
      clearTimeout(this.#timer);
    });
    this.#flush();
  }

  #note(record: JournalRecord): void {
    const { messages } = this.#sandbox.state;
    if (record.t === 'clock') this.#clock = true;
    if (record.t === 'members') this.#chats = true;
    if (record.t === 'message' && messages.positionOf(record.message) === 1) this.#chats = true;
    if (record.t === 'event' || record.t === 'attempt') this.#noteDelivery(record.id);
    this.#timer ??= setTimeout(() => this.#flush(), BATCH_MS);
  }

  #noteDelivery(id: string): void {
    const delivery = this.#sandbox.state.deliveries.get(id);
    if (this.#logs && delivery) this.#deliveries.add(delivery);
  }

  /** Whoever reads slowly gets everything, but no faster than it reads. */
  #flush(): void {
    if (this.#stream.full) this.#stream.whenDrained(() => this.#flush());
    else this.#sendAll();
  }

  #sendAll(): void {
    this.#timer = undefined;
    this.#sendChats();
    this.#sendChanges();
    this.#sendClock();
    this.#sendLog();
  }

  #send<N extends keyof FeedEvents>(name: N, data: FeedEvents[N]): void {
    this.#stream.send(name, data, `${this.#life}.${this.#changed}`);
  }

  #sendChats(): void {
    if (!this.#chats) return;
    this.#chats = false;
    this.#send('chats', { items: viewChats(this.#sandbox), changed: this.#sandbox.state.messages.change });
  }

  #sendChanges(): void {
    const { messages } = this.#sandbox.state;
    if (this.#changed === messages.change) return;
    const { changed, messages: found, reads } = messages.changesAfter(this.#changed, MOST_MESSAGES);
    this.#changed = changed;
    this.#send('changes', {
      changed,
      items: found.map((message) => viewMessage(this.#sandbox, message)),
      reads: reads.map((mark) => viewRead(this.#sandbox, mark)),
    });
    if (changed < messages.change) this.#timer = setTimeout(() => this.#flush(), 0);
  }

  #sendClock(): void {
    if (this.#clock) this.#send('clock', viewClock(this.#sandbox));
    this.#clock = false;
  }

  #sendLog(): void {
    if (!this.#logs) return;
    const { calls } = this.#sandbox.state;
    const first = calls.findLastIndex(({ seq }) => seq <= this.#calls) + 1;
    const fresh = calls.slice(first);
    const deliveries = [...this.#deliveries].sort((a, b) => a.seq - b.seq);
    if (fresh.length === 0 && deliveries.length === 0) return;
    this.#calls = fresh.at(-1)?.seq ?? this.#calls;
    this.#deliveries.clear();
    this.#send('log', { calls: fresh.map(viewCall), deliveries: deliveries.map(viewDelivery) });
  }
}
