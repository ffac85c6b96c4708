import { TASK_STATES } from '../task/state.ts';
import type { CountedState, Progress, StateCounts } from './rollup.ts';

/** Counts states: complete are done and integrated, relevant are all but dropped. */
export function progressOf(states: readonly CountedState[]): Progress {
  const counts = countStates(states);
  const complete = counts.done + counts.integrated;
  const relevant = states.length - counts.dropped;
  // Rounded down: 100 % is said only when nothing is left.
  const percentComplete = relevant === 0 ? null : Math.floor((100 * complete) / relevant);
  return { total: states.length, counts, complete, relevant, percentComplete };
}

export const COUNTED_STATES: readonly CountedState[] = [...TASK_STATES, 'unknown'];

function countStates(states: readonly CountedState[]): StateCounts {
  const counts: Record<CountedState, number> = {
    dropped: 0,
    reverted: 0,
    done: 0,
    integrated: 0,
    approved: 0,
    implemented: 0,
    blocked: 0,
    in_progress: 0,
    unblocked: 0,
    unknown: 0,
  };
  for (const state of states) counts[state] += 1;
  return counts;
}

export const isComplete = (state: CountedState): boolean => state === 'done' || state === 'integrated';
