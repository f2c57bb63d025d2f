import { writeSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import type { CatalogChange } from '../catalog/store.ts';
import { frame } from './frames.ts';
import { changeOperation, type Journal, putOperation, removeOperation } from './journal.ts';

/** Opens the next file of the journal. */
export type Opener = () => Promise<{ file: FileHandle; size: number }>;

/** Units that are written and synced together; `open` comes first when they begin a new file. */
type Batch = {
  parts: Buffer[];
  open: Opener | undefined;
  done: Promise<void>;
  resolve: () => void;
  reject: (error: unknown) => void;
};

function newBatch(open?: Opener): Batch {
  let resolve = () => {};
  let reject: (error: unknown) => void = () => {};
  const done = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  done.catch(() => {});
  return { parts: [], open, done, resolve, reject };
}

/**
 * The journal of a data folder. Commands that arrive while a write is under way share the next write and its fsync.
 * After a failed write nothing is acknowledged any more: memory would be ahead of the disk.
 */
export class FileJournal implements Journal {
  /** Bytes in the current file, with those not yet written. */
  size: number;
  /** Called after each commit; may begin a new file. */
  onCommit: () => void = () => {};
  private file: FileHandle;
  private written: number;
  private readonly sync: boolean;
  private unit: Buffer[] = [];
  private readonly queue: Batch[] = [];
  private current: Batch | undefined;
  private running = false;
  private failure: unknown;

  constructor(file: FileHandle, size: number, sync: boolean) {
    this.file = file;
    this.size = size;
    this.written = size;
    this.sync = sync;
  }

  put(collection: number, row: number, bytes: Buffer): void {
    this.unit.push(...putOperation(collection, row, bytes));
  }

  remove(collection: number, row: number): void {
    this.unit.push(...removeOperation(collection, row));
  }

  change(change: CatalogChange): void {
    this.unit.push(...changeOperation(change));
  }

  commit(): void {
    if (this.unit.length === 0) return;
    const batch = this.queue.at(-1) ?? this.enqueue(newBatch());
    for (const part of frame(this.unit)) {
      batch.parts.push(part);
      this.size += part.length;
    }
    this.unit = [];
    this.wake();
    this.onCommit();
  }

  settled(): Promise<void> | undefined {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    return (this.queue.at(-1) ?? this.current)?.done;
  }

  /** Lets everything committed from now on go to a new file; `size` is what it holds at first. */
  rotate(open: Opener, size: number): void {
    this.enqueue(newBatch(open));
    this.size = size;
    this.wake();
  }

  async close(): Promise<void> {
    await this.settled();
    await this.file.close();
  }

  private enqueue(batch: Batch): Batch {
    this.queue.push(batch);
    return batch;
  }

  /** Begins a round in the next turn of the event loop, so that all requests of this turn share it. */
  private wake(): void {
    if (this.running) return;
    this.running = true;
    setImmediate(() => void this.round());
  }

  private async round(): Promise<void> {
    for (let batch = this.queue.shift(); batch !== undefined; batch = this.queue.shift()) {
      this.current = batch;
      if (this.failure === undefined) await this.write(batch).catch((error: unknown) => this.fail(error));
      if (this.failure === undefined) batch.resolve();
      else batch.reject(this.failure);
    }
    this.current = undefined;
    this.running = false;
  }

  private fail(error: unknown): void {
    this.failure = error ?? new Error('journal failed');
  }

  private async write(batch: Batch): Promise<void> {
    if (batch.open !== undefined) await this.moveOn(batch.open);
    if (batch.parts.length === 0) return;
    const bytes = Buffer.concat(batch.parts);
    let at = 0;
    // Into the page cache at once: only the disk itself is worth waiting for in another thread.
    while (at < bytes.length) at += writeSync(this.file.fd, bytes, at, bytes.length - at, this.written + at);
    this.written += bytes.length;
    if (this.sync) await this.file.datasync();
  }

  private async moveOn(open: Opener): Promise<void> {
    const old = this.file;
    const next = await open();
    this.file = next.file;
    this.written = next.size;
    await old.close();
  }
}
