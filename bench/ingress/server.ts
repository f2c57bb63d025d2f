import type { AddressInfo } from 'node:net';
import type Koa from 'koa';
import { createWebServer } from '../../src/web/server.ts';
import type { Case } from './app.ts';
import { bareKoa, own, sdkAdapter, volatileInbox } from './apps.ts';

// The server of one case, in a process of its own; says its port and ends when its parent lets go.
const starters: Readonly<Record<Case, () => Promise<Koa>>> = {
  'bare-koa': async () => bareKoa(),
  'sdk-adapter': async () => sdkAdapter(),
  'own-volatile': async () => own(volatileInbox(), 'batched'),
  'own-durable': async () => own(await (await import('./durable.ts')).durableInbox(process.argv[3] ?? ''), 'batched'),
  'own-durable-unbatched': async () =>
    own(await (await import('./durable.ts')).durableInbox(process.argv[3] ?? ''), 'unbatched'),
};

const start = Object.entries(starters).find(([name]) => name === process.argv[2])?.[1];
if (!start) throw new Error('no such case');
const server = createWebServer(await start());
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ port });
});
process.once('disconnect', () => process.exit(0));
