import { Decimal, toDouble, type Value } from '../bson/types.ts';
import { ServerError } from '../errors.ts';
import { sum } from '../expr/arithmetic.ts';
import { compare, keyOf } from '../values/compare.ts';
import { isNumeric, type Numeric, toNumber } from '../values/numbers.ts';

/** Gathers the values of one field of one group. */
export type Accumulator = { take(value: Value | undefined): void; result(): Value };

function total(): Accumulator {
  let value: Numeric = 0;
  return {
    take(item) {
      if (isNumeric(item)) value = sum(value, item);
    },
    result: () => value,
  };
}

function average(): Accumulator {
  let value: Numeric = 0;
  let count = 0;
  return {
    take(item) {
      if (!isNumeric(item)) return;
      if (item instanceof Decimal) throw new ServerError(238, '$avg of Decimal128 is not implemented');
      value = sum(value, item);
      count += 1;
    },
    result: () => (count === 0 ? null : toDouble(toNumber(value) / count)),
  };
}

function extreme(sign: 1 | -1): () => Accumulator {
  return () => {
    let best: Value | undefined;
    return {
      take(item) {
        if (item === undefined || item === null) return;
        if (best === undefined || compare(item, best) * sign > 0) best = item;
      },
      result: () => best ?? null,
    };
  };
}

function first(): Accumulator {
  let taken = false;
  let value: Value | undefined;
  return {
    take(item) {
      if (!taken) value = item;
      taken = true;
    },
    result: () => value ?? null,
  };
}

function last(): Accumulator {
  let value: Value | undefined;
  return {
    take(item) {
      value = item;
    },
    result: () => value ?? null,
  };
}

function push(): Accumulator {
  const items: Value[] = [];
  return {
    take(item) {
      if (item !== undefined) items.push(item);
    },
    result: () => items,
  };
}

function addToSet(): Accumulator {
  const items = new Map<string, Value>();
  return {
    take(item) {
      if (item !== undefined && !items.has(keyOf(item))) items.set(keyOf(item), item);
    },
    result: () => [...items.values()],
  };
}

function count(): Accumulator {
  let n = 0;
  return {
    take() {
      n += 1;
    },
    result: () => n,
  };
}

/** Every accumulator of `$group` that is accepted. */
export const ACCUMULATORS: Readonly<Record<string, () => Accumulator>> = {
  $sum: total,
  $avg: average,
  $min: extreme(-1),
  $max: extreme(1),
  $first: first,
  $last: last,
  $push: push,
  $addToSet: addToSet,
  $count: count,
};
