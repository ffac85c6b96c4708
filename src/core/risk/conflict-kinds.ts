import type { MergeResult } from './read-merge-results.ts';

/** A conflict of a merge before its lines are known. */
export interface ConflictKind {
  readonly path: string;
  readonly kind: string;
  /** What meets in it (`UnmergedFile`); empty where no file is unmerged. */
  readonly stages: string;
}

/** git writes those of renamed folders without the space: `CONFLICT(directory rename unclear split)`. */
const TYPE = /^CONFLICT ?\((.+)\)$/;

/**
 * The files in conflict with what kind each is, in git's order. A file of several kinds shows the first that is not plain
 * `content`. Kinds are git's words, shortened to what its messages say: `contents` is `content`, `directory rename
 * suggested` is `file location`, `directory rename unclear split` is `directory rename split`, and all that a submodule
 * may lack is `submodule`. A file that git would lay beside a folder as `path~commit` stands with its own path. A conflict
 * without an unmerged file (a renamed folder that was split) stands with the paths that git names.
 */
export function conflictKinds(
  { unmerged, messages }: MergeResult,
  commits: readonly string[],
): readonly ConflictKind[] {
  const kinds = new Map<string, string>();
  for (const { type, paths } of messages) {
    const kind = TYPE.exec(type)?.[1];
    if (kind === undefined) continue;
    for (const path of paths) if ((kinds.get(path) ?? 'content') === 'content') kinds.set(path, wordOf(kind));
  }
  const found = new Map<string, ConflictKind>();
  const named = unmerged.length > 0 ? unmerged : Array.from(kinds.keys(), (path) => ({ path, stages: '' }));
  for (const { path: laidOut, stages } of named) {
    const path = withoutCommit(laidOut, commits);
    const before = found.get(path);
    const kind = before?.kind ?? kinds.get(laidOut) ?? kinds.get(path) ?? 'content';
    found.set(path, { path, kind, stages: before === undefined ? stages : `${before.stages} ${stages}` });
  }
  return [...found.values()];
}

function withoutCommit(path: string, commits: readonly string[]): string {
  const [, own, commit] = /^(.*)~([0-9a-f]{40,64})(?:_\d+)?$/s.exec(path) ?? [];
  return own !== undefined && commit !== undefined && commits.includes(commit) ? own : path;
}

function wordOf(kind: string): string {
  if (kind === 'contents') return 'content';
  if (kind.startsWith('submodule')) return 'submodule';
  if (kind === 'directory rename unclear split') return 'directory rename split';
  return kind === 'directory rename suggested' ? 'file location' : kind;
}
