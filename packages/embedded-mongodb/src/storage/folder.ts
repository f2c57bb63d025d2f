import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { CatalogChange, Store } from '../catalog/store.ts';
import { FileJournal } from './file-journal.ts';
import { MAGIC } from './frames.ts';
import type { Journal } from './journal.ts';
import { fileName, recover, removeOlder } from './recover.ts';
import { imageOf, syncFolder, writeSnapshot } from './snapshot.ts';

/** A journal that can be handed out before its folder was read. */
export class FolderJournal implements Journal {
  private inner: FileJournal | undefined;
  private number = 0;
  private snapshot: Promise<void> | undefined;
  private readonly folder: string;
  private readonly sync: boolean;
  private readonly compactAt: number;

  /** `compactAt`: the size of a file, in bytes, below which it is never worth folding. */
  constructor(folder: string, sync: boolean, compactAt = 16 * 1_048_576) {
    this.folder = folder;
    this.sync = sync;
    this.compactAt = compactAt;
  }

  /** Reads the folder into the store and opens the journal for writing. Says how many torn bytes were cut off. */
  async open(store: Store): Promise<{ torn: number }> {
    const { last, size, torn } = recover(this.folder, store);
    this.number = Math.max(last, 1);
    const opened =
      size > 0
        ? { file: await open(join(this.folder, fileName('journal', this.number)), 'r+'), size }
        : await this.create(this.number);
    this.inner = new FileJournal(opened.file, opened.size, this.sync);
    this.inner.onCommit = () => this.consider(store);
    this.consider(store);
    return { torn };
  }

  put(collection: number, row: number, bytes: Buffer): void {
    this.inner?.put(collection, row, bytes);
  }

  remove(collection: number, row: number): void {
    this.inner?.remove(collection, row);
  }

  change(change: CatalogChange): void {
    this.inner?.change(change);
  }

  commit(): void {
    this.inner?.commit();
  }

  settled(): Promise<void> | undefined {
    return this.inner?.settled();
  }

  async close(): Promise<void> {
    await this.snapshot;
    await this.inner?.close();
  }

  /** Folds the journal into a snapshot once it is much longer than what is alive. */
  private consider(store: Store): void {
    if (this.inner === undefined || this.snapshot !== undefined || this.inner.size < this.compactAt) return;
    let live = 0;
    for (const collection of store.collections()) live += collection.bytes;
    if (this.inner.size < live) return;
    this.number += 1;
    const number = this.number;
    const image = imageOf(store);
    this.inner.rotate(() => this.create(number), MAGIC.length);
    this.snapshot = this.fold(number, image, this.inner.settled()).finally(() => {
      this.snapshot = undefined;
    });
  }

  /** The snapshot may replace older files only when the journal has really moved on. A failure leaves them as they are. */
  private async fold(
    number: number,
    image: ReturnType<typeof imageOf>,
    moved: Promise<void> | undefined,
  ): Promise<void> {
    try {
      await moved;
      await writeSnapshot(this.folder, number, image);
      removeOlder(this.folder, number);
    } catch (error) {
      process.emitWarning(`embedded-mongodb: a snapshot failed: ${error instanceof Error ? error.message : ''}`);
    }
  }

  private async create(number: number) {
    const file = await open(join(this.folder, fileName('journal', number)), 'wx+', 0o600);
    await file.write(MAGIC, 0, MAGIC.length, 0);
    if (this.sync) {
      await file.sync();
      await syncFolder(this.folder);
    }
    return { file, size: MAGIC.length };
  }
}
