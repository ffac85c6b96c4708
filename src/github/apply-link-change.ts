import type { RestEndpointMethodTypes } from '@octokit/rest';
import type { LinkChange } from '../core/change.ts';
import { UserError } from '../core/failure.ts';
import { formatRef, type Ref, sameRef } from '../core/task/identity.ts';
import { type Applied, alreadyThere, applied, type ChangeOf, vanished } from './applied.ts';
import type { GitHubClient } from './client.ts';
import { githubFailure } from './github-failure.ts';
import { addressOf, type IssueNow, issueByNumber, refOfApiUrl } from './issue-by-number.ts';
import { isGone, vanishedOr } from './write-failure.ts';

/**
 * Adds, removes and orders sub-issues and blockers. GitHub wants database ids and numbers name the issues here, so that
 * the other end is read first; that also tells what is there already. What GitHub refuses comes back in its own words.
 */
export async function applyLinkChange(client: GitHubClient, change: LinkChange): Promise<Applied> {
  switch (change.kind) {
    case 'add_sub_issue':
      return addSubIssue(client, change);
    case 'remove_sub_issue':
      return removeSubIssue(client, change);
    case 'place_sub_issue':
      return placeSubIssue(client, change);
    case 'add_blocker':
      return addBlocker(client, change);
    case 'remove_blocker':
      return removeBlocker(client, change);
  }
}

async function addSubIssue(client: GitHubClient, change: ChangeOf<'add_sub_issue'>): Promise<Applied> {
  const { parent, child, replaceParent } = change;
  const present = await issueByNumber(client, child);
  if (present === null) return vanished;
  checkIsIssue(present, child, 'a sub-issue');
  const current = refOfApiUrl(present.parent_issue_url);
  if (current !== null && sameRef(current, parent)) return alreadyThere;
  if (current !== null && !replaceParent) throw secondParent(child);
  const tried = `make ${formatRef(child)} a sub-issue of ${formatRef(parent)}`;
  return client.rest.issues
    .addSubIssue({ ...addressOf(parent), sub_issue_id: present.id, replace_parent: replaceParent })
    .then(({ data }) => ({ ...applied, url: data.html_url }))
    .catch(vanishedOr(tried));
}

async function removeSubIssue(client: GitHubClient, { parent, child }: ChangeOf<'remove_sub_issue'>): Promise<Applied> {
  const present = await issueByNumber(client, child);
  if (present === null) return vanished;
  const current = refOfApiUrl(present.parent_issue_url);
  if (current === null || !sameRef(current, parent)) return alreadyThere;
  return client.rest.issues
    .removeSubIssue({ ...addressOf(parent), sub_issue_id: present.id })
    .then(({ data }) => ({ ...applied, url: data.html_url }))
    .catch(vanishedOr(`take ${formatRef(child)} from ${formatRef(parent)}`));
}

/** GitHub places a child only next to another one: the first place is the one before whatever is first now. */
async function placeSubIssue(client: GitHubClient, change: ChangeOf<'place_sub_issue'>): Promise<Applied> {
  const { parent, child, after } = change;
  const tried = `order the sub-issues of ${formatRef(parent)}`;
  const children = await listOf(client.rest.issues.listSubIssues({ ...addressOf(parent), per_page: 100 }), tried);
  const at = positionOf(children, child);
  const anchor = after === null ? 0 : positionOf(children, after);
  const [moved, neighbour] = [children?.[at], children?.[anchor]];
  if (moved === undefined || neighbour === undefined) return vanished;
  if (at === (after === null ? 0 : anchor + 1)) return alreadyThere;
  const place = after === null ? { before_id: neighbour.id } : { after_id: neighbour.id };
  return client.rest.issues
    .reprioritizeSubIssue({ ...addressOf(parent), sub_issue_id: moved.id, ...place })
    .then(({ data }) => ({ ...applied, url: data.html_url }))
    .catch(vanishedOr(tried));
}

async function addBlocker(client: GitHubClient, { on, blocker }: ChangeOf<'add_blocker'>): Promise<Applied> {
  const tried = `mark ${formatRef(on)} as blocked by ${formatRef(blocker)}`;
  const blockers = await blockersOf(client, on, tried);
  if (blockers === null) return vanished;
  if (positionOf(blockers, blocker) !== -1) return alreadyThere;
  const present = await issueByNumber(client, blocker);
  if (present === null) return vanished;
  checkIsIssue(present, blocker, 'a blocker');
  return client.rest.issues
    .addBlockedByDependency({ ...addressOf(on), issue_id: present.id })
    .then(({ data }) => ({ ...applied, url: data.html_url }))
    .catch(vanishedOr(tried));
}

async function removeBlocker(client: GitHubClient, { on, blocker }: ChangeOf<'remove_blocker'>): Promise<Applied> {
  const tried = `unmark ${formatRef(on)} as blocked by ${formatRef(blocker)}`;
  const blockers = await blockersOf(client, on, tried);
  if (blockers === null) return vanished;
  const present = blockers[positionOf(blockers, blocker)];
  if (present === undefined) return alreadyThere;
  return client.rest.issues
    .removeDependencyBlockedBy({ ...addressOf(on), issue_id: present.id })
    .then(({ data }) => ({ ...applied, url: data.html_url }))
    .catch(vanishedOr(tried));
}

type Linked = RestEndpointMethodTypes['issues']['listSubIssues']['response']['data'][number];

/** GitHub allows 50 of them, so that one page holds them all. */
const blockersOf = (client: GitHubClient, on: Ref, tried: string) =>
  listOf(client.rest.issues.listDependenciesBlockedBy({ ...addressOf(on), per_page: 100 }), tried);

async function listOf(
  call: Promise<{ readonly data: readonly Linked[] }>,
  tried: string,
): Promise<readonly Linked[] | null> {
  try {
    return (await call).data;
  } catch (error) {
    if (isGone(error)) return null;
    throw githubFailure(error, tried);
  }
}

function positionOf(issues: readonly Linked[] | null, ref: Ref): number {
  return (issues ?? []).findIndex(({ url }) => {
    const found = refOfApiUrl(url);
    return found !== null && sameRef(found, ref);
  });
}

function checkIsIssue({ pull_request }: IssueNow, ref: Ref, as: string): void {
  if (pull_request == null) return;
  throw new UserError(
    'usage',
    `${formatRef(ref)} is a pull request, which cannot be ${as}.`,
    'Name the issue that it belongs to.',
  );
}

/** The other parent is not named: not everybody who reads this may see it. */
function secondParent(child: Ref): UserError {
  return new UserError(
    'usage',
    `${formatRef(child)} has another parent already, and GitHub allows one.`,
    'Move it instead: parasol umbrella move.',
  );
}
