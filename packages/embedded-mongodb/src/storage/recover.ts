import { readdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from '../bson/decode.ts';
import type { IndexSpec } from '../catalog/index-spec.ts';
import { readChange, type Store } from '../catalog/store.ts';
import { frames, MAGIC } from './frames.ts';
import { operations } from './journal.ts';

/** What a data folder held: the number and size of its last file, and all bytes that were read. */
export type Recovered = { last: number; size: number; total: number; torn: number };

/** The name of the n-th file of a kind. */
export function fileName(kind: 'journal' | 'snapshot', number: number): string {
  return `${kind}.${String(number).padStart(8, '0')}`;
}

function numbersOf(folder: string, kind: string): number[] {
  return readdirSync(folder)
    .filter((name) => new RegExp(`^${kind}\\.\\d{8}$`).test(name))
    .map((name) => Number(name.slice(-8)))
    .sort((a, b) => a - b);
}

/**
 * Reads a data folder into the store: the newest snapshot, then the journal files from it on. Only the end of the last
 * file can have been under way when a process died; it is cut off there. Damage anywhere else is refused.
 */
export function recover(folder: string, store: Store): Recovered {
  for (const name of readdirSync(folder)) if (name.endsWith('.part')) rmSync(join(folder, name));
  const snapshot = numbersOf(folder, 'snapshot').at(-1);
  const journals = numbersOf(folder, 'journal').filter((number) => number >= (snapshot ?? 0));
  const pending = new Map<number, IndexSpec[]>();
  let total = 0;
  let torn = 0;
  if (snapshot !== undefined)
    total += replayFile(join(folder, fileName('snapshot', snapshot)), store, pending, true).size;
  let size = 0;
  for (const [i, number] of journals.entries()) {
    const last = i === journals.length - 1;
    const result = replayFile(join(folder, fileName('journal', number)), store, pending, !last);
    size = result.size;
    torn = result.torn;
    total += size;
  }
  store.rebuild(pending);
  removeOlder(folder, snapshot);
  const last = journals.at(-1) ?? snapshot ?? 0;
  return { last, size, total, torn };
}

/** Deletes the files a snapshot has replaced. */
export function removeOlder(folder: string, snapshot: number | undefined): void {
  if (snapshot === undefined) return;
  for (const kind of ['journal', 'snapshot'] as const) {
    for (const number of numbersOf(folder, kind)) if (number < snapshot) rmSync(join(folder, fileName(kind, number)));
  }
}

function replayFile(
  path: string,
  store: Store,
  pending: Map<number, IndexSpec[]>,
  whole: boolean,
): { size: number; torn: number } {
  const file = readFileSync(path);
  if (file.length < MAGIC.length && !whole) return restart(path, file.length);
  if (!file.subarray(0, MAGIC.length).equals(MAGIC)) throw new Error(`${path} is not a journal of this version`);
  let size = MAGIC.length;
  for (const { payload, end } of frames(file)) {
    replayUnit(payload, store, pending);
    size = end;
  }
  const torn = file.length - size;
  if (torn > 0 && whole) throw new Error(`${path} is damaged at byte ${size}`);
  if (torn > 0) cutOff(path, file, size);
  return { size, torn };
}

/** A file that died before its first line was complete holds nothing. */
function restart(path: string, torn: number): { size: number; torn: number } {
  writeFileSync(path, MAGIC, { mode: 0o600 });
  return { size: MAGIC.length, torn };
}

/** Cuts a torn end off; the bytes are kept beside the file, in case somebody wants to look. */
function cutOff(path: string, file: Buffer, size: number): void {
  writeFileSync(`${path}.torn.new`, file.subarray(size), { mode: 0o600 });
  renameSync(`${path}.torn.new`, `${path}.torn`);
  truncateSync(path, size);
}

function replayUnit(payload: Buffer, store: Store, pending: Map<number, IndexSpec[]>): void {
  for (const operation of operations(payload)) {
    if (operation.kind === 'change') store.replay(readChange(decode(operation.bytes)), pending);
    else if (operation.kind === 'put') store.collection(operation.collection).restore(operation.row, operation.bytes);
    else store.collection(operation.collection).forget(operation.row);
  }
}
