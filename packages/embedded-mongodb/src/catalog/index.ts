import { DateTime, type Doc, type Value } from '../bson/types.ts';
import { ServerError } from '../errors.ts';
import { compileFilter, type Predicate } from '../query/matcher.ts';
import { type Comparable, compare } from '../values/compare.ts';
import { isNumeric, toNumber } from '../values/numbers.ts';
import { splitPath } from '../values/path.ts';
import { show } from '../values/show.ts';
import { type IndexSpec, isIdKey } from './index-spec.ts';
import { type IndexKey, keysOf } from './keys.ts';
import { SortedList } from './sorted-list.ts';

/** A stored document: `bytes` is the current version, undefined after it was deleted. */
export type Row = { readonly id: number; bytes: Buffer | undefined };

export type Entry = { readonly key: IndexKey; readonly row: Row };

/** Bounds of the leading components of an index. */
export type Bounds = {
  low: readonly Comparable[];
  high: readonly Comparable[];
  lowInclusive: boolean;
  highInclusive: boolean;
};

const NO_SCOPE = { root: undefined, current: undefined, now: new DateTime(0), variables: new Map<string, Value>() };

/** One ordered index in memory. A filter found through it is always tested again on the document itself. */
export class Index {
  readonly spec: IndexSpec;
  readonly paths: readonly (readonly string[])[];
  readonly names: readonly string[];
  readonly directions: readonly number[];
  /** For each component, whether any document ever went through an array there. */
  readonly arrays: boolean[];
  readonly unique: boolean;
  private readonly partial: Predicate | undefined;
  private readonly list: SortedList<Entry>;

  constructor(spec: IndexSpec) {
    this.spec = spec;
    this.names = [...spec.key.keys()];
    this.paths = this.names.map(splitPath);
    this.directions = [...spec.key.values()].map((value) => (isNumeric(value) && toNumber(value) < 0 ? -1 : 1));
    this.arrays = this.names.map(() => false);
    this.unique = spec.unique || isIdKey(spec.key);
    this.partial = spec.partial === undefined ? undefined : compileFilter(spec.partial, NO_SCOPE);
    this.list = new SortedList((a, b) => this.order(a.key, b.key, this.names.length) || a.row.id - b.row.id);
  }

  get size(): number {
    return this.list.size;
  }

  /** The keys a document has in this index; none when the index leaves it out. */
  keys(document: Doc): IndexKey[] {
    if (this.partial?.(document) === false) return [];
    const set = keysOf(document, this.paths);
    if (this.spec.sparse && !set.present) return [];
    set.arrays.forEach((through, i) => {
      if (through) this.arrays[i] = true;
    });
    return set.keys;
  }

  /** Throws E11000 when another document has one of these keys. */
  check(keys: readonly IndexKey[], own: Row | undefined, namespace: string): void {
    if (!this.unique) return;
    for (const key of keys) {
      for (const entry of this.scan({ low: key, high: key, lowInclusive: true, highInclusive: true })) {
        if (entry.row !== own) throw this.duplicate(key, namespace);
      }
    }
  }

  add(keys: readonly IndexKey[], row: Row): void {
    for (const key of keys) this.list.add({ key, row });
  }

  remove(keys: readonly IndexKey[], row: Row): void {
    for (const key of keys) this.list.remove({ key, row });
  }

  /** Fills an empty index; throws E11000 when the documents break its uniqueness. */
  build(entries: Entry[], namespace: string): void {
    entries.sort((a, b) => this.order(a.key, b.key, this.names.length) || a.row.id - b.row.id);
    for (let i = 1; this.unique && i < entries.length; i += 1) {
      const [previous, next] = [entries[i - 1], entries[i]];
      if (previous && next && this.order(previous.key, next.key, this.names.length) === 0)
        throw this.duplicate(next.key, namespace);
    }
    this.list.load(entries);
  }

  /** The entries between bounds, in index order. The list must not be changed while this runs. */
  scan(bounds: Bounds): Generator<Entry> {
    const { low, high, lowInclusive, highInclusive } = bounds;
    return this.list.range(
      (entry) => {
        const order = this.order(entry.key, low, low.length);
        return lowInclusive ? order < 0 : order <= 0;
      },
      (entry) => {
        const order = this.order(entry.key, high, high.length);
        return highInclusive ? order <= 0 : order < 0;
      },
    );
  }

  private order(a: readonly Comparable[], b: readonly Comparable[], length: number): number {
    for (let i = 0; i < length; i += 1) {
      const order = compare(a[i], b[i]);
      if (order !== 0) return order * (this.directions[i] ?? 1);
    }
    return 0;
  }

  private duplicate(key: IndexKey, namespace: string): ServerError {
    const value: Doc = new Map(this.names.map((name, i) => [name, key[i] ?? null] as const));
    const text = `E11000 duplicate key error collection: ${namespace} index: ${this.spec.name} dup key: ${show(value)}`;
    return new ServerError(
      11000,
      text,
      new Map<string, Value>([
        ['keyPattern', this.spec.key],
        ['keyValue', value],
      ]),
    );
  }
}
