import { parentPort, workerData } from 'node:worker_threads';
import * as embedded from 'embedded-mongodb';
import { z } from 'zod';

type Start = (options: { dataDir: string }) => Promise<{ uri: string }>;
const database = z.object({ startEmbeddedMongo: z.custom<Start>((value) => typeof value === 'function') });

// The database in a thread of its own, as the local start runs it.
const { uri } = await database.parse(embedded).startEmbeddedMongo({ dataDir: String(workerData) });
parentPort?.postMessage(uri);
