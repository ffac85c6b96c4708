import { createHash } from 'node:crypto';
import { nodeIdOf, register } from './node-id.ts';
import type { CommitRecord, FileRecord, RepositoryRecord, World } from './world.ts';

export interface NewCommit {
  readonly message: string;
  readonly author: string;
  readonly files?: readonly FileRecord[];
}

/** Adds a commit on top of `parents`. Shas are made from what came before, so every run makes the same ones. */
export function addCommit(
  world: World,
  repository: RepositoryRecord,
  input: NewCommit,
  parents: readonly string[],
): CommitRecord {
  const seed = [repository.id, repository.commits.size, input.message, ...parents].join('\n');
  const sha = createHash('sha1').update(seed).digest('hex');
  const record: CommitRecord = {
    sha,
    nodeId: nodeIdOf('Commit', `${repository.id}:${sha}`),
    message: input.message,
    author: input.author,
    committedAt: world.now(),
    parents,
    files: [...(input.files ?? [])],
    checkRuns: [],
    statuses: [],
  };
  repository.commits.set(sha, record);
  register(world, { type: 'Commit', repository, record });
  return record;
}

/** The head of a branch; a branch that is not there yet starts at the default branch's head. */
export function ensureBranch(repository: RepositoryRecord, name: string): string {
  const head = repository.branches.get(name) ?? repository.branches.get(repository.defaultBranch);
  if (head === undefined) throw new Error(`${repository.owner}/${repository.name} has no default branch`);
  repository.branches.set(name, head);
  return head;
}
