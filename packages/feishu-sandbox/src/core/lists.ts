/** Adds to the list of this key; returns how many there are now. */
export function pushTo<K, V>(lists: Map<K, V[]>, key: K, value: V): number {
  const list = lists.get(key);
  if (list) return list.push(value);
  lists.set(key, [value]);
  return 1;
}

/** The index of the first item whose number is not below `seq`, in a list that ascends. */
export function indexFrom(list: readonly { seq: number }[], seq: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle]?.seq ?? seq) < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
