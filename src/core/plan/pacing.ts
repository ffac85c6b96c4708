/** At most `count` writes in any `ms` milliseconds. */
export interface PaceLimit {
  readonly count: number;
  readonly ms: number;
}

/**
 * What GitHub asks of whoever creates content: a second between writes, at most 80 a minute and 500 an hour. GitHub counts
 * when a request arrives, we when it is sent: the windows are longer by two seconds.
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
 */
export const CONTENT_PACE: readonly PaceLimit[] = [
  { count: 1, ms: 1000 },
  { count: 80, ms: 62_000 },
  { count: 500, ms: 3_602_000 },
];

/** No write before this can matter. */
export const PACE_MEMORY_MS = 3_602_000;

/** Milliseconds until the next write fits, 0 when it fits now. `writes`: when the earlier ones were sent, in any order. */
export function planPacing(
  writes: readonly number[],
  nowMs: number,
  limits: readonly PaceLimit[] = CONTENT_PACE,
): number {
  const sorted = writes.filter((at) => at <= nowMs).toSorted((a, b) => a - b);
  const waits = limits.map(({ count, ms }) => {
    const oldest = sorted[sorted.length - count];
    return oldest === undefined ? 0 : oldest + ms - nowMs;
  });
  return Math.max(0, ...waits);
}

/** Seconds that so many writes last at least. `earlier`: when those before them were sent, ascending. */
export function secondsAtPace(writes: number, earlier: readonly number[] = [], startMs = 0): number {
  const sent = earlier.filter((at) => at <= startMs);
  let nowMs = startMs;
  for (let index = 0; index < writes; index += 1) {
    nowMs += planPacing(sent.slice(-MOST_COUNTED), nowMs);
    sent.push(nowMs);
  }
  return Math.ceil((nowMs - startMs) / 1000);
}

const MOST_COUNTED = Math.max(...CONTENT_PACE.map(({ count }) => count));
