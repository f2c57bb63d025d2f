import { Worker } from 'node:worker_threads';
import type { FromWorker, ToWorker, WorkerInput } from './worker.ts';

export type StartOptions = {
  /** Where documents are kept; without it everything lives in memory and is gone with the process. */
  dataDir?: string;
  /** Listen on this TCP port of 127.0.0.1 (0: any free one) instead of a unix socket in the data folder. */
  port?: number;
  socketPath?: string;
  /** `none` acknowledges before the disk has confirmed. */
  sync?: 'fsync' | 'none';
  /** What `$$NOW`, `$currentDate` and TTL indexes take for the time, in milliseconds; the system's time when absent. */
  clock?: () => number;
  /** Told when the database thread ends unasked. By default the process ends with code 1: it cannot go on without its data. */
  onDeath?: (error: Error) => void;
};

export type EmbeddedMongo = {
  /** For the unmodified driver; the database is chosen there (`dbName`). */
  uri: string;
  /** Removes what TTL indexes say has expired by now; also runs each minute. */
  sweep(): Promise<void>;
  /** Answers what was asked, makes it durable, and ends the thread. */
  close(): Promise<void>;
  worker: Worker;
};

/** Starts the database in a thread of its own. Rejects when the data folder is in use or damaged, or the address is taken. */
export function startEmbeddedMongo(options: StartOptions = {}): Promise<EmbeddedMongo> {
  const { clock, onDeath, ...rest } = options;
  const input: WorkerInput = { ...rest, clocked: clock !== undefined };
  const worker = new Worker(new URL('./worker.js', import.meta.url), {
    workerData: input,
    name: 'embedded-mongodb',
    resourceLimits: { maxYoungGenerationSizeMb: 16 },
  });
  if (clock !== undefined) answerTime(worker, clock);
  return ready(worker, onDeath ?? endProcess);
}

function endProcess(error: Error): void {
  process.stderr.write(`embedded-mongodb: ${error.message}\n`);
  process.exit(1);
}

function post(worker: Worker, message: ToWorker): void {
  worker.postMessage(message);
}

function answerTime(worker: Worker, clock: () => number): void {
  worker.on('message', (message: FromWorker) => {
    if (message.kind === 'ask') post(worker, { kind: 'time', ms: clock() });
  });
}

function ready(worker: Worker, onDeath: (error: Error) => void): Promise<EmbeddedMongo> {
  return new Promise((resolve, reject) => {
    const state: { started: boolean; closing: boolean; error: Error | undefined } = {
      started: false,
      closing: false,
      error: undefined,
    };
    worker.on('error', (error) => {
      state.error = error instanceof Error ? error : new Error(String(error));
    });
    worker.on('exit', (code) => {
      const error = state.error ?? new Error(`the database thread ended with code ${code}`);
      if (!state.started) reject(error);
      else if (!state.closing) onDeath(error);
    });
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'refused') reject(new Error(message.message));
      if (message.kind !== 'ready') return;
      state.started = true;
      resolve(handle(worker, message.uri, state));
    });
  });
}

function handle(worker: Worker, uri: string, state: { closing: boolean }): EmbeddedMongo {
  let closed: Promise<void> | undefined;
  let sweeps = 0;
  return {
    uri,
    worker,
    sweep() {
      sweeps += 1;
      return request(worker, { kind: 'sweep', id: sweeps }, sweeps);
    },
    close() {
      state.closing = true;
      closed ??= new Promise<void>((resolve) => {
        worker.once('exit', () => resolve());
        post(worker, { kind: 'close' });
      });
      return closed;
    },
  };
}

function request(worker: Worker, message: ToWorker, id: number): Promise<void> {
  return new Promise((resolve) => {
    const listener = (answer: FromWorker) => {
      if (answer.kind !== 'swept' || answer.id !== id) return;
      worker.off('message', listener);
      resolve();
    };
    worker.on('message', listener);
    post(worker, message);
  });
}
