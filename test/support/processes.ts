import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Exit = { readonly code: number | null; readonly signal: NodeJS.Signals | null };
export type Process = {
  readonly name: string;
  readonly pid: number;
  /** What its ready line ends with: the address it answers at. */
  readonly url: string;
  readonly exited: Promise<Exit>;
  alive(): boolean;
  /** True while a signal holds it still. */
  stopped(): boolean;
  signal(signal: NodeJS.Signals): void;
  /** Sends a signal and waits until the process is gone. */
  end(signal?: NodeJS.Signals): Promise<Exit>;
  output(): string;
};

export type Launch = {
  readonly name: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Its first group is the process's address. */
  readonly ready: RegExp;
  readonly timeoutMs?: number;
};

const keptOutput = 20_000;
const living = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});

/** Only what a process needs: nothing of the caller's environment decides how the bot is set up. */
const baseEnv = () => ({ PATH: process.env.PATH ?? '', TZ: 'UTC', NODE_NO_WARNINGS: '1' });

/** The state letter follows the name in brackets. */
const isStopped = (pid: number): boolean => {
  try {
    return /\) T /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};

/** Starts `node …args` and resolves at its ready line; rejects, with all it said, when it ends or dawdles before that. */
export const startProcess = async ({ name, args, env, ready, timeoutMs = 30_000 }: Launch): Promise<Process> => {
  const child = spawn(process.execPath, args, { env: { ...baseEnv(), ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  living.add(child);
  let output = '';
  const exited = new Promise<Exit>((resolve) => {
    child.once('close', (code, signal) => {
      living.delete(child);
      resolve({ code, signal });
    });
  });
  const url = await new Promise<string>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${name} ${why}\n${output}`));
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      fail(`said nothing like ${ready} for ${timeoutMs} ms`);
    }, timeoutMs);
    const take = (chunk: Buffer) => {
      output = (output + chunk.toString('utf8')).slice(-keptOutput);
      const found = ready.exec(output)?.[1];
      if (found === undefined) return;
      clearTimeout(timer);
      resolve(found);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    void exited.then(({ code, signal }) => {
      clearTimeout(timer);
      fail(`ended with ${signal ?? code} before it was ready`);
    });
  });
  const alive = () => child.exitCode === null && child.signalCode === null;
  const signal = (wanted: NodeJS.Signals) => void child.kill(wanted);
  const end = (wanted: NodeJS.Signals = 'SIGKILL') => {
    if (alive()) signal(wanted);
    return exited;
  };
  const pid = child.pid ?? 0;
  return { name, pid, url, exited, alive, stopped: () => isStopped(pid), signal, end, output: () => output };
};

const isFree = async (port: number): Promise<boolean> => {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
};

/**
 * A free port for a process that must be found at the same place after a restart: below the range from which the system
 * takes ports for outgoing connections.
 */
export const freePort = async (): Promise<number> => {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (await isFree(port)) return port;
  }
};

export type TempDir = { readonly path: string; remove(): Promise<void> };
export const tempDir = async (): Promise<TempDir> => {
  const path = await mkdtemp(join(tmpdir(), 'zhibu-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
};

export type Patience = {
  readonly withinMs?: number;
  readonly everyMs?: number;
  /** What to add to the failure's message. */
  readonly orElse?: () => string;
};

/** Asks again until there is an answer; what is awaited happens in another process and tells nobody. */
export const eventually = async <T>(
  what: string,
  ask: () => Promise<T | null>,
  { withinMs = 20_000, everyMs = 50, orElse }: Patience = {},
): Promise<T> => {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (performance.now() > deadline)
      throw new Error(`${what} did not happen within ${withinMs} ms\n${orElse?.() ?? ''}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
};
