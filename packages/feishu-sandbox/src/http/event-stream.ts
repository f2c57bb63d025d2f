import type { ServerResponse } from 'node:http';
import type { Context } from 'koa';

const KEEP_ALIVE_MS = 15_000;
const FULL_AT = 1 << 20;

/** Server-sent events: an answer that stays open until the reader goes or the server stops. */
export class EventStream {
  readonly #response: ServerResponse;

  constructor(ctx: Context) {
    const { res } = ctx;
    this.#response = res;
    ctx.respond = false;
    res.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store' });
    this.#write('retry: 1000\n\n');
    const pulse = setInterval(() => this.#write(': here\n\n'), KEEP_ALIVE_MS);
    res.once('close', () => clearInterval(pulse));
  }

  send(name: string, data: object, id: string): void {
    this.#write(`event: ${name}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  #write(text: string): void {
    if (!this.#response.destroyed) this.#response.write(text);
  }

  /** So much waits to be read that nothing should be added. */
  get full(): boolean {
    return this.#response.writableLength > FULL_AT;
  }

  whenDrained(then: () => void): void {
    this.#response.once('drain', then);
  }

  onClose(then: () => void): void {
    this.#response.once('close', then);
  }
}
