import { renameSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { specDoc } from '../catalog/index-spec.ts';
import type { Store } from '../catalog/store.ts';
import { frame, MAGIC } from './frames.ts';
import { changeOperation, putOperation } from './journal.ts';
import { fileName } from './recover.ts';

/** The whole content at one instant: stored bytes never change, so references are enough. */
export type Image = { changes: Buffer[]; rows: { collection: number; row: number; bytes: Buffer }[] };

/** Takes the image of the store, synchronously. */
export function imageOf(store: Store): Image {
  const image: Image = { changes: [], rows: [] };
  for (const collection of store.collections()) {
    const { id, database, name } = collection;
    image.changes.push(...changeOperation({ op: 'create', id, database, name }));
    for (const { spec } of collection.indexes.slice(1))
      image.changes.push(...changeOperation({ op: 'createIndex', id, spec: specDoc(spec) }));
    for (const row of collection.rows.values())
      if (row.bytes !== undefined) image.rows.push({ collection: id, row: row.id, bytes: row.bytes });
  }
  return image;
}

const CHUNK = 1_048_576;

/** Writes an image as the snapshot `number`, complete and synced before it gets its name. */
export async function writeSnapshot(folder: string, number: number, image: Image): Promise<void> {
  const path = join(folder, fileName('snapshot', number));
  const file = await open(`${path}.part`, 'w', 0o600);
  try {
    await file.write(MAGIC);
    if (image.changes.length > 0) await file.writev(frame(image.changes));
    for (const parts of chunks(image)) await file.write(Buffer.concat(frame(parts)));
    await file.sync();
  } finally {
    await file.close();
  }
  renameSync(`${path}.part`, path);
  await syncFolder(folder);
}

function* chunks(image: Image): Generator<Buffer[]> {
  let parts: Buffer[] = [];
  let size = 0;
  for (const { collection, row, bytes } of image.rows) {
    parts.push(...putOperation(collection, row, bytes));
    size += bytes.length;
    if (size < CHUNK) continue;
    yield parts;
    parts = [];
    size = 0;
  }
  if (parts.length > 0) yield parts;
}

/** Makes new names in a folder durable. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
