import type { ChangedFile } from '../core/readiness/presence/base-line.ts';
import type { WalkedCommit } from '../core/readiness/presence/gather-steps.ts';
import type { LineTable } from '../core/readiness/presence/line-table.ts';
import { readTreeChanges } from '../core/readiness/presence/read-tree-changes.ts';
import { resolveHeads } from './list-heads.ts';
import type { Repository } from './open-repository.ts';
import { runBatch } from './run-batch.ts';

interface ChangeReading {
  readonly commits: readonly Pick<WalkedCommit, 'sha' | 'tree' | 'parents'>[];
  readonly table: LineTable;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

const EMPTY_TREES = {
  sha1: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  sha256: '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321',
} as const;
const TREE_CHANGES: readonly string[] = [
  ...['diff-tree', '--stdin', '-r', '-M', '--raw', '-p', '-U0', '-z', '--no-abbrev'],
  ...['--no-color', '--no-ext-diff', '--no-textconv'],
];

/**
 * What each commit changed against its first parent, in order. Null where a shallow clone was cut off, an object is
 * missing, or git has too much to say.
 */
export async function readCommitChanges(
  repository: Repository,
  { commits, table, onProgress, signal }: ChangeReading,
): Promise<readonly (readonly ChangedFile[] | null)[]> {
  const trees = await firstTrees(repository, commits);
  const pairs = commits.map(({ sha, tree, parents: [parent] }) => {
    if (repository.shallow.has(sha)) return null;
    const from = parent === undefined ? EMPTY_TREES[repository.objectFormat] : trees.get(parent);
    return from === undefined ? null : `${from} ${tree}`;
  });
  const lines = pairs.filter((pair) => pair !== null);
  let done = 0;
  const answers = await runBatch(repository, {
    args: TREE_CHANGES,
    lines,
    read: (text, isWhole) => readTreeChanges(text, isWhole, table),
    onAnswered: (count) => {
      done += count;
      onProgress?.(done, lines.length);
    },
    ...(signal === undefined ? {} : { signal }),
  });
  let next = 0;
  return pairs.map((pair) => {
    const answer = pair === null ? undefined : answers[next++];
    return answer?.known ? answer.value : null;
  });
}

/** The trees of first parents, of which most are at hand already. */
async function firstTrees(
  repository: Repository,
  commits: ChangeReading['commits'],
): Promise<ReadonlyMap<string, string>> {
  const trees = new Map(commits.map(({ sha, tree }) => [sha, tree]));
  const absent = [...new Set(commits.flatMap(({ parents }) => parents.slice(0, 1)))].filter((sha) => !trees.has(sha));
  const found = await resolveHeads(
    repository,
    absent.map((commit) => ({ name: commit, commit })),
  );
  for (const head of found) if (head !== null) trees.set(head.commit, head.tree);
  return trees;
}
