import { baseSpan } from './base-lines.ts';
import type { LineRange } from './pair-risk.ts';
import type { Hunk } from './touched-file.ts';

/**
 * Which lines of the base conflicts stand in, given their lines in the merged text (markers included, as `conflictRanges`
 * tells them) and what that text changes of the base. Markers are in no base, so each stands in some hunk. Where both
 * sides only put lines in, it is the line after which they do, or the first. Conflicts that share lines of the base are one.
 */
export function baseRanges(marked: readonly LineRange[], hunks: readonly Hunk[]): readonly LineRange[] {
  const around = (line: number): Hunk | undefined =>
    hunks.find(({ newStart, newLines }) => newStart <= line && line < newStart + newLines);
  const ranges = marked.flatMap(({ from, to }) => {
    const [first, last] = [around(from), around(to)];
    if (first === undefined || last === undefined) return [];
    const [start, end] = [baseSpan(first).start, baseSpan(last).end];
    return start === end ? { from: Math.max(1, start), to: Math.max(1, start) } : { from: start + 1, to: end };
  });
  return joinOverlapping(ranges);
}

function joinOverlapping(ranges: readonly LineRange[]): readonly LineRange[] {
  const joined: LineRange[] = [];
  for (const range of ranges.toSorted((one, other) => one.from - other.from)) {
    const last = joined.at(-1);
    if (last === undefined || range.from > last.to) joined.push(range);
    else joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, range.to) };
  }
  return joined;
}
