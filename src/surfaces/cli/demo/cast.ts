import { UserError } from '../../../core/failure.ts';
import { addCollaborator } from '../../../sandbox/create-world.ts';
import type { IssueRecord, ItemKey, PullRequestRecord, RepositoryRecord, World } from '../../../sandbox/world.ts';

/** Who and what the story is about, chosen from the world before it begins. */
export interface Cast {
  readonly repository: RepositoryRecord;
  readonly repositoryKey: string;
  readonly umbrella: ItemKey;
  readonly maintainer: string;
  readonly author: string;
  readonly reviewer: string;
  /** An open child that nobody has begun and nothing blocks. */
  readonly open: IssueRecord | null;
  /** An open issue that stands in the way of some children. */
  readonly blocker: { readonly key: ItemKey; readonly title: string; readonly blocks: readonly number[] } | null;
  /** A merged pull request that closed one of the children. */
  readonly merged: PullRequestRecord | null;
  /** A label that the children share, for the one that is added. */
  readonly labels: readonly string[];
}

/** Chooses the umbrella with the most to tell. Throws `world_invalid` for a world that has no umbrella in it. */
export function castStory(world: World): Cast {
  const candidates = [...world.repositories].flatMap(([key, repository]) =>
    umbrellasOf(repository).map((umbrella) => castFor(world, key, repository, umbrella)),
  );
  const [best] = candidates.toSorted((a, b) => interest(b) - interest(a));
  if (best !== undefined) return best;
  throw new UserError(
    'world_invalid',
    'This world has no open issue with sub-issues in it, so there is nothing to tell a story about.',
    'Give some open issue of the file at least one child.',
  );
}

const umbrellasOf = (repository: RepositoryRecord): readonly IssueRecord[] =>
  [...repository.issues.values()].filter((issue) => issue.children.length > 0 && issue.state === 'open');

function castFor(world: World, repositoryKey: string, repository: RepositoryRecord, umbrella: IssueRecord): Cast {
  const children = childrenIn(repository, repositoryKey, umbrella);
  const [maintainer, author, reviewer] = people(world, repository);
  return {
    repository,
    repositoryKey,
    umbrella: { repository: repositoryKey, number: umbrella.number },
    maintainer,
    author,
    reviewer,
    open: children.find((child) => isUntouched(world, child, repository)) ?? null,
    blocker: findBlocker(world, children),
    merged: findMerged(repository, repositoryKey, children),
    labels: [...(children[0]?.labels ?? [])].filter((label) => label.startsWith('lane:')),
  };
}

/** How many kinds of step it has something for, then how many children. */
function interest({ open, blocker, merged, repository, umbrella }: Cast): number {
  const kinds = [open, blocker, merged].filter((one) => one !== null).length;
  return kinds * 1000 + (repository.issues.get(umbrella.number)?.children.length ?? 0);
}

function childrenIn(repository: RepositoryRecord, key: string, umbrella: IssueRecord): readonly IssueRecord[] {
  return umbrella.children.flatMap((child) =>
    child.repository === key ? (repository.issues.get(child.number) ?? []) : [],
  );
}

const EXTRAS = ['kim', 'ravi', 'lena'] as const;
const TRUST = ['admin', 'maintain', 'write'];

/** Gives every repository at least three people who may write, as a story about reviews needs them. */
export function inviteExtras(world: World): void {
  for (const repository of world.repositories.values()) {
    const missing = EXTRAS.filter((login) => !repository.collaborators.has(login));
    for (const login of missing.slice(0, Math.max(0, EXTRAS.length - trusted(world, repository).length))) {
      addCollaborator(world, repository, login, 'write');
    }
  }
}

/** Three names from the repository's people, the most trusted first. */
function people(world: World, repository: RepositoryRecord): readonly [string, string, string] {
  const [maintainer = EXTRAS[0], author = EXTRAS[1], reviewer = EXTRAS[2]] = trusted(world, repository);
  return [maintainer, author, reviewer];
}

/** Those who may write, the most trusted first. */
export function trusted(world: World, repository: RepositoryRecord): readonly string[] {
  const isPerson = (login: string): boolean => world.accounts.get(login.toLowerCase())?.type === 'User';
  return [...repository.collaborators]
    .filter(([login, role]) => TRUST.includes(role) && isPerson(login))
    .toSorted(([, a], [, b]) => TRUST.indexOf(a) - TRUST.indexOf(b))
    .map(([login]) => login);
}

function isUntouched(world: World, issue: IssueRecord, repository: RepositoryRecord): boolean {
  const isFree = issue.state === 'open' && issue.assignees.size === 0 && issue.children.length === 0;
  if (!isFree || issue.linkedBranches.length > 0 || issue.blockedBy.some((key) => isOpen(world, key))) return false;
  return ![...repository.pullRequests.values()].some((pull) => closes(pull, issue.number));
}

function findBlocker(world: World, children: readonly IssueRecord[]): Cast['blocker'] {
  const open = children.filter(({ state }) => state === 'open');
  for (const key of open.flatMap(({ blockedBy }) => blockedBy)) {
    const issue = world.repositories.get(key.repository)?.issues.get(key.number);
    if (issue?.state !== 'open') continue;
    const blocks = open.filter(({ blockedBy }) => blockedBy.some((other) => isSame(other, key)));
    return { key, title: issue.title, blocks: blocks.map(({ number }) => number) };
  }
  return null;
}

function findMerged(repository: RepositoryRecord, key: string, children: readonly IssueRecord[]): Cast['merged'] {
  const closed = new Set(children.filter(({ state }) => state === 'closed').map(({ number }) => number));
  const merged = [...repository.pullRequests.values()].filter(
    ({ state, closingIssues, mergeCommitSha }) =>
      state === 'merged' &&
      mergeCommitSha !== null &&
      closingIssues.some((one) => one.repository === key && closed.has(one.number)),
  );
  return merged.find((pull) => !isRevertedAlready(repository, pull)) ?? null;
}

const isRevertedAlready = (repository: RepositoryRecord, pull: PullRequestRecord): boolean =>
  [...repository.pullRequests.values()].some(({ title }) => title === `Revert "${pull.title}"`);

const closes = (pull: PullRequestRecord, number: number): boolean =>
  pull.closingIssues.some((key) => key.number === number);

const isSame = (a: ItemKey, b: ItemKey): boolean => a.repository === b.repository && a.number === b.number;

const isOpen = (world: World, key: ItemKey): boolean =>
  world.repositories.get(key.repository)?.issues.get(key.number)?.state === 'open';
