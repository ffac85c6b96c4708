import { EMPTY_TREE, writeCommit } from './git/git-objects.ts';
import { putFiles } from './git/put-files.ts';
import { gitPerson } from './git-person.ts';
import { nodeIdOf, register } from './node-id.ts';
import type { CommitRecord, FileRecord, RepositoryRecord, World } from './world.ts';

export interface NewCommit {
  readonly message: string;
  readonly author: string;
  readonly files?: readonly FileRecord[];
  /** Its files as a whole, where they are not those of the first parent with `files` put on top. */
  readonly tree?: string;
}

/** Adds a commit on top of `parents`. Its id is git's own, and the same in every run. */
export function addCommit(
  world: World,
  repository: RepositoryRecord,
  input: NewCommit,
  parents: readonly string[],
): CommitRecord {
  const { objects, commits } = repository;
  const { message, author, files = [] } = input;
  const seed = [...parents, author, message].join('\n');
  const tree = input.tree ?? putFiles(objects, treeOfCommit(repository, parents[0]), { files, seed });
  const words = { tree, parents, message, at: world.now(), person: gitPerson(world, author) };
  const sha = writeCommit(objects, words, (id) => commits.has(id));
  const record: CommitRecord = {
    sha,
    nodeId: nodeIdOf('Commit', `${repository.id}:${sha}`),
    message,
    author,
    committedAt: world.now(),
    parents,
    tree,
    files: [...files],
    checkRuns: [],
    statuses: [],
  };
  repository.commits.set(sha, record);
  register(world, { type: 'Commit', repository, record });
  return record;
}

/** Id of the files that a commit has; without one, or of one that git never wrote, there are none. */
export function treeOfCommit({ objects, commits }: RepositoryRecord, sha: string | undefined): string {
  return commits.get(sha ?? '')?.tree ?? objects.commits.get(sha ?? '')?.tree ?? EMPTY_TREE;
}

/** The head of a branch; a branch that is not there yet starts at the default branch's head. */
export function ensureBranch(repository: RepositoryRecord, name: string): string {
  const head = repository.branches.get(name) ?? repository.branches.get(repository.defaultBranch);
  if (head === undefined) throw new Error(`${repository.owner}/${repository.name} has no default branch`);
  repository.branches.set(name, head);
  return head;
}
