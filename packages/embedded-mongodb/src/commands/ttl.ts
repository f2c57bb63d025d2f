import { decode } from '../bson/decode.ts';
import { DateTime } from '../bson/types.ts';
import type { Collection } from '../catalog/collection.ts';
import type { Index } from '../catalog/index.ts';
import type { Store } from '../catalog/store.ts';
import { Edge } from '../values/compare.ts';

const DATE_RANK = 45;

/** Deletes every document whose TTL date lies `expireAfterSeconds` or more before `now`. */
export function sweep(store: Store, now: number): void {
  for (const collection of store.collections()) {
    for (const index of collection.indexes) {
      if (index.spec.expireAfterSeconds !== undefined)
        sweepIndex(collection, index, now - index.spec.expireAfterSeconds * 1000);
    }
  }
}

function sweepIndex(collection: Collection, index: Index, limit: number): void {
  const low = [new Edge(DATE_RANK, -1)];
  const high = [new DateTime(limit)];
  const forwards = index.directions[0] === 1;
  const entries = index.scan({
    low: forwards ? low : high,
    high: forwards ? high : low,
    lowInclusive: true,
    highInclusive: true,
  });
  const rows = new Set([...entries].map((entry) => entry.row));
  for (const row of rows) if (row.bytes !== undefined) collection.delete(row, decode(row.bytes));
}
