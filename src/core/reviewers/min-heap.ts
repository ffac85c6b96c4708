export interface MinHeap {
  readonly push: (key: number, value: number) => void;
  /** The value of the least key, and of equal keys the least value; null once it is empty. */
  readonly pop: () => { readonly key: number; readonly value: number } | null;
}

/** A binary heap of numbers by their keys. */
export function createMinHeap(): MinHeap {
  const entries: { readonly key: number; readonly value: number }[] = [];
  const isBefore = (one: number, other: number): boolean => {
    const [a, b] = [entries[one], entries[other]];
    return a !== undefined && (b === undefined || a.key < b.key || (a.key === b.key && a.value < b.value));
  };
  const swap = (one: number, other: number): void => {
    const [a, b] = [entries[one], entries[other]];
    if (a === undefined || b === undefined) return;
    entries[one] = b;
    entries[other] = a;
  };
  return {
    push: (key, value) => {
      let at = entries.push({ key, value }) - 1;
      for (let above = (at - 1) >> 1; at > 0 && isBefore(at, above); above = (at - 1) >> 1) {
        swap(at, above);
        at = above;
      }
    },
    pop: () => {
      const first = entries[0] ?? null;
      const last = entries.pop();
      if (first === null || last === undefined || entries.length === 0) return first;
      entries[0] = last;
      for (let at = 0; ; ) {
        const left = 2 * at + 1;
        const least = isBefore(left + 1, left) ? left + 1 : left;
        if (!isBefore(least, at)) return first;
        swap(at, least);
        at = least;
      }
    },
  };
}
