import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A line to the database that can be cut: every connection breaks, and new ones are refused. */
export type Wire = { readonly uri: string; cut(): Promise<void> };

export const startWire = async (uri: string): Promise<Wire> => {
  const { hostname, port } = new URL(uri);
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const own = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    uri: uri.replace(`:${port}`, `:${own}`),
    cut: async () => {
      if (!server.listening) return;
      server.close();
      for (const socket of open) socket.destroy();
      await once(server, 'close');
    },
  };
};
