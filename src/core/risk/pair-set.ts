/** Places of two, the lower first. */
export type Pair = readonly [number, number];

/** Pairs of places, each once, in their order. */
export interface Pairs extends Iterable<Pair> {
  readonly size: number;
  /** In either order. */
  readonly has: (one: number, other: number) => boolean;
}

export interface PairSet extends Pairs {
  /** In either order; false where it was there already, and of a place with itself, which is no pair. */
  readonly add: (one: number, other: number) => boolean;
}

const WORD_BITS = 32;

/**
 * An empty set of pairs of places below `count`. A pair is a bit: of tens of thousands of heads there are hundreds of
 * millions, and a `Set` ends at 2^24 entries.
 */
export function pairSet(count: number, pairs: Iterable<Pair> = []): PairSet {
  /** By the lower place, a bit for each place above it. */
  const rows: (Uint32Array | undefined)[] = new Array(count);
  let size = 0;
  const rowOf = (a: number): Uint32Array => {
    const row = rows[a] ?? new Uint32Array(Math.ceil((count - a - 1) / WORD_BITS));
    rows[a] = row;
    return row;
  };
  const add = (one: number, other: number): boolean => {
    if (one === other) return false;
    const a = Math.min(one, other);
    const at = Math.max(one, other) - a - 1;
    const row = rowOf(a);
    const word = row[at >>> 5] ?? 0;
    const bit = 1 << (at & 31);
    if ((word & bit) !== 0) return false;
    row[at >>> 5] = word | bit;
    size += 1;
    return true;
  };
  for (const [a, b] of pairs) add(a, b);
  return {
    add,
    get size() {
      return size;
    },
    has: (one, other) => {
      const a = Math.min(one, other);
      const at = Math.max(one, other) - a - 1;
      return at >= 0 && ((rows[a]?.[at >>> 5] ?? 0) & (1 << (at & 31))) !== 0;
    },
    [Symbol.iterator]: () => eachPair(rows),
  };
}

function* eachPair(rows: readonly (Uint32Array | undefined)[]): Generator<Pair> {
  for (let a = 0; a < rows.length; a += 1) {
    const row = rows[a];
    const words = row?.length ?? 0;
    for (let index = 0; index < words; index += 1)
      for (let left = row?.[index] ?? 0; left !== 0; left &= left - 1)
        yield [a, a + index * WORD_BITS + WORD_BITS - Math.clz32(left & -left)];
  }
}
