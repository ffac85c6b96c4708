import { inWords } from '../in-words.ts';
import type { Progress, StateCounts } from './rollup.ts';

export const percentWords = ({ percentComplete }: Progress): string =>
  percentComplete === null ? 'nothing to do' : `${percentComplete} %`;

/** `3 done`, `2 in progress`, in the order of the state table; states with none are left out. */
export const countWords = (counts: Partial<StateCounts>): readonly string[] =>
  Object.entries(counts).flatMap(([state, count]) => (count > 0 ? [`${count} ${inWords(state)}`] : []));
