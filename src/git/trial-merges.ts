import { type MergeResult, readMergeResults } from '../core/risk/read-merge-results.ts';
import type { Repository } from './open-repository.ts';
import { ownText } from './own-text.ts';
import { type Answer, runBatch } from './run-batch.ts';

export interface Merge {
  /** A commit that is there: full ids only. */
  readonly ours: string;
  readonly theirs: string;
}

export interface TrialOptions {
  /** The attributes by which to merge: those of `ours`. */
  readonly workTree: string;
  readonly signal?: AbortSignal;
  readonly onAnswered?: (count: number) => void;
}

/** Merges `theirs` into `ours`, each pair by itself; results in order. Merged trees land in our own folder. */
export async function trialMerges(
  repository: Repository,
  merges: readonly Merge[],
  options: TrialOptions,
): Promise<readonly Answer<MergeResult>[]> {
  const answers = await runBatch(repository, {
    args: ['merge-tree', '--write-tree', '--stdin'],
    lines: merges.map(({ ours, theirs }) => `${ours} ${theirs}`),
    read: readMergeResults,
    ...options,
  });
  return answers.map((answer) => {
    if (!answer.known) return answer;
    const tree = ownText(answer.value.tree);
    repository.trees.add(tree);
    return { known: true, value: { ...answer.value, tree } };
  });
}
