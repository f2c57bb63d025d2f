import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** Says that another process has the data folder. */
export class FolderInUse extends Error {}

/** Makes the data folder, private to this user. */
export function makeFolder(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = realpathSync(folder);
  if (lstatSync(path).uid === userInfo().uid) chmodSync(path, 0o700);
  return path;
}

/**
 * Takes the folder for this process. On Linux the lock is an abstract socket, which the system gives up with the process,
 * whatever way it ends; elsewhere it is a file with the process number. Gives what releases it.
 */
export async function lockFolder(folder: string): Promise<() => void> {
  if (process.platform !== 'linux') return lockFile(folder);
  const { dev, ino } = statSync(folder);
  const server = createServer((socket) => socket.destroy());
  await listening(server, `\0embedded-mongodb:${dev}:${ino}`, folder);
  return () => server.close();
}

function listening(server: Server, name: string, folder: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(error.code === 'EADDRINUSE' ? inUse(folder) : error));
    server.listen({ path: name }, () => {
      server.unref();
      resolve();
    });
  });
}

function inUse(folder: string): FolderInUse {
  return new FolderInUse(`The data folder ${folder} is in use by another process`);
}

function lockFile(folder: string): () => void {
  const path = join(folder, 'lock');
  const own = join(folder, `lock.${process.pid}`);
  writeFileSync(own, String(process.pid), { mode: 0o600 });
  try {
    if (existsSync(path) && !alive(Number(readFileSync(path, 'utf8')))) unlinkSync(path);
    linkSync(own, path);
  } catch {
    throw inUse(folder);
  } finally {
    unlinkSync(own);
  }
  return () => rmSync(path, { force: true });
}

function alive(pid: number): boolean {
  if (pid === process.pid || !Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

const MAX_SOCKET_PATH = 100;

/** The path of the socket: longer ones are cut silently by the system, so they move to a private folder with a short name. */
export function socketPathFor(wanted: string): string {
  if (Buffer.byteLength(wanted) <= MAX_SOCKET_PATH) return wanted;
  const folder = join(tmpdir(), `embedded-mongodb-${userInfo().uid}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stat = lstatSync(folder);
  if (!stat.isDirectory() || stat.uid !== userInfo().uid || (stat.mode & 0o077) !== 0)
    throw new Error(`${folder} is not private to this user`);
  return join(folder, `${createHash('sha256').update(wanted).digest('hex').slice(0, 24)}.sock`);
}

/** Removes a socket nobody listens on any more; refuses when somebody does. */
export async function clearSocket(path: string): Promise<void> {
  if (!existsSync(path)) return;
  if (!lstatSync(path).isSocket()) throw new Error(`${path} exists and is not a socket`);
  const answered = await new Promise<boolean>((resolve) => {
    const socket = connect(path, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
  if (answered) throw new FolderInUse(`The socket ${path} is in use by another process`);
  unlinkSync(path);
}
