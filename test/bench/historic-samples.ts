import { spawnSync } from 'node:child_process';
import { type CommitGraph, readCommitGraph } from '../../src/core/risk/standing.ts';
import { type BenchSample, mainOf, todaysSample, withRepository } from './trial-samples.ts';

const WINDOWS = 80;
/** Most pull requests are merged long before so many others are. */
const MERGES_PER_WINDOW = 150;
const HEADS_PER_WINDOW = 30;
const TODAY = 300;
/** Of more commits, a head is no pull request but another line of development. */
const LARGEST_HEAD = 500;

/**
 * Pull requests that were open at once: the newest unmerged ones of today on today's base, and through the history of its
 * merges the second parents of the merges that followed a base, as far as they had left it by then.
 */
export async function historicSamples(path: string): Promise<readonly BenchSample[]> {
  const today = await todaysSample(path, TODAY);
  const { commit } = await withRepository(path, mainOf);
  const merges = git(path, ['rev-list', '--first-parent', '--merges', '--parents', commit])
    .split('\n')
    .map((line) => line.split(' '))
    .flatMap(([id, base, head, ...more]) => (id && base && head && more.length === 0 ? [{ base, head }] : []));
  const line = new Map(
    git(path, ['rev-list', '--first-parent', commit])
      .split('\n')
      .map((id, index) => [id, index]),
  );
  const graph = readCommitGraph(git(path, ['rev-list', '--parents', commit]));
  const step = Math.max(1, Math.floor((merges.length - MERGES_PER_WINDOW) / WINDOWS));
  const windows = Array.from({ length: WINDOWS }, (_, index) => index * step).flatMap((start) => {
    const window = merges.slice(start, start + MERGES_PER_WINDOW).reverse();
    const base = window[0]?.base;
    if (base === undefined) return [];
    const place = line.get(base) ?? 0;
    const heads = window
      .filter((merge) => isForkedBefore({ head: merge.head, graph, line, place }))
      .slice(0, HEADS_PER_WINDOW)
      .map(({ head }) => ({ name: head, commit: head }));
    return heads.length < 2 ? [] : [{ repository: path, base, heads }];
  });
  return [today, ...windows];
}

interface Fork {
  readonly head: string;
  readonly graph: CommitGraph;
  readonly line: ReadonlyMap<string, number>;
  readonly place: number;
}

/** Wherever it meets the base must lie behind the window's base, or it would bring the base's own future. */
function isForkedBefore({ head, graph, line, place }: Fork): boolean {
  const seen = new Set<string>();
  const ahead = [head];
  for (let commit = ahead.pop(); commit !== undefined; commit = ahead.pop()) {
    const met = line.get(commit);
    if (met !== undefined && met < place) return false;
    if (met !== undefined || seen.has(commit)) continue;
    seen.add(commit);
    if (seen.size > LARGEST_HEAD) return false;
    ahead.push(...(graph.get(commit) ?? []));
  }
  return true;
}

function git(path: string, args: readonly string[]): string {
  return spawnSync('git', ['-C', path, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 }).stdout;
}
