import type { Hunk, TouchedFile } from './touched-file.ts';

/** Lines from `start` up to but not including `end`, counted from 0; of an insertion both are the same place. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Which lines of the merge base a hunk replaces. */
export const baseSpan = ({ oldStart, oldLines }: Hunk): Span => spanOf(oldStart, oldLines);

const spanOf = (first: number, lines: number): Span =>
  lines === 0 ? { start: first, end: first } : { start: first - 1, end: first - 1 + lines };

/** What takes a change back. */
export const inverseHunk = ({ oldStart, oldLines, newStart, newLines }: Hunk): Hunk => ({
  oldStart: newStart,
  oldLines: newLines,
  newStart: oldStart,
  newLines: oldLines,
});

/**
 * The same hunks on the lines that another change of the same file leaves behind: two pull requests have different merge
 * bases, and their lines compare only after this. Lines that the other change replaced become the whole replacement; a
 * hunk that only takes out lines which are not there is gone. Both lists are in the order of the file.
 */
export function shiftHunks(hunks: readonly Hunk[], past: readonly Hunk[]): readonly Hunk[] {
  if (past.length === 0) return hunks;
  const steps = past.map((hunk) => ({ from: baseSpan(hunk), to: spanOf(hunk.newStart, hunk.newLines) }));
  return hunks.flatMap((hunk) => {
    const { start, end } = baseSpan(hunk);
    const from = shiftedLine(start, steps, 'start');
    const to = start === end ? from : Math.max(from, shiftedLine(end, steps, 'end'));
    if (from === to && hunk.newLines === 0) return [];
    return { ...hunk, oldStart: from === to ? from : from + 1, oldLines: to - from };
  });
}

/** The same change of a file on the lines that the given changes of its old name leave behind, one after the other. */
export function shiftFile(file: TouchedFile, past: readonly (readonly Hunk[])[]): TouchedFile {
  if (file.hunks === null || file.status === 'added' || past.length === 0) return file;
  return { ...file, hunks: past.reduce<readonly Hunk[]>(shiftHunks, file.hunks) };
}

interface Step {
  readonly from: Span;
  readonly to: Span;
}

function shiftedLine(line: number, steps: readonly Step[], side: 'start' | 'end'): number {
  const index = lastBefore(line, steps, side);
  const step = steps[index];
  const next = steps[index + 1];
  if (next !== undefined && next.from.start < line && line < next.from.end) return next.to[side];
  return step === undefined ? line : line + step.to.end - step.from.end;
}

/** The last step that ends at or before the line; the end of a span does not take in what is inserted right there. */
function lastBefore(line: number, steps: readonly Step[], side: 'start' | 'end'): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const from = steps[middle]?.from;
    const isBefore =
      from !== undefined && (from.end < line || (from.end === line && (side === 'start' || from.start < line)));
    if (isBefore) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
