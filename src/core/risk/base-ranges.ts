import { baseSpan } from './base-lines.ts';
import type { LineRange } from './pair-risk.ts';
import type { Hunk } from './touched-file.ts';

/**
 * Which lines of the base conflicts stand in, given their lines in the merged text (markers included, as `conflictRanges`
 * tells them) and what that text changes of the base. Markers are in no base, so each stands in some hunk. Where both
 * sides only put lines in, it is the line after which they do, or the first.
 */
export function baseRanges(marked: readonly LineRange[], hunks: readonly Hunk[]): readonly LineRange[] {
  const around = (line: number): Hunk | undefined =>
    hunks.find(({ newStart, newLines }) => newStart <= line && line < newStart + newLines);
  return marked.flatMap(({ from, to }) => {
    const [first, last] = [around(from), around(to)];
    if (first === undefined || last === undefined) return [];
    const [start, end] = [baseSpan(first).start, baseSpan(last).end];
    return start === end ? { from: Math.max(1, start), to: Math.max(1, start) } : { from: start + 1, to: end };
  });
}
