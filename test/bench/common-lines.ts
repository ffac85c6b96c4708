import { inverseHunk, shiftFile } from '../../src/core/risk/base-lines.ts';
import type { TouchedFile } from '../../src/core/risk/touched-file.ts';
import type { ConflictRows, RecordedPair, RecordedPullRequest } from './conflict-rows.ts';

/** One recorded pair as it stood just before the first was merged. */
export interface LivePair {
  readonly first: readonly TouchedFile[];
  readonly second: readonly TouchedFile[];
}

/**
 * Puts the hunks of both on the lines of the main line just before the first was merged, where a live reader sees them.
 *
 * The rows hold final patches, on merge bases that they do not name. A `reconstructed` pair's second was rebased past the
 * first, so that its lines count what the first had put in: the changes that lie between are taken back. Others began
 * earlier: what was merged since is added. A merge base lies before the oldest change that a pull request did not contain
 * when it was merged (`final-head`), else right before its own merge. The kind of a pair serves for nothing else.
 */
export function commonLines(rows: ConflictRows): (pair: RecordedPair) => LivePair {
  const baseOf = mergeBases(rows);
  const changes = changesByPath(rows);
  const move = (files: readonly TouchedFile[], from: number, to: number): readonly TouchedFile[] =>
    from === to ? files : files.map((file) => movedFile(file, { changes, from, to }));
  return (pair) => {
    const first = rows.pullRequests.get(pair.first);
    const second = rows.pullRequests.get(pair.second);
    if (first === undefined || second === undefined) throw new Error(`A pair names a pull request that has no row.`);
    const now = first.mainPosition - 1;
    const base = baseOf(second);
    return {
      first: move(first.files, Math.min(baseOf(first), now), now),
      second:
        pair.secondFiles ?? move(second.files, pair.kind === 'reconstructed' ? Math.max(base, now + 1) : base, now),
    };
  };
}

/** The hunks as the rows hold them, on whatever lines they stand. */
export const recordedLines =
  ({ pullRequests }: ConflictRows) =>
  ({ first, second, secondFiles }: RecordedPair): LivePair => ({
    first: pullRequests.get(first)?.files ?? [],
    second: secondFiles ?? pullRequests.get(second)?.files ?? [],
  });

function mergeBases({ pairs, pullRequests }: ConflictRows): (pullRequest: RecordedPullRequest) => number {
  const missed = new Map<number, number>();
  for (const { first, second, kind } of pairs) {
    const position = pullRequests.get(first)?.mainPosition;
    if (kind !== 'final-head' || position === undefined) continue;
    missed.set(second, Math.min(missed.get(second) ?? position, position));
  }
  return ({ index, mainPosition }) => Math.min(missed.get(index) ?? mainPosition, mainPosition) - 1;
}

interface PlacedChange {
  readonly position: number;
  readonly file: TouchedFile;
}

function changesByPath({ pullRequests }: ConflictRows): ReadonlyMap<string, readonly PlacedChange[]> {
  const changes = new Map<string, PlacedChange[]>();
  const inOrder = [...pullRequests.values()].sort((one, other) => one.mainPosition - other.mainPosition);
  for (const { mainPosition: position, files } of inOrder) {
    for (const file of files) {
      const known = changes.get(file.path) ?? [];
      known.push({ position, file });
      changes.set(file.path, known);
    }
  }
  return changes;
}

interface Move {
  readonly changes: ReadonlyMap<string, readonly PlacedChange[]>;
  readonly from: number;
  readonly to: number;
}

/** Follows the file under the name that it has in its merge base; renames on the way are not followed. */
function movedFile(file: TouchedFile, { changes, from, to }: Move): TouchedFile {
  const all = changes.get(file.oldPath ?? file.path) ?? [];
  const [low, high] = from < to ? [from, to] : [to, from];
  const between = all.filter(({ position }) => low < position && position <= high);
  const past = between.map(({ file: one }) => one.hunks ?? []);
  return shiftFile(file, from < to ? past : past.reverse().map((hunks) => hunks.map(inverseHunk)));
}
