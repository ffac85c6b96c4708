import { shortHash } from '../short-hash.ts';
import { readHunkHeader } from './hunk-header.ts';
import type { Hunk } from './touched-file.ts';

/** What a file's entry in a pull request says of its difference. */
interface Patch {
  /** From the first `@@` on, with any number of context lines. */
  readonly text: string;
  readonly additions: number;
  readonly deletions: number;
}

/**
 * The changed places of a patch as GitHub shows it, without their context lines. Null for what is no patch, and for one
 * that holds fewer or more changed lines than GitHub counts: it was cut short, and half a difference would look like less.
 */
export function hunksOfPatch({ text, additions, deletions }: Patch): readonly Hunk[] | null {
  const hunks: Hunk[] = [];
  let at: { readonly old: number; readonly new: number } | null = null;
  for (const line of text.split('\n')) {
    const header = readHunkHeader(line);
    if (header !== null) at = startOf(header);
    else if (at === null) return null;
    else at = afterLine(line, at, hunks);
  }
  const isWhole = sum(hunks, 'newLines') === additions && sum(hunks, 'oldLines') === deletions;
  return isWhole ? hunks.map(asGitCounts) : null;
}

interface Position {
  /** The next line of each side. */
  readonly old: number;
  readonly new: number;
}

/** A side without lines names the line before it. */
function startOf({ oldStart, oldLines, newStart, newLines }: Hunk): Position {
  return { old: oldStart + (oldLines === 0 ? 1 : 0), new: newStart + (newLines === 0 ? 1 : 0) };
}

function afterLine(line: string, at: Position, hunks: Hunk[]): Position {
  const sign = line[0];
  if (sign !== '+' && sign !== '-') return sign === ' ' ? { old: at.old + 1, new: at.new + 1 } : at;
  const last = hunks.at(-1);
  const goesOn = last !== undefined && endOf(last).old === at.old && endOf(last).new === at.new;
  const hunk = goesOn ? last : { oldStart: at.old, oldLines: 0, newStart: at.new, newLines: 0 };
  if (goesOn) hunks.pop();
  if (sign === '+') {
    hunks.push({ ...hunk, newLines: hunk.newLines + 1, digest: digestOf(hunk.digest, line) });
    return { ...at, new: at.new + 1 };
  }
  hunks.push({ ...hunk, oldLines: hunk.oldLines + 1 });
  return { ...at, old: at.old + 1 };
}

/** Of lines as a patch has them, with their signs: one after the other, as `hunksOfPatch` meets them. */
export const digestOfLines = (lines: readonly string[]): string => lines.reduce(digestOf, '');

const digestOf = (before: string | undefined, line: string): string => shortHash(`${before ?? ''}${line}`);

const endOf = ({ oldStart, oldLines, newStart, newLines }: Hunk): Position => ({
  old: oldStart + oldLines,
  new: newStart + newLines,
});

/** As `git diff -U0` writes them: a side without lines is named by the line before it. */
const asGitCounts = (hunk: Hunk): Hunk => ({
  ...hunk,
  oldStart: hunk.oldLines === 0 ? hunk.oldStart - 1 : hunk.oldStart,
  newStart: hunk.newLines === 0 ? hunk.newStart - 1 : hunk.newStart,
});

const sum = (hunks: readonly Hunk[], field: 'oldLines' | 'newLines'): number =>
  hunks.reduce((total, hunk) => total + hunk[field], 0);
