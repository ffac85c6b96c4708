import type { CommitRecord, RepositoryRecord } from './world.ts';

/** Path to text; null: a story changed the file without giving its text. */
export type Files = ReadonlyMap<string, string | null>;

/**
 * The files of one commit. At the default branch's head they are the repository's own; elsewhere they are put together
 * from what each commit along the first parents changed.
 */
export function filesAt(repository: RepositoryRecord, sha: string): Files {
  if (sha === repository.branches.get(repository.defaultBranch)) return repository.files;
  const files = new Map<string, string | null>();
  for (const commit of firstParents(repository, sha).reverse()) {
    for (const { path, previousPath, status, text } of commit.files) {
      if (previousPath !== null) files.delete(previousPath);
      if (status === 'removed') files.delete(path);
      else files.set(path, text ?? null);
    }
  }
  return files;
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

const NOTHING = '[]';

/** Two commits have equal strings exactly when everything at and below the path is equal. */
function contentAt(repository: RepositoryRecord, sha: string, path: string): string {
  const clean = path.replace(/^\/+|\/+$/g, '');
  const below = [...filesAt(repository, sha)].filter(
    ([file]) => clean === '' || file === clean || file.startsWith(`${clean}/`),
  );
  return JSON.stringify(below.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function firstParents(repository: RepositoryRecord, sha: string): CommitRecord[] {
  const commits: CommitRecord[] = [];
  for (let commit = repository.commits.get(sha); commit !== undefined; ) {
    commits.push(commit);
    commit = repository.commits.get(commit.parents[0] ?? '');
  }
  return commits;
}
