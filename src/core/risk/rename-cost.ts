import type { TouchedFile } from './touched-file.ts';

/** New files times removed ones: git compares each with each. */
const MOST_COMPARED = 50_000;
/** Files times merge bases: after criss-cross merges each base takes a diff of its own, which of an old head is a long one. */
const MOST_DIFFED = 2_000;

/**
 * Whether reading with renames what a head changes takes longer than all others together, as a rule; judged by its files
 * against one of its merge bases, read without.
 */
export function isCostly(files: readonly TouchedFile[], mergeBases: number): boolean {
  const count = (status: TouchedFile['status']): number => files.filter((file) => file.status === status).length;
  return count('added') * count('deleted') > MOST_COMPARED || files.length * (mergeBases - 1) > MOST_DIFFED;
}
