import type { NewFile } from '../../../sandbox/actions/open-pull-request.ts';
import { treeOfCommit } from '../../../sandbox/commit.ts';
import { textAt } from '../../../sandbox/git/change-tree.ts';
import { redoEdit } from '../../../sandbox/git/merge-texts.ts';
import type { PullRequestRecord, RepositoryRecord } from '../../../sandbox/world.ts';

/** What a merged pull request did to its files, done again to what a branch has now: a pick, or a reparation. */
export function filesOfMerge(
  repository: RepositoryRecord,
  { files, mergeCommitSha }: Pick<PullRequestRecord, 'files' | 'mergeCommitSha'>,
  branch: string,
): readonly NewFile[] {
  const merged = repository.commits.get(mergeCommitSha ?? '');
  const textOf = (sha: string | undefined, path: string) =>
    textAt(repository.objects, treeOfCommit(repository, sha), path);
  return files.flatMap(({ path }) => {
    const after = textOf(merged?.sha, path);
    const before = textOf(merged?.parents[0], path);
    const current = textOf(repository.branches.get(branch), path);
    if (after === null || after === current) return [];
    if (current === null || before === null) return [{ path, status: 'added' as const, text: after }];
    return [{ path, text: redoEdit({ before, after, current }) }];
  });
}
