import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { createServer, type ServerOptions } from './server.ts';

/** What the main thread hands over; functions cannot cross, so its clock is asked through messages. */
export type WorkerInput = Omit<ServerOptions, 'clock' | 'onFatal'> & { clocked: boolean };
export type ToWorker = { kind: 'close' } | { kind: 'sweep'; id: number } | { kind: 'time'; ms: number };
export type FromWorker =
  | { kind: 'ready'; uri: string }
  | { kind: 'refused'; message: string }
  | { kind: 'closed' }
  | { kind: 'ask' }
  | { kind: 'swept'; id: number };

async function main(port: MessagePort, input: WorkerInput): Promise<void> {
  const tell = (message: FromWorker) => port.postMessage(message);
  const questions: ((ms: number) => void)[] = [];
  const ask = () =>
    new Promise<number>((resolve) => {
      questions.push(resolve);
      tell({ kind: 'ask' });
    });
  const { clocked, ...options } = input;
  const fatal = (error: unknown) =>
    setImmediate(() => {
      throw error;
    });
  const server = await createServer({ ...options, onFatal: fatal, ...(clocked ? { clock: ask } : {}) });
  port.on('message', (message: ToWorker) => {
    if (message.kind === 'time') questions.shift()?.(message.ms);
    else if (message.kind === 'sweep') void server.sweep().then(() => tell({ kind: 'swept', id: message.id }));
    else
      void server.close().then(() => {
        tell({ kind: 'closed' });
        port.close();
      });
  });
  tell({ kind: 'ready', uri: server.uri });
}

if (parentPort !== null) {
  const port = parentPort;
  main(port, workerData as WorkerInput).catch((error: unknown) => {
    port.postMessage({
      kind: 'refused',
      message: error instanceof Error ? error.message : String(error),
    } satisfies FromWorker);
    port.close();
  });
}
