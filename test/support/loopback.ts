import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export type Asked = {
  readonly method: string;
  readonly path: string;
  readonly authorization: string;
  readonly body: string;
};
export type Reply = { readonly status?: number; readonly headers?: Record<string, string>; readonly body: unknown };
/** How the next call is met: with an answer, with a connection reset, or with silence. */
export type Next = Reply | 'reset' | 'hang';

export type Loopback = {
  readonly url: string;
  /** Every call but those for a token. */
  readonly asked: Asked[];
  readonly tokens: { issued: number; reply: Next | null };
  /** Answers in turn; the last one stays. */
  next: Next[];
  close(): Promise<void>;
};

const read = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString('utf8');
};

const meet = (next: Next, request: IncomingMessage, response: ServerResponse) => {
  if (next === 'hang') return;
  if (next === 'reset') return void request.socket.destroy();
  response.writeHead(next.status ?? 200, { 'content-type': 'application/json', ...next.headers });
  response.end(typeof next.body === 'string' ? next.body : JSON.stringify(next.body));
};

/** A Feishu of a few lines on this machine, which answers what a test says. */
export const startLoopback = async (): Promise<Loopback> => {
  const server = createServer(async (request, response) => {
    const body = await read(request);
    if (request.url?.includes('/tenant_access_token/')) {
      loopback.tokens.issued += 1;
      const token = { code: 0, expire: 7_200, tenant_access_token: `t-secret-${loopback.tokens.issued}` };
      return meet(loopback.tokens.reply ?? { body: token }, request, response);
    }
    const { method = '', url: path = '', headers } = request;
    loopback.asked.push({ method, path, authorization: headers.authorization ?? '', body });
    const next = loopback.next.length > 1 ? loopback.next.shift() : loopback.next[0];
    meet(next ?? { body: { code: 0, data: {} } }, request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const loopback: Loopback = {
    url: `http://127.0.0.1:${port}`,
    asked: [],
    tokens: { issued: 0, reply: null },
    next: [],
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return loopback;
};
