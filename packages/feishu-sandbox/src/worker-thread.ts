import { parentPort, workerData } from 'node:worker_threads';
import { type SandboxOptions, startSandbox } from './start.ts';
import type { WorkerReport } from './worker.ts';

const report = (message: WorkerReport): void => parentPort?.postMessage(message);

try {
  const sandbox = await startSandbox(workerData as SandboxOptions);
  parentPort?.once('message', async () => {
    await sandbox.close();
    report({ kind: 'closed' });
    parentPort?.close();
    process.exit(0);
  });
  report({ kind: 'ready', url: sandbox.url, app: sandbox.app });
} catch (error) {
  report({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  process.exit(1);
}
