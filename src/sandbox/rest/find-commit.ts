import { WorldRefusal } from '../actions/world-refusal.ts';
import type { CommitRecord, RepositoryRecord } from '../world.ts';

/** The commit that a branch, `heads/branch`, tag, `tags/tag`, sha or unique beginning of a sha names, or null. */
export function findCommit(repository: RepositoryRecord, ref: string): CommitRecord | null {
  const branch = ref.replace(/^(?:refs\/)?heads\//, '');
  const head = repository.branches.get(branch === 'HEAD' ? repository.defaultBranch : branch);
  const tagged = repository.tags.get(ref.replace(/^(?:refs\/)?tags\//, ''));
  const exact = repository.commits.get(head ?? tagged ?? ref);
  if (exact !== undefined) return exact;
  if (!/^[0-9a-f]{7,39}$/.test(ref)) return null;
  const [only, another] = [...repository.commits.values()].filter(({ sha }) => sha.startsWith(ref));
  return only !== undefined && another === undefined ? only : null;
}

/** The commit that a ref names, or GitHub's 422. */
export function requireCommit(repository: RepositoryRecord, ref: string): CommitRecord {
  const commit = findCommit(repository, ref);
  if (commit === null) throw new WorldRefusal(422, `No commit found for SHA: ${ref}`);
  return commit;
}

/** The commit and all that it is built on, newest first along each parent, first parents first. */
export function historyOf(repository: RepositoryRecord, head: CommitRecord): readonly CommitRecord[] {
  const found = new Map<string, CommitRecord>();
  const waiting = [head];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (found.has(next.sha)) continue;
    found.set(next.sha, next);
    waiting.push(...next.parents.flatMap((sha) => repository.commits.get(sha) ?? []));
  }
  const byAge = [...found.values()].map((commit, index) => ({ commit, index }));
  byAge.sort((one, other) => other.commit.committedAt.localeCompare(one.commit.committedAt) || one.index - other.index);
  return byAge.map(({ commit }) => commit);
}
