import type { LineRange } from './pair-risk.ts';

/**
 * Where conflict markers stand, in lines of the merged text, from `<<<<<<<` to `>>>>>>>` with both. Only markers with the names of the
 * two commits that were merged count: a file may well contain others.
 */
export function conflictRanges(text: string, ours: string, theirs: string): readonly LineRange[] {
  const ranges: LineRange[] = [];
  let from: number | null = null;
  for (const [index, line] of text.split('\n').entries()) {
    if (isMarker(line, '<', ours)) from = index + 1;
    else if (from !== null && isMarker(line, '>', theirs)) {
      ranges.push({ from, to: index + 1 });
      from = null;
    }
  }
  return ranges;
}

/** At least 7, or as many as the `conflict-marker-size` attribute wants; after a rename the name is `commit:path`. */
function isMarker(line: string, sign: '<' | '>', commit: string): boolean {
  if (!line.startsWith(sign)) return false;
  const named = /^[<>]+ (.*)$/.exec(line.trimEnd())?.[1];
  return named === commit || named?.startsWith(`${commit}:`) === true;
}
