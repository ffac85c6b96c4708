import type { Viewer } from '../access/viewer.ts';
import { canSee, permits } from '../access/viewer.ts';
import { repositoryKey } from '../create-world.ts';
import type { AccountRecord, ItemKey, PullRequestRecord, RepositoryRecord, World } from '../world.ts';
import { forbidden } from './github-error.ts';

/** What resolvers may know besides their source: the world, who asks, and what was worked out so far for this call. */
export interface GraphqlContext {
  readonly world: World;
  readonly viewer: Viewer;
  readonly baseUrl: string;
  readonly rateLimit: RateLimitFigures;
  readonly visible: Map<RepositoryRecord, boolean>;
  readonly granted: Map<string, boolean>;
  readonly indexes: Indexes;
}

export interface RateLimitFigures {
  readonly cost: number;
  readonly nodeCount: number;
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
  readonly resetAt: string;
}

/** Back-links that the world does not hold, built when first asked for. */
interface Indexes {
  closingPullRequests?: ReadonlyMap<string, readonly PlacedPullRequest[]>;
  pullRequestsOfCommit?: ReadonlyMap<string, readonly PlacedPullRequest[]>;
}

export interface PlacedPullRequest {
  readonly repository: RepositoryRecord;
  readonly record: PullRequestRecord;
}

export type ReadPermission =
  | 'issues'
  | 'pull_requests'
  | 'contents'
  | 'checks'
  | 'statuses'
  | 'actions'
  | 'merge_queues';

export function canSeeRepository(context: GraphqlContext, repository: RepositoryRecord): boolean {
  const cached = context.visible.get(repository);
  if (cached !== undefined) return cached;
  const visible = canSee(context.world, context.viewer, keyOf(repository));
  context.visible.set(repository, visible);
  return visible;
}

export function mayRead(context: GraphqlContext, repository: RepositoryRecord, permission: ReadPermission): boolean {
  const key = `${permission} ${keyOf(repository)}`;
  const cached = context.granted.get(key);
  if (cached !== undefined) return cached;
  const granted = permits(context.world, context.viewer, keyOf(repository), permission, 'read');
  context.granted.set(key, granted);
  return granted;
}

/** Throws GitHub's "Resource not accessible by integration" unless the viewer holds the permission. */
export function requireRead(context: GraphqlContext, repository: RepositoryRecord, permission: ReadPermission): void {
  if (!mayRead(context, repository, permission)) throw forbidden();
}

export function keyOf(repository: RepositoryRecord): string {
  return repositoryKey(repository.owner, repository.name);
}

/** The repository behind a key, or null when there is none or the viewer may not know of it. */
export function visibleRepository(context: GraphqlContext, key: string): RepositoryRecord | null {
  const repository = context.world.repositories.get(key.toLowerCase());
  return repository !== undefined && canSeeRepository(context, repository) ? repository : null;
}

export function accountOf(context: GraphqlContext, login: string): AccountRecord | null {
  return context.world.accounts.get(login.toLowerCase()) ?? null;
}

/** Pull requests whose merge closes the issue, in any repository, oldest first. */
export function closingPullRequestsOf(context: GraphqlContext, issue: ItemKey): readonly PlacedPullRequest[] {
  context.indexes.closingPullRequests ??= indexPullRequests(context.world, (record) =>
    record.closingIssues.map(itemText),
  );
  return context.indexes.closingPullRequests.get(itemText(issue)) ?? [];
}

/** Pull requests that contain the commit or were merged by it, in any repository. */
export function pullRequestsOfCommit(context: GraphqlContext, sha: string): readonly PlacedPullRequest[] {
  context.indexes.pullRequestsOfCommit ??= indexPullRequests(context.world, (record) => [
    ...record.commits,
    ...(record.rebasedCommits ?? []),
    ...(record.mergeCommitSha === null ? [] : [record.mergeCommitSha]),
  ]);
  return context.indexes.pullRequestsOfCommit.get(sha) ?? [];
}

function indexPullRequests(
  world: World,
  keysOf: (record: PullRequestRecord) => readonly string[],
): ReadonlyMap<string, readonly PlacedPullRequest[]> {
  const index = new Map<string, PlacedPullRequest[]>();
  for (const repository of world.repositories.values()) {
    for (const record of repository.pullRequests.values()) {
      for (const key of new Set(keysOf(record))) {
        const placed = index.get(key);
        if (placed === undefined) index.set(key, [{ repository, record }]);
        else placed.push({ repository, record });
      }
    }
  }
  return index;
}

function itemText(item: ItemKey): string {
  return `${item.repository}#${item.number}`;
}
