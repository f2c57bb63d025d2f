import type { Out, OutDoc } from '../bson/types.ts';
import { ServerError } from '../errors.ts';

const MAX_BATCH_BYTES = 16 * 1024 * 1024;
const IDLE_MS = 600_000;
const MAX_CURSORS = 1000;

type Cursor = { namespace: string; rest: Iterator<Buffer>; usedAt: number; next: Buffer | undefined };

/** Open cursors; idle ones go after ten minutes, the oldest when there are too many. */
export class Cursors {
  private readonly open = new Map<bigint, Cursor>();
  private lastId = BigInt(Math.floor(Math.random() * 2 ** 40)) << 8n;

  /** The first batch of a result, with a cursor when there is more. `fix` turns the rest into one that later writes cannot disturb. */
  first(
    namespace: string,
    results: Iterator<Buffer>,
    batchSize: number,
    single: boolean,
    fix: (rest: Iterator<Buffer>) => Iterator<Buffer>,
  ): OutDoc {
    const cursor: Cursor = { namespace, rest: results, usedAt: performance.now(), next: undefined };
    const { batch, done } = take(cursor, batchSize);
    let id = 0n;
    if (!done && !single) {
      cursor.rest = fix(cursor.rest);
      id = this.keep(cursor);
    }
    return reply('firstBatch', batch, id, namespace);
  }

  /** The next batch. */
  more(id: bigint, namespace: string, batchSize: number): OutDoc {
    const cursor = this.open.get(id);
    if (cursor === undefined) throw new ServerError(43, `cursor id ${id} not found`);
    if (cursor.namespace !== namespace)
      throw new ServerError(
        13,
        `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
      );
    cursor.usedAt = performance.now();
    const { batch, done } = take(cursor, batchSize);
    if (done) this.open.delete(id);
    return reply('nextBatch', batch, done ? 0n : id, namespace);
  }

  /** Closes a cursor; says whether it was open. */
  kill(id: bigint): boolean {
    return this.open.delete(id);
  }

  /** Closes what nobody has used for long. */
  expire(): void {
    for (const [id, cursor] of this.open) if (performance.now() - cursor.usedAt > IDLE_MS) this.open.delete(id);
  }

  private keep(cursor: Cursor): bigint {
    if (this.open.size >= MAX_CURSORS) for (const id of [...this.open.keys()].slice(0, 1)) this.open.delete(id);
    this.lastId += 1n + BigInt(Math.floor(Math.random() * 255));
    this.open.set(this.lastId, cursor);
    return this.lastId;
  }
}

function take(cursor: Cursor, batchSize: number): { batch: Buffer[]; done: boolean } {
  const batch: Buffer[] = [];
  let size = 0;
  while (batch.length < batchSize) {
    const item = cursor.next ?? advance(cursor);
    cursor.next = undefined;
    if (item === undefined) return { batch, done: true };
    size += item.length;
    if (batch.length > 0 && size > MAX_BATCH_BYTES) {
      cursor.next = item;
      return { batch, done: false };
    }
    batch.push(item);
  }
  return { batch, done: false };
}

function advance(cursor: Cursor): Buffer | undefined {
  const result = cursor.rest.next();
  return result.done === true ? undefined : result.value;
}

function reply(field: string, batch: Buffer[], id: bigint, namespace: string): OutDoc {
  const cursor: OutDoc = new Map<string, Out>([
    [field, batch],
    ['id', id],
    ['ns', namespace],
  ]);
  return new Map<string, Out>([['cursor', cursor]]);
}
