import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer as createNetServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Store } from './catalog/store.ts';
import type { Services } from './commands/context.ts';
import { Cursors } from './commands/cursors.ts';
import { dispatch } from './commands/dispatch.ts';
import { sweep } from './commands/ttl.ts';
import { FolderJournal } from './storage/folder.ts';
import { type Journal, NO_JOURNAL } from './storage/journal.ts';
import { clearSocket, lockFolder, makeFolder, socketPathFor } from './storage/lock.ts';
import { serve } from './wire/connection.ts';
import type { Refused, Request } from './wire/message.ts';

/** The server's time in milliseconds; asked once for each command. */
export type ServerClock = () => number | Promise<number>;

export type ServerOptions = {
  /** Where documents are kept; without it everything lives in memory. */
  dataDir?: string;
  /** Listen on this TCP port of 127.0.0.1 (0: any free one) instead of a unix socket. */
  port?: number;
  socketPath?: string;
  /** `none` acknowledges before the disk has confirmed. */
  sync?: 'fsync' | 'none';
  clock?: ServerClock;
  /** Told of a failure after which nothing may be acknowledged. */
  onFatal?: (error: unknown) => void;
  /** The journal is folded when a file is longer than this many bytes. */
  compactAt?: number;
};

export type RunningServer = {
  uri: string;
  /** Removes what TTL indexes say has expired at the clock's present; also runs each minute. */
  sweep(): Promise<void>;
  close(): Promise<void>;
};

/** `running` counts the requests that were read and not yet answered. */
type Parts = {
  services: Services;
  journal: Journal;
  clock: ServerClock;
  fatal: (error: unknown) => void;
  running: Set<Socket>;
  ending: boolean;
};

/** Starts a server in this thread. */
export async function createServer(options: ServerOptions = {}): Promise<RunningServer> {
  const folder = options.dataDir === undefined ? undefined : makeFolder(options.dataDir);
  const release = folder === undefined ? () => {} : await lockFolder(folder);
  try {
    const journal =
      folder === undefined ? NO_JOURNAL : new FolderJournal(folder, options.sync !== 'none', options.compactAt);
    const store = new Store(journal);
    if (journal instanceof FolderJournal) await openFolder(journal, store, folder ?? '');
    const services: Services = { store, cursors: new Cursors(), started: performance.now() };
    const fatal =
      options.onFatal ?? ((error: unknown) => void process.emitWarning(`embedded-mongodb: ${String(error)}`));
    const parts: Parts = {
      services,
      journal,
      clock: options.clock ?? Date.now,
      fatal,
      running: new Set(),
      ending: false,
    };
    return await listen(options, folder, parts, release);
  } catch (error) {
    release();
    throw error;
  }
}

async function openFolder(journal: FolderJournal, store: Store, folder: string): Promise<void> {
  const { torn } = await journal.open(store);
  if (torn > 0)
    process.emitWarning(`embedded-mongodb: cut ${torn} bytes of an unfinished write off the journal in ${folder}`);
}

async function listen(
  options: ServerOptions,
  folder: string | undefined,
  parts: Parts,
  release: () => void,
): Promise<RunningServer> {
  const temporary =
    folder === undefined && options.port === undefined && options.socketPath === undefined
      ? mkdtempSync(join(tmpdir(), 'embedded-mongodb-'))
      : undefined;
  const path =
    options.port === undefined
      ? socketPathFor(options.socketPath ?? join(folder ?? temporary ?? '', 'mongodb.sock'))
      : undefined;
  const sockets = new Set<Socket>();
  const server = createNetServer((socket) => accept(socket, sockets, parts));
  if (path === undefined) await bind(server, { host: '127.0.0.1', port: options.port ?? 0 });
  else await bindSocket(server, path);
  const minute = setInterval(() => void sweepNow(parts).catch(parts.fatal), 60_000);
  minute.unref();
  const close = once(async () => {
    clearInterval(minute);
    await drain(server, sockets, parts);
    await parts.journal.close();
    if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true });
    release();
  });
  return { uri: uriOf(server, path), sweep: () => sweepNow(parts), close };
}

function once(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => {
    running ??= run();
    return running;
  };
}

function uriOf(server: Server, path: string | undefined): string {
  if (path !== undefined) return `mongodb://${encodeURIComponent(path)}/?directConnection=true`;
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return `mongodb://127.0.0.1:${port}/?directConnection=true`;
}

function bind(server: Server, where: { host: string; port: number } | { path: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(where, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function bindSocket(server: Server, path: string): Promise<void> {
  await clearSocket(path);
  const before = process.platform === 'win32' ? 0 : 0o600;
  await bind(server, { path });
  chmodSync(path, before);
}

let connections = 0;

function accept(socket: Socket, sockets: Set<Socket>, parts: Parts): void {
  connections += 1;
  sockets.add(socket);
  socket.setNoDelay(true);
  socket.on('error', () => {});
  socket.on('close', () => sockets.delete(socket));
  serve(
    socket,
    connections,
    (request, number) => answer(request, number, parts, socket),
    () => parts.ending,
  ).then(
    () => socket.end(),
    () => socket.destroy(),
  );
}

/** Runs a command and holds its reply, whatever it says, until all it could have seen is durable. */
async function answer(request: Request | Refused, connection: number, parts: Parts, socket: Socket) {
  parts.running.add(socket);
  try {
    const time = parts.clock();
    const now = typeof time === 'number' ? time : await time;
    const reply = dispatch(request, parts.services, connection, now, (bug) =>
      process.emitWarning(bug instanceof Error ? bug : String(bug)),
    );
    parts.journal.commit();
    await parts.journal.settled();
    return reply;
  } catch (error) {
    parts.fatal(error);
    throw error;
  } finally {
    setImmediate(() => parts.running.delete(socket));
  }
}

async function sweepNow(parts: Parts): Promise<void> {
  sweep(parts.services.store, await parts.clock());
  parts.services.cursors.expire();
  parts.journal.commit();
  await parts.journal.settled();
}

const DRAIN_MS = 5000;

/** Stops listening, lets running requests be answered, then closes the connections. */
async function drain(server: Server, sockets: ReadonlySet<Socket>, parts: Parts): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  parts.ending = true;
  const end = performance.now() + DRAIN_MS;
  while (sockets.size > 0 && performance.now() < end) {
    for (const socket of sockets) if (!parts.running.has(socket) && socket.writableLength === 0) socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  for (const socket of sockets) socket.destroy();
  await closed;
}
