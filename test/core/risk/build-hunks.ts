import fc from 'fast-check';
import type { Hunk, TouchedFile } from '../../../src/core/risk/touched-file.ts';

/** `build('12,3+4')`: three lines from 12 on become four; `build('12,0+2')`: two lines are put in after line 12. */
export function buildHunk(text: string): Hunk {
  const [, oldStart, oldLines, newLines] = (/^(\d+),(\d+)\+(\d+)$/.exec(text) ?? []).map(Number);
  if (oldStart === undefined || oldLines === undefined || newLines === undefined) throw new Error(`No hunk: ${text}`);
  const before = oldLines === 0 ? oldStart : oldStart - 1;
  return { oldStart, oldLines, newStart: newLines === 0 ? before : before + 1, newLines };
}

export const buildFile = (path: string, ...hunks: readonly string[]): TouchedFile => ({
  path,
  status: 'modified',
  hunks: hunks.map(buildHunk),
});

/** Hunks in the order of one file, at least one unchanged line apart, as git writes them. */
export const anyHunks: fc.Arbitrary<readonly Hunk[]> = fc
  .array(fc.tuple(fc.nat(9), fc.nat(4), fc.nat(4)), { maxLength: 6 })
  .map((parts) => {
    let [oldLine, newLine] = [0, 0];
    return parts
      .filter(([, oldLines, newLines]) => oldLines + newLines > 0)
      .map(([kept, oldLines, newLines]) => {
        oldLine += kept + 1;
        newLine += kept + 1;
        const hunk = {
          oldStart: oldLines === 0 ? oldLine : oldLine + 1,
          oldLines,
          newStart: newLines === 0 ? newLine : newLine + 1,
          newLines,
        };
        oldLine += oldLines;
        newLine += newLines;
        return hunk;
      });
  });
