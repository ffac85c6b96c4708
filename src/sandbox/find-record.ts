import type { IssueRecord, ItemKey, PullRequestRecord, RepositoryRecord, World } from './world.ts';

/** The repository of a key or `owner/name` in any case, or null. */
export function findRepository(world: World, key: string): RepositoryRecord | null {
  return world.repositories.get(key.toLowerCase()) ?? null;
}

/** The issue of a key, or null when the number is free or a pull request's. */
export function findIssue(world: World, key: ItemKey): IssueRecord | null {
  return findRepository(world, key.repository)?.issues.get(key.number) ?? null;
}

/** The pull request of a key, or null. */
export function findPullRequest(world: World, key: ItemKey): PullRequestRecord | null {
  return findRepository(world, key.repository)?.pullRequests.get(key.number) ?? null;
}

/** Whatever has that number, or null. */
export function findItem(world: World, key: ItemKey): IssueRecord | PullRequestRecord | null {
  return findIssue(world, key) ?? findPullRequest(world, key);
}

/** The key of a number in a repository. */
export function itemKey(repository: RepositoryRecord, number: number): ItemKey {
  return { repository: `${repository.owner}/${repository.name}`.toLowerCase(), number };
}

/** Whether two keys name the same item. */
export function isSameItem(one: ItemKey, other: ItemKey): boolean {
  return one.number === other.number && one.repository === other.repository;
}
