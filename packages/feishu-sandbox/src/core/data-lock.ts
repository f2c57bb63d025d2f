import { existsSync, statSync, unlinkSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureDir } from './journal.ts';

export interface DataLock {
  release(): void;
}

/** Keeps a second sandbox from writing into the same folder. The lock is a socket: it dies with its process. */
export async function lockData(dataDir: string): Promise<DataLock> {
  ensureDir(dataDir);
  const name = lockName(dataDir);
  const server = (await listenOn(name)) ?? (await takeOver(name));
  if (!server) throw new Error(`another sandbox uses ${dataDir}`);
  server.unref();
  return { release: () => server.close() };
}

/** Named after the folder itself, not after its path: paths may be longer than sockets' names. */
function lockName(dataDir: string): string {
  const { dev, ino } = statSync(dataDir);
  const name = `feishu-sandbox-${dev}-${ino}`;
  if (process.platform === 'linux') return `\0${name}`;
  return process.platform === 'win32' ? join('\\\\.\\pipe', name) : join(tmpdir(), `${name}.sock`);
}

/** Only where sockets are files: one that nobody answers was left behind by a process that was killed. */
async function takeOver(path: string): Promise<Server | null> {
  if (!existsSync(path) || (await isAlive(path))) return null;
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
