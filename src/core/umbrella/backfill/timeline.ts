import type { BackfillTask } from './backfill-task.ts';

/** When the tasks of a history were created, for questions about what lies between two moments; all in whole seconds. */
export interface Timeline {
  /** How many tasks were created after the one moment and before the other. */
  readonly countBetween: (one: number, other: number) => number;
  /** The same with those of the first moment, unless both moments are one. */
  readonly countFrom: (first: number, other: number) => number;
  /** The longest time in which no task was created, from the one moment to the other. */
  readonly longestSilence: (one: number, other: number) => number;
}

/** Whole seconds, as GitHub keeps its times; null when it is not known. */
export const secondsOf = (instant: string | null): number | null => {
  const milliseconds = instant === null ? Number.NaN : Date.parse(instant);
  return Number.isNaN(milliseconds) ? null : Math.floor(milliseconds / 1_000);
};

export function buildTimeline(tasks: readonly BackfillTask[]): Timeline {
  const moments = Float64Array.from(tasks.flatMap(({ createdAt }) => secondsOf(createdAt) ?? [])).sort();
  const longest = longestOfRanges(moments);
  return {
    countBetween: (one, other) => {
      const after = placeOf(moments, Math.min(one, other) + 1);
      return Math.max(0, placeOf(moments, Math.max(one, other)) - after);
    },
    countFrom: (first, other) => {
      if (first === other) return 0;
      const [from, to] = first < other ? [first, other] : [other + 1, first + 1];
      return placeOf(moments, to) - placeOf(moments, from);
    },
    longestSilence: (one, other) =>
      longest(placeOf(moments, Math.min(one, other)), placeOf(moments, Math.max(one, other))),
  };
}

/** Place of the first moment that is not before `moment`. */
export function placeOf(moments: ArrayLike<number>, moment: number): number {
  let low = 0;
  let high = moments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((moments[middle] ?? 0) < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The longest step within any range of moments: a sparse table, n log n numbers. */
function longestOfRanges(moments: Float64Array): (from: number, to: number) => number {
  const steps = moments.map((moment, i) => (moments[i + 1] ?? moment) - moment);
  const levels = [steps];
  for (let width = 1; width * 2 < moments.length; width *= 2) {
    const below = levels.at(-1) ?? steps;
    levels.push(below.map((step, i) => Math.max(step, below[i + width] ?? 0)));
  }
  return (from, to) => {
    if (to <= from) return 0;
    const level = Math.min(levels.length - 1, Math.floor(Math.log2(to - from)));
    const table = levels[level] ?? steps;
    return Math.max(table[from] ?? 0, table[to - 2 ** level] ?? 0);
  };
}
