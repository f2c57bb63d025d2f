const BLOCK = 256;

/** An ordered list in blocks: finding is logarithmic, inserting moves at most one block. */
export class SortedList<T> {
  private blocks: T[][] = [[]];
  private readonly order: (a: T, b: T) => number;
  size = 0;

  constructor(order: (a: T, b: T) => number) {
    this.order = order;
  }

  /** Adds an item that is not in the list yet. */
  add(item: T): void {
    const place = this.find((other) => this.order(other, item) < 0);
    const block = this.blocks[place.block] ?? [];
    block.splice(place.at, 0, item);
    this.size += 1;
    if (block.length > BLOCK * 2) this.blocks.splice(place.block, 1, block.slice(0, BLOCK), block.slice(BLOCK));
  }

  /** Removes the item that compares equal, if it is there. */
  remove(item: T): void {
    const place = this.find((other) => this.order(other, item) < 0);
    const block = this.blocks[place.block];
    const found = block?.[place.at];
    if (block === undefined || found === undefined || this.order(found, item) !== 0) return;
    block.splice(place.at, 1);
    this.size -= 1;
    if (block.length === 0 && this.blocks.length > 1) this.blocks.splice(place.block, 1);
  }

  /** Replaces the content by items that are already in order. */
  load(items: readonly T[]): void {
    this.size = items.length;
    this.blocks = [];
    for (let i = 0; i < items.length; i += BLOCK) this.blocks.push(items.slice(i, i + BLOCK));
    if (this.blocks.length === 0) this.blocks.push([]);
  }

  /** The items from the first that is not `before` on, while `within` holds. */
  *range(before: (item: T) => boolean, within: (item: T) => boolean): Generator<T> {
    const start = this.find(before);
    for (let b = start.block; b < this.blocks.length; b += 1) {
      const block = this.blocks[b] ?? [];
      for (let i = b === start.block ? start.at : 0; i < block.length; i += 1) {
        const item = block[i];
        if (item === undefined || !within(item)) return;
        yield item;
      }
    }
  }

  private find(before: (item: T) => boolean): { block: number; at: number } {
    let low = 0;
    let high = this.blocks.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      const last = this.blocks[middle]?.at(-1);
      if (last !== undefined && before(last)) low = middle + 1;
      else high = middle;
    }
    return { block: low, at: firstNot(this.blocks[low] ?? [], before) };
  }
}

function firstNot<T>(block: readonly T[], before: (item: T) => boolean): number {
  let low = 0;
  let high = block.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = block[middle];
    if (item !== undefined && before(item)) low = middle + 1;
    else high = middle;
  }
  return low;
}
