import { instantAt } from '../instant-at.ts';
import { refKey } from '../task/identity.ts';
import { isComplete } from '../umbrella/progress.ts';
import type { ReadinessView } from './criterion.ts';
import type { Metrics } from './report-schema.ts';
import { indexOfScope } from './scope-index.ts';

const DAY_MS = 86_400_000;
const MAX_DAYS = 90;

/**
 * How many tasks were in scope, and how many of them complete, at the end of each day in UTC: from the first day of the
 * scope until now, at most 90. A task counts from the day on which it came into the scope, else was made, until it was
 * dropped; and as complete since the day of its present state.
 */
export function burnUp(view: ReadinessView): Metrics['burn_up'] {
  const spans = indexOfScope(view).tasks.map((task) => {
    const { state, since } = view.work.stateOf(task);
    const at = since === null ? null : dayOf(since);
    return {
      from: dayOf(view.facts.scopedAt.get(refKey(task.ref)) ?? task.createdAt),
      complete: isComplete(state) ? at : null,
      dropped: state === 'dropped' ? at : null,
    };
  });
  if (spans.length === 0) return [];
  const today = dayOf(view.facts.now);
  const first = spans.reduce((least, { from }) => Math.min(least, from), today);
  const start = Math.max(first, today - MAX_DAYS + 1);
  const countUntil = (days: readonly number[]): readonly number[] => runningCount(days, start, today);
  const [added, dropped] = [countUntil(spans.map(({ from }) => from)), countUntil(ends(spans, 'dropped'))];
  const complete = countUntil(ends(spans, 'complete'));
  return added.map((count, index) => ({
    day: instantAt((start + index) * DAY_MS).slice(0, 10),
    scope: count - (dropped[index] ?? 0),
    complete: complete[index] ?? 0,
  }));
}

interface Span {
  readonly from: number;
  readonly complete: number | null;
  readonly dropped: number | null;
}

const dayOf = (instant: string): number => Math.floor(Date.parse(instant) / DAY_MS);

/** Never before the task was in scope. */
const ends = (spans: readonly Span[], end: 'complete' | 'dropped'): readonly number[] =>
  spans.flatMap((span) => (span[end] === null ? [] : [Math.max(span[end], span.from)]));

/** How many of `days` lie on or before each day from `start` to `today`. */
function runningCount(days: readonly number[], start: number, today: number): readonly number[] {
  const counts = Array.from({ length: today - start + 1 }, () => 0);
  for (const day of days) {
    const index = Math.max(day - start, 0);
    if (index < counts.length) counts[index] = (counts[index] ?? 0) + 1;
  }
  for (let index = 1; index < counts.length; index += 1) {
    counts[index] = (counts[index] ?? 0) + (counts[index - 1] ?? 0);
  }
  return counts;
}
