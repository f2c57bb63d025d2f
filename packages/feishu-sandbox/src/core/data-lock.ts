import { unlinkSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { join, relative } from 'node:path';
import { ensureDir } from './journal.ts';

export interface DataLock {
  release(): void;
}

/** Keeps a second sandbox from writing into the same folder. The lock is a socket: it dies with its process. */
export async function lockData(dataDir: string): Promise<DataLock> {
  ensureDir(dataDir);
  const path = lockPath(dataDir);
  const server = (await listenOn(path)) ?? (await takeOver(path));
  if (!server) throw new Error(`another sandbox uses ${dataDir}`);
  server.unref();
  return { release: () => server.close() };
}

/** Socket names are short, so the shorter way of saying it is taken. */
function lockPath(dataDir: string): string {
  const path = join(dataDir, 'sandbox.lock');
  if (process.platform === 'win32') return join('\\\\.\\pipe', path);
  const near = relative(process.cwd(), path);
  return near.length < path.length ? near : path;
}

/** A socket that nobody answers was left behind by a process that was killed. */
async function takeOver(path: string): Promise<Server | null> {
  if (await isAlive(path)) return null;
  unlinkSync(path);
  return listenOn(path);
}

/** Null = the name is taken. */
function listenOn(path: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(error),
    );
    server.listen(path, () => resolve(server));
  });
}

function isAlive(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => socket.destroy());
  });
}
