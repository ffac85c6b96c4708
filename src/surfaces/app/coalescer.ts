interface CoalescerOptions<K, T> {
  /** A batch goes out when nothing was added for this long … */
  readonly quietMs: number;
  /** … or when its first item has waited this long. */
  readonly maxWaitMs: number;
  readonly flush: (key: K, items: readonly T[]) => void;
}

interface Coalescer<K, T> {
  add(key: K, items: readonly T[]): void;
  /** Sends out what has been gathered, at once. */
  flushNow(): void;
  isEmpty(): boolean;
}

interface Batch<T> {
  readonly items: T[];
  readonly startedAt: number;
  timer: NodeJS.Timeout;
}

/** Gathers what arrives in a burst, per key, so that it can be looked up and answered together. */
export function createCoalescer<K, T>({ quietMs, maxWaitMs, flush }: CoalescerOptions<K, T>): Coalescer<K, T> {
  const batches = new Map<K, Batch<T>>();

  const send = (key: K) => {
    const batch = batches.get(key);
    if (batch === undefined) return;
    clearTimeout(batch.timer);
    batches.delete(key);
    flush(key, batch.items);
  };
  const waitLonger = (key: K, startedAt: number) => {
    const leftMs = startedAt + maxWaitMs - Date.now();
    return setTimeout(send, Math.max(0, Math.min(quietMs, leftMs)), key);
  };
  const add = (key: K, items: readonly T[]) => {
    if (items.length === 0) return;
    const startedAt = batches.get(key)?.startedAt ?? Date.now();
    const batch = batches.get(key) ?? { items: [], startedAt, timer: waitLonger(key, startedAt) };
    clearTimeout(batch.timer);
    batch.items.push(...items);
    batch.timer = waitLonger(key, startedAt);
    batches.set(key, batch);
  };
  return {
    add,
    flushNow: () => {
      for (const key of [...batches.keys()]) send(key);
    },
    isEmpty: () => batches.size === 0,
  };
}
