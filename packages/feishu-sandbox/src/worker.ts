import { Worker } from 'node:worker_threads';
import type { AppCredentials } from './core/app-config.ts';
import type { RunningSandbox, SandboxOptions } from './start.ts';

export interface WorkerOptions extends SandboxOptions {
  /** Told when the worker ends without having been closed. Without it the death is thrown, as an uncaught error. */
  onDeath?: ((error: Error) => void) | undefined;
}

export type WorkerReport =
  | { kind: 'ready'; url: string; app: AppCredentials }
  | { kind: 'failed'; message: string }
  | { kind: 'closed' };

// From source (tests) the compiled worker is used: threads cannot run TypeScript on this version of Node.
const ENTRY = new URL(
  import.meta.url.endsWith('.ts') ? '../dist/worker-thread.js' : './worker-thread.js',
  import.meta.url,
);

/** Starts a sandbox in a thread of its own. */
export function startSandboxWorker(options: WorkerOptions): Promise<RunningSandbox> {
  const { onDeath = throwLater, ...workerData } = options;
  return supervise(new Worker(ENTRY, { workerData, resourceLimits: { maxYoungGenerationSizeMb: 3 } }), onDeath);
}

/** Resolves when the worker is ready; a later end that was not asked for goes to `onDeath`. */
export function supervise(worker: Worker, onDeath: (error: Error) => void): Promise<RunningSandbox> {
  return new Promise((resolve, reject) => {
    let state: 'starting' | 'ready' | 'ended' = 'starting';
    const end = (error: Error): void => {
      if (state === 'starting') reject(error);
      else if (state === 'ready') onDeath(error);
      state = 'ended';
    };
    worker.on('error', (error) => end(error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', (code) => end(new Error(`the sandbox ended unexpectedly (exit code ${code})`)));
    worker.on('message', (report: WorkerReport) => {
      if (report.kind === 'failed') end(new Error(report.message));
      if (report.kind !== 'ready') return;
      state = 'ready';
      const close = (): Promise<void> => {
        state = 'ended';
        return closeWorker(worker);
      };
      resolve({ url: report.url, app: report.app, close });
    });
  });
}

function throwLater(error: Error): void {
  setImmediate(() => {
    throw error;
  });
}

function closeWorker(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    worker.once('exit', () => resolve());
    worker.postMessage('close');
  });
}
