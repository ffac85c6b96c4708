import type { ChangedFile, LineId, TextHunk } from './base-line.ts';

/** So many lines of a place have to stand together at another one, and so many lines have to be a place. */
const MOVED = 0.7;
const FEWEST_LINES = 2;

/**
 * The files without what only moved: a block that is taken out at one place and put in at another, of the same or another
 * file, is no change. Single lines are left: the same line is often written twice.
 */
export function withoutMoves(files: readonly ChangedFile[]): readonly ChangedFile[] {
  const hunks = files.flatMap((file) => file.hunks ?? []);
  const [gone, come] = [moved(hunks, 'removed', 'added'), moved(hunks, 'added', 'removed')];
  if (gone.size + come.size === 0) return files;
  return files.map((file) => ({
    ...file,
    hunks:
      file.hunks?.map((hunk) => ({
        ...hunk,
        removed: gone.has(hunk) ? [] : hunk.removed,
        added: come.has(hunk) ? [] : hunk.added,
      })) ?? null,
  }));
}

type Side = 'removed' | 'added';

/** The places of which one side stands on the other side of another place. */
function moved(hunks: readonly TextHunk[], from: Side, to: Side): ReadonlySet<TextHunk> {
  const where = new Map<LineId, Set<TextHunk>>();
  for (const hunk of hunks)
    for (const line of hunk[to]) if (line !== 0) where.set(line, (where.get(line) ?? new Set()).add(hunk));
  return new Set(
    hunks.filter((hunk) => {
      const lines = hunk[from].filter((line) => line !== 0);
      if (lines.length < FEWEST_LINES) return false;
      const counts = new Map<TextHunk, number>();
      for (const line of lines)
        for (const other of where.get(line) ?? []) counts.set(other, (counts.get(other) ?? 0) + 1);
      return [...counts].some(([other, count]) => other !== hunk && count >= MOVED * lines.length);
    }),
  );
}
