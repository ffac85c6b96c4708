import { conflictKinds } from '../core/risk/conflict-kinds.ts';
import { diffTrees } from './diff-trees.ts';
import { layOutAttributes } from './lay-out-attributes.ts';
import type { ResolvedHead } from './list-heads.ts';
import { type Repository, runIn } from './open-repository.ts';
import { trialMerges } from './trial-merges.ts';

export interface ReplayOptions {
  readonly base: ResolvedHead;
  /** The newest so many merges of the base's first parents. 2,000 when absent. */
  readonly limit?: number;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** One merge of the past, done again. */
export interface ReplayedMerge {
  readonly commit: string;
  /** When it was committed, UTC. */
  readonly at: string;
  /** Files that it changed on the base. */
  readonly files: readonly string[];
  /** Those that conflicted, so that somebody resolved them by hand. */
  readonly conflicts: readonly string[];
}

export interface FileHistory {
  readonly path: string;
  readonly merges: number;
  readonly conflicts: number;
  /** When it conflicted last; null where it never did. */
  readonly lastConflictAt: string | null;
}

export interface Replay {
  /** The newest first. */
  readonly merges: readonly ReplayedMerge[];
  /** By conflicts, then merges, then path. */
  readonly files: readonly FileHistory[];
  /** Merges that could not be done again: of more than two parents, or with something missing. */
  readonly unknown: number;
  /** Commits of the base's first parents; where none of them is a merge, the base was squashed or rebased onto. */
  readonly commits: number;
}

const DEFAULT_LIMIT = 2000;

/**
 * Does the merges of the base's first-parent history again and tells which files conflicted in them. Attributes are those of
 * the base as it is now. A base whose pull requests were squashed or rebased has no merges to learn from: `merges` is empty
 * while `commits` is not.
 */
export async function replayMerges(repository: Repository, options: ReplayOptions): Promise<Replay> {
  const { base, limit = DEFAULT_LIMIT, onProgress, signal } = options;
  const [line, laidOut] = await Promise.all([loadLine(repository, base), layOutAttributes(repository, base.tree)]);
  const merges = line.filter(({ parents }) => parents.length > 1).slice(0, limit);
  const plain = merges.flatMap(({ parents: [ours, theirs, ...more], ...rest }) =>
    ours !== undefined && theirs !== undefined && more.length === 0 ? [{ ...rest, ours, theirs }] : [],
  );
  let done = 0;
  const aborting = signal === undefined ? {} : { signal };
  const [results, changes] = await Promise.all([
    trialMerges(repository, laidOut.known ? plain : [], {
      ...{ workTree: laidOut.known ? laidOut.value.workTree : '', ...aborting },
      onAnswered: (count) => {
        done += count;
        onProgress?.(done, plain.length);
      },
    }),
    diffTrees(
      repository,
      plain.map(({ oursTree, tree }) => ({ from: oursTree, to: tree })),
      signal,
    ),
  ]);
  const replayed = plain.flatMap(({ commit, at, ours, theirs }, place): readonly ReplayedMerge[] => {
    const [result, change] = [results[place], changes[place]];
    if (!result?.known || !change?.known) return [];
    const conflicts = result.value.isClean ? [] : conflictKinds(result.value, [ours, theirs]).map(({ path }) => path);
    const files = new Set([...change.value.map(({ path }) => path), ...conflicts]);
    return [{ commit, at, files: [...files], conflicts }];
  });
  return {
    merges: replayed,
    files: countByFile(replayed),
    unknown: merges.length - replayed.length,
    commits: line.length,
  };
}

interface PastCommit {
  readonly commit: string;
  readonly tree: string;
  readonly oursTree: string;
  readonly parents: readonly string[];
  readonly at: string;
}

async function loadLine(repository: Repository, base: ResolvedHead): Promise<readonly PastCommit[]> {
  const format = '--format=%H %T %ct %P';
  const args = ['rev-list', '--first-parent', '--no-commit-header', format, base.commit];
  const { stdout } = await runIn(repository, { args });
  const rows = stdout
    .split('\n')
    .slice(0, -1)
    .map((row) => row.split(' '));
  return rows.map(([commit = '', tree = '', seconds = '0', ...parents], place) => ({
    ...{ commit, tree, parents, oursTree: rows[place + 1]?.[1] ?? '' },
    at: new Date(Number(seconds) * 1000).toISOString(),
  }));
}

function countByFile(merges: readonly ReplayedMerge[]): readonly FileHistory[] {
  const counts = new Map<string, { merges: number; conflicts: number; lastConflictAt: string | null }>();
  for (const { files, conflicts, at } of merges) {
    const conflicting = new Set(conflicts);
    for (const path of files) {
      const count = counts.get(path) ?? { merges: 0, conflicts: 0, lastConflictAt: null };
      counts.set(path, count);
      count.merges += 1;
      if (!conflicting.has(path)) continue;
      count.conflicts += 1;
      count.lastConflictAt = count.lastConflictAt !== null && count.lastConflictAt > at ? count.lastConflictAt : at;
    }
  }
  const files = [...counts].map(([path, count]) => ({ path, ...count }));
  return files.sort((a, b) => b.conflicts - a.conflicts || b.merges - a.merges || (a.path < b.path ? -1 : 1));
}
