import { encode } from '../bson/encode.ts';
import { type CatalogChange, changeDoc } from '../catalog/store.ts';

const PUT = 1;
const REMOVE = 2;
const CHANGE = 3;

/** Where changes go. `commit` makes what was handed over one unit on disk; `settled` waits until all of it is durable. */
export interface Journal {
  put(collection: number, row: number, bytes: Buffer): void;
  remove(collection: number, row: number): void;
  change(change: CatalogChange): void;
  /** Closes the unit of one command. */
  commit(): void;
  /** Resolves when everything committed so far is durable; undefined when it already is. */
  settled(): Promise<void> | undefined;
  close(): Promise<void>;
}

/** The journal of a database that lives in memory only. */
export const NO_JOURNAL: Journal = {
  put() {},
  remove() {},
  change() {},
  commit() {},
  settled: () => undefined,
  close: () => Promise.resolve(),
};

/** A change read back from the journal. */
export type Operation =
  | { kind: 'put'; collection: number; row: number; bytes: Buffer }
  | { kind: 'remove'; collection: number; row: number }
  | { kind: 'change'; bytes: Buffer };

const HEAD = 11;

/** The bytes of a stored document in the journal, in front of which its place stands. */
export function putOperation(collection: number, row: number, bytes: Buffer): Buffer[] {
  return [head(PUT, collection, row), bytes];
}

export function removeOperation(collection: number, row: number): Buffer[] {
  return [head(REMOVE, collection, row)];
}

export function changeOperation(change: CatalogChange): Buffer[] {
  return [head(CHANGE, 0, 0), encode(changeDoc(change))];
}

function head(kind: number, collection: number, row: number): Buffer {
  const bytes = Buffer.allocUnsafe(HEAD);
  bytes[0] = kind;
  bytes.writeUInt32LE(collection, 1);
  bytes.writeUIntLE(row, 5, 6);
  return bytes;
}

/** Takes a frame's payload apart; documents are copied out of it. */
export function* operations(payload: Buffer): Generator<Operation> {
  let at = 0;
  while (at < payload.length) {
    const kind = payload[at];
    const collection = payload.readUInt32LE(at + 1);
    const row = payload.readUIntLE(at + 5, 6);
    at += HEAD;
    if (kind === REMOVE) {
      yield { kind: 'remove', collection, row };
      continue;
    }
    const length = payload.readInt32LE(at);
    const bytes = Buffer.from(payload.subarray(at, at + length));
    at += length;
    if (kind === PUT) yield { kind: 'put', collection, row, bytes };
    else if (kind === CHANGE) yield { kind: 'change', bytes };
    else throw new Error(`The journal holds an unknown operation ${kind}`);
  }
}
