import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { InboxWriter } from '../../src/ports/inbox.ts';
import { openStore } from '../../src/store/index.ts';

/** The bot's own inbox on an embedded database that begins empty. */
export async function durableInbox(dataDir: string): Promise<InboxWriter> {
  const worker = new Worker(new URL('./database.js', import.meta.url), { workerData: dataDir });
  const [uri] = await once(worker, 'message');
  const stopwatch = {
    now: () => performance.now(),
    sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
  };
  return (await openStore({ uri: String(uri), dbName: 'bench', stopwatch })).inbox;
}
