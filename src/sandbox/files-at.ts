import { treeOfCommit } from './commit.ts';
import { entryAt, filesOfTree } from './git/change-tree.ts';
import type { CommitRecord, RepositoryRecord } from './world.ts';

/** Path to text. */
export type Files = ReadonlyMap<string, string>;

/** The files of one commit. At the default branch's head they are the repository's own, whoever put them there. */
export function filesAt(repository: RepositoryRecord, sha: string): Files {
  if (sha === repository.branches.get(repository.defaultBranch)) return repository.files;
  return filesOfTree(repository.objects, treeOfCommit(repository, sha));
}

/**
 * The commits that changed a file or a folder, newest first, as `git log -- path` lists them: a merge that took the
 * path from one of its sides is left out, and that side alone is followed.
 */
export function historyOfPath(repository: RepositoryRecord, head: CommitRecord, path: string): readonly CommitRecord[] {
  const found: CommitRecord[] = [];
  for (let commit: CommitRecord | undefined = head; commit !== undefined; ) {
    const here = contentAt(repository, commit.sha, path);
    const [first] = commit.parents;
    const same = commit.parents.find((parent) => contentAt(repository, parent, path) === here);
    const isChange = first === undefined ? here !== NOTHING : same === undefined;
    if (isChange) found.push(commit);
    commit = repository.commits.get(same ?? first ?? '');
  }
  return found;
}

const NOTHING = '';

/** Two commits have equal ids exactly when everything at and below the path is equal. */
function contentAt(repository: RepositoryRecord, sha: string, path: string): string {
  const { objects, branches, defaultBranch } = repository;
  const entry = entryAt(objects, treeOfCommit(repository, sha), path);
  const isHead = sha === branches.get(defaultBranch);
  if (isHead && !isAsCommitted(repository, sha, path)) return `${sha} was written over`;
  return entry?.id ?? NOTHING;
}

/** Files of the default branch may have been put there without a commit. */
function isAsCommitted(repository: RepositoryRecord, sha: string, path: string): boolean {
  const clean = path.replace(/^\/+|\/+$/g, '');
  const below = (files: Files) =>
    [...files].filter(([file]) => clean === '' || file === clean || file.startsWith(`${clean}/`));
  const committed = new Map(below(filesOfTree(repository.objects, treeOfCommit(repository, sha))));
  const held = below(repository.files);
  return held.length === committed.size && held.every(([file, text]) => committed.get(file) === text);
}
