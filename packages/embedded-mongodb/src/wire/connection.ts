import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { OutDoc } from '../bson/types.ts';
import { MAX_MESSAGE, type Refused, type Request, readMessage, writeReply } from './message.ts';

/** Answers one request. */
export type Handler = (request: Request | Refused, connection: number) => Promise<OutDoc> | OutDoc;

/** Serves one connection: requests one after the other, each answered before the next is begun. Ends with the peer, or once `ending` says so. */
export async function serve(socket: Socket, number: number, handler: Handler, ending: () => boolean): Promise<void> {
  if (ending()) return;
  for await (const message of messages(socket)) {
    const request = readMessage(message);
    const pending = handler(request, number);
    const reply = pending instanceof Promise ? await pending : pending;
    if (request.answer && !send(socket, writeReply(request, reply))) await drained(socket);
    if (socket.destroyed || ending()) return;
  }
}

function send(socket: Socket, parts: readonly Buffer[]): boolean {
  socket.cork();
  let room = true;
  for (const part of parts) room = socket.write(part);
  socket.uncork();
  return room;
}

async function drained(socket: Socket): Promise<void> {
  const stop = new AbortController();
  const closed = once(socket, 'close', { signal: stop.signal }).catch(() => {});
  await Promise.race([once(socket, 'drain', { signal: stop.signal }).catch(() => {}), closed]);
  stop.abort();
}

/** Cuts the byte stream into messages; a length out of range ends the connection. */
async function* messages(socket: Socket): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let size = 0;
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    waiting.push(chunk);
    size += chunk.length;
    while (size >= 4) {
      const length = lengthOf(waiting);
      if (length < 16 || length > MAX_MESSAGE) throw new Error(`message length ${length} out of range`);
      if (size < length) break;
      const all = waiting.length === 1 ? (waiting[0] ?? chunk) : Buffer.concat(waiting);
      yield all.subarray(0, length);
      size -= length;
      waiting = size === 0 ? [] : [all.subarray(length)];
    }
  }
}

function lengthOf(chunks: readonly Buffer[]): number {
  const [first] = chunks;
  return first !== undefined && first.length >= 4 ? first.readInt32LE(0) : Buffer.concat(chunks).readInt32LE(0);
}
