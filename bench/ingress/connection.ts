import { once } from 'node:events';
import { connect } from 'node:net';

/** One kept-alive connection with one request under way at a time, as lean as a client can be. */
export type Connection = { send(request: Buffer, answered: (status: number) => void): void; close(): void };

export async function openConnection(port: number): Promise<Connection> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  let waiting: ((status: number) => void) | null = null;
  let partial = '';
  const settle = (status: number) => {
    const answered = waiting;
    waiting = null;
    partial = '';
    answered?.(status);
  };
  socket.on('data', (chunk: Buffer) => {
    partial += chunk.toString('latin1');
    const status = statusOfWhole(partial);
    if (status !== null) settle(status);
  });
  socket.on('error', () => settle(0)).on('close', () => settle(0));
  return {
    send(request, answered) {
      waiting = answered;
      if (socket.destroyed) setImmediate(settle, 0);
      else socket.write(request);
    },
    close: () => void socket.destroy(),
  };
}

/** The status of a reply that is all there, else `null`. */
function statusOfWhole(reply: string): number | null {
  const end = reply.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const length = /\r\ncontent-length: (\d+)/i.exec(reply)?.[1] ?? '0';
  return reply.length >= end + 4 + Number(length) ? Number(reply.slice(9, 12)) : null;
}
