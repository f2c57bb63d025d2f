import { randomBytes } from 'node:crypto';
import { decode } from '../bson/decode.ts';
import { Binary, type Doc } from '../bson/types.ts';
import { ServerError } from '../errors.ts';
import type { Journal } from '../storage/journal.ts';
import { equal } from '../values/compare.ts';
import { type Entry, Index, type Row } from './index.ts';
import { type IndexSpec, idSpec, isIdKey, sameOptions } from './index-spec.ts';

export const MAX_DOCUMENT = 16 * 1024 * 1024;

/** One collection: its rows in insertion order, its indexes, and the journal every change is handed to. */
export class Collection {
  readonly id: number;
  readonly database: string;
  name: string;
  readonly uuid = new Binary(4, uuid());
  readonly rows = new Map<number, Row>();
  indexes: Index[] = [new Index(idSpec())];
  bytes = 0;
  private nextRow = 1;
  private readonly journal: Journal;

  constructor(id: number, database: string, name: string, journal: Journal) {
    this.id = id;
    this.database = database;
    this.name = name;
    this.journal = journal;
  }

  get namespace(): string {
    return `${this.database}.${this.name}`;
  }

  /** Adds a document whose bytes are `bytes`; throws E11000 and changes nothing when a key is taken. */
  insert(bytes: Buffer, document: Doc): Row {
    checkSize(bytes);
    const keys = this.indexes.map((index) => index.keys(document));
    this.indexes.forEach((index, i) => {
      index.check(keys[i] ?? [], undefined, this.namespace);
    });
    const row: Row = { id: this.nextRow, bytes };
    this.nextRow += 1;
    this.indexes.forEach((index, i) => {
      index.add(keys[i] ?? [], row);
    });
    this.rows.set(row.id, row);
    this.bytes += bytes.length;
    this.journal.put(this.id, row.id, bytes);
    return row;
  }

  /** Replaces a row's document; throws E11000 and changes nothing when a key is taken. */
  update(row: Row, before: Doc, bytes: Buffer, after: Doc): void {
    checkSize(bytes);
    const old = this.indexes.map((index) => index.keys(before));
    const keys = this.indexes.map((index) => index.keys(after));
    this.indexes.forEach((index, i) => {
      index.check(keys[i] ?? [], row, this.namespace);
    });
    this.indexes.forEach((index, i) => {
      const [was, is] = [old[i] ?? [], keys[i] ?? []];
      if (was.length === is.length && was.every((key, k) => equal([...key], [...(is[k] ?? [])]))) return;
      index.remove(was, row);
      index.add(is, row);
    });
    this.bytes += bytes.length - (row.bytes?.length ?? 0);
    row.bytes = bytes;
    this.journal.put(this.id, row.id, bytes);
  }

  /** Deletes a row. */
  delete(row: Row, document: Doc): void {
    for (const index of this.indexes) index.remove(index.keys(document), row);
    this.rows.delete(row.id);
    this.bytes -= row.bytes?.length ?? 0;
    row.bytes = undefined;
    this.journal.remove(this.id, row.id);
  }

  /** Puts a row back as the journal has it; indexes are filled afterwards by `rebuild`. */
  restore(id: number, bytes: Buffer): void {
    this.bytes += bytes.length - (this.rows.get(id)?.bytes?.length ?? 0);
    this.rows.set(id, { id, bytes });
    this.nextRow = Math.max(this.nextRow, id + 1);
  }

  /** Forgets a row as the journal says. */
  forget(id: number): void {
    this.bytes -= this.rows.get(id)?.bytes?.length ?? 0;
    this.rows.delete(id);
  }

  /** Fills all indexes from the rows, once, after the journal was read. */
  rebuild(): void {
    this.indexes = this.indexes.map((index) => this.built(index.spec));
  }

  /** Adds an index unless an equal one exists; says whether it did. */
  createIndex(spec: IndexSpec): boolean {
    if (isIdKey(spec.key)) return false;
    for (const { spec: other } of this.indexes) {
      const sameKey = equal(other.key, spec.key) && equal(other.partial, spec.partial);
      if (other.name === spec.name) {
        if (sameKey && sameOptions(other, spec)) return false;
        throw new ServerError(
          86,
          `An existing index has the same name as the requested index. Requested index: ${spec.name}`,
        );
      }
      if (sameKey) throw new ServerError(85, `Index already exists with a different name or options: ${other.name}`);
    }
    this.indexes = [...this.indexes, this.built(spec)];
    return true;
  }

  private built(spec: IndexSpec): Index {
    const index = new Index(spec);
    const entries: Entry[] = [];
    for (const row of this.rows.values()) {
      if (row.bytes === undefined) continue;
      for (const key of index.keys(decode(row.bytes))) entries.push({ key, row });
    }
    index.build(entries, this.namespace);
    return index;
  }
}

function checkSize(bytes: Buffer): void {
  if (bytes.length > MAX_DOCUMENT)
    throw new ServerError(
      10334,
      `BSONObj size: ${bytes.length} is invalid. Size must be between 0 and ${MAX_DOCUMENT}`,
    );
}

function uuid(): Buffer {
  const bytes = randomBytes(16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes;
}
