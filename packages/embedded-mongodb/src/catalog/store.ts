import type { Doc, Value } from '../bson/types.ts';
import { ServerError } from '../errors.ts';
import type { Journal } from '../storage/journal.ts';
import { Collection } from './collection.ts';
import { type IndexSpec, readIndexSpec, specDoc } from './index-spec.ts';

/** A change of the catalogue, as the journal stores it. */
export type CatalogChange =
  | { op: 'create'; id: number; database: string; name: string }
  | { op: 'drop'; id: number }
  | { op: 'createIndex'; id: number; spec: Doc }
  | { op: 'dropIndex'; id: number; name: string };

/** All databases and collections in memory. Changes go to the journal and become durable with the next commit. */
export class Store {
  readonly databases = new Map<string, Map<string, Collection>>();
  private readonly byId = new Map<number, Collection>();
  private nextId = 1;
  private readonly journal: Journal;

  constructor(journal: Journal) {
    this.journal = journal;
  }

  /** The collection, or undefined when it does not exist. */
  find(database: string, name: string): Collection | undefined {
    return this.databases.get(database)?.get(name);
  }

  /** The collection, created when it does not exist. */
  obtain(database: string, name: string): Collection {
    return this.find(database, name) ?? this.create(database, name);
  }

  create(database: string, name: string): Collection {
    checkNamespace(database, name);
    const collection = this.add(this.nextId, database, name);
    this.journal.change({ op: 'create', id: collection.id, database, name });
    return collection;
  }

  drop(collection: Collection): void {
    this.detach(collection);
    this.journal.change({ op: 'drop', id: collection.id });
  }

  /** Adds an index; says whether it is new. */
  createIndex(collection: Collection, spec: IndexSpec): boolean {
    const created = collection.createIndex(spec);
    if (created) this.journal.change({ op: 'createIndex', id: collection.id, spec: specDoc(spec) });
    return created;
  }

  dropIndex(collection: Collection, name: string): void {
    collection.indexes = collection.indexes.filter((index) => index.spec.name !== name);
    this.journal.change({ op: 'dropIndex', id: collection.id, name });
  }

  /** Every collection there is. */
  collections(): Iterable<Collection> {
    return this.byId.values();
  }

  /** Repeats a change read from the journal; indexes stay empty until `rebuild`. */
  replay(change: CatalogChange, pending: Map<number, IndexSpec[]>): void {
    if (change.op === 'create') {
      this.add(change.id, change.database, change.name);
      return;
    }
    const collection = this.collection(change.id);
    const specs = pending.get(change.id) ?? [];
    if (change.op === 'drop') this.detach(collection);
    else if (change.op === 'createIndex') pending.set(change.id, [...specs, readIndexSpec(change.spec)]);
    else
      pending.set(
        change.id,
        specs.filter((spec) => spec.name !== change.name),
      );
  }

  /** The collection with a journal number; a journal that names an unknown one is damaged. */
  collection(id: number): Collection {
    const collection = this.byId.get(id);
    if (collection === undefined) throw new Error(`The journal names an unknown collection ${id}`);
    return collection;
  }

  /** Fills all indexes after the journal was read. */
  rebuild(pending: ReadonlyMap<number, IndexSpec[]>): void {
    for (const collection of this.byId.values()) {
      collection.rebuild();
      for (const spec of pending.get(collection.id) ?? []) collection.createIndex(spec);
    }
  }

  private add(id: number, database: string, name: string): Collection {
    const collection = new Collection(id, database, name, this.journal);
    const collections = this.databases.get(database) ?? new Map<string, Collection>();
    collections.set(name, collection);
    this.databases.set(database, collections);
    this.byId.set(id, collection);
    this.nextId = Math.max(this.nextId, id + 1);
    return collection;
  }

  private detach(collection: Collection): void {
    this.byId.delete(collection.id);
    const collections = this.databases.get(collection.database);
    collections?.delete(collection.name);
    if (collections?.size === 0) this.databases.delete(collection.database);
    for (const row of collection.rows.values()) row.bytes = undefined;
    collection.rows.clear();
  }
}

/** The catalogue change as a document for the journal. */
export function changeDoc(change: CatalogChange): Doc {
  return new Map<string, Value>(Object.entries(change));
}

/** Reads a catalogue change back; the journal's checksum has vouched for its form. */
export function readChange(document: Doc): CatalogChange {
  return Object.fromEntries(document) as CatalogChange;
}

function checkNamespace(database: string, name: string): void {
  if (name === '' || name.includes('\0') || name.includes('$') || name.startsWith('.') || name.startsWith('system.')) {
    throw new ServerError(73, `Invalid collection name: ${database}.${name}`);
  }
  if (Buffer.byteLength(`${database}.${name}`) > 255)
    throw new ServerError(73, 'Fully qualified namespace is too long');
}
