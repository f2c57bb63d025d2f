import { startEmbeddedMongo } from 'embedded-mongodb';
import type { InboxWriter } from '../../src/ports/inbox.ts';
import { openStore } from '../../src/store/index.ts';

/** The bot's own inbox on an embedded database, in a thread of its own, that begins empty. */
export async function durableInbox(dataDir: string): Promise<InboxWriter> {
  const { uri } = await startEmbeddedMongo({ dataDir });
  const stopwatch = {
    now: () => performance.now(),
    sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
  };
  return (await openStore({ uri, dbName: 'bench', stopwatch })).inbox;
}
