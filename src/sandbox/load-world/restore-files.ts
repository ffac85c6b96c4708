import type { NewFile } from '../actions/open-pull-request.ts';
import { treeOfCommit } from '../commit.ts';
import { textAt } from '../git/change-tree.ts';
import { redoEdit } from '../git/merge-texts.ts';
import type { PullRequestRecord, RepositoryRecord } from '../world.ts';

/** The files of a revert with the texts that were there before what it reverts; those that its story writes out stay. */
export function restoreFiles(
  repository: RepositoryRecord,
  reverted: PullRequestRecord,
  files: readonly NewFile[],
): readonly NewFile[] {
  const merged = repository.commits.get(reverted.mergeCommitSha ?? '');
  if (merged === undefined) return files;
  const textOf = (sha: string | undefined, path: string) =>
    textAt(repository.objects, treeOfCommit(repository, sha), path);
  const head = repository.branches.get(reverted.baseRefName);
  return files.map((file) => {
    if (file.text != null || file.patch != null || file.status === 'removed') return file;
    const former = textOf(merged.parents[0], file.path);
    const left = textOf(merged.sha, file.path);
    if (former === null || former === left) return file;
    const current = textOf(head, file.path);
    const isUndoable = left !== null && current !== null;
    return { ...file, text: isUndoable ? redoEdit({ before: left, after: former, current }) : former };
  });
}
