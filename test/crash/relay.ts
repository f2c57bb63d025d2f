import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/** A request may meet one target while it starts and the other as it dies. */
const attempts = 5;
const pauseMs = 50;

export type Relay = { readonly url: string; close(): Promise<void> };
type Reply = { readonly status: number; readonly body: Buffer };

const readAll = async (stream: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
};

const forward = (target: string, incoming: IncomingMessage, body: Buffer): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const { host: _host, connection: _connection, ...headers } = incoming.headers;
    const outgoing = request(`${target}${incoming.url}`, { method: 'POST', agent: false, headers }, (response) => {
      readAll(response).then((text) => resolve({ status: response.statusCode ?? 502, body: text }), reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });

/** A load balancer: webhook calls go to the targets in turn, and to the next one when a target is gone. */
export const startRelay = async (targets: readonly string[]): Promise<Relay> => {
  let turn = 0;
  const pass = async (incoming: IncomingMessage): Promise<Reply> => {
    const body = await readAll(incoming);
    const first = turn++;
    for (let index = 0; index < targets.length * attempts; index += 1) {
      const target = targets[(first + index) % targets.length] ?? '';
      const reply = await forward(target, incoming, body).catch(() => null);
      if (reply) return reply;
      await delay(pauseMs);
    }
    return { status: 502, body: Buffer.alloc(0) };
  };
  const server = createServer((incoming, outgoing) => {
    pass(incoming).then(
      ({ status, body }) => outgoing.writeHead(status, { 'content-type': 'application/json' }).end(body),
      () => outgoing.destroy(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
