import { isOwnCheckName } from '../core/own-checks.ts';
import { known, type Reading, unknown } from '../core/reading.ts';
import type { CheckFacts, ChecksFacts, CommitFacts, PullRequestFacts, ReviewFacts } from '../core/task/facts.ts';
import { formatRef } from '../core/task/identity.ts';
import { readStatedWork } from '../core/task/stated-work.ts';
import { refOf, visibilityOf } from './map-task.ts';
import type { CommitNode, ContextNode, PullRequestNode, ReviewNode, ReviewRequestNode, RollupNode } from './nodes.ts';
import { readList } from './read-list.ts';
import { gapOf, truncated, type Unread } from './unread.ts';

/** One pull request node as facts; what its query did not ask for is unknown, except commits: those are empty then. */
export function mapPullRequest(node: PullRequestNode, unread: Unread): PullRequestFacts {
  const ref = refOf(node);
  const defaultBranch = node.repository.defaultBranchRef?.name;
  return {
    nodeId: node.id,
    ref,
    url: node.url,
    title: node.title,
    body: node.body,
    stated: readStatedWork({ body: node.body, ref, url: node.url }),
    visibility: visibilityOf(node.repository),
    state: STATES[node.state],
    isDraft: node.isDraft,
    author: node.author?.login ?? null,
    createdAt: node.createdAt,
    updatedAt: node.updatedAt,
    mergedAt: node.mergedAt,
    mergedBy: node.mergedBy?.login ?? null,
    closedAt: node.closedAt,
    readyAt: node.readyEvents?.nodes?.at(-1)?.createdAt ?? null,
    baseRefName: node.baseRefName,
    isDefaultBase: node.baseRefName === defaultBranch,
    headRefName: node.headRefName,
    headRepository: node.headRepository && `${node.headRepository.owner.login}/${node.headRepository.name}`,
    headSha: node.headRefOid,
    mergeCommitSha: node.mergeCommit?.oid ?? null,
    mergeable: MERGEABLE[node.mergeable],
    reviewDecision: REVIEW_DECISIONS[node.reviewDecision ?? 'NONE'],
    reviewRequests: reviewRequests(node, unread),
    reviews: reviews(node, unread),
    checks: checks(node, unread),
    commits: commits(node, unread),
  };
}

export function toCommit({ oid, message, committedDate }: CommitNode): CommitFacts {
  return { sha: oid, message, committedAt: committedDate };
}

const STATES = { OPEN: 'open', CLOSED: 'closed', MERGED: 'merged' } as const;
const MERGEABLE = { MERGEABLE: 'mergeable', CONFLICTING: 'conflicting', UNKNOWN: 'unknown' } as const;
const REVIEW_DECISIONS = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'changes_requested',
  REVIEW_REQUIRED: 'review_required',
  NONE: null,
} as const;

function placeOf(node: PullRequestNode, field: string, what: string) {
  return { holder: node, field, what: `${what} of ${formatRef(refOf(node))}`, permission: 'pull_requests: read' };
}

function reviewRequests(node: PullRequestNode, unread: Unread): Reading<readonly string[]> {
  const list = readList(node.reviewRequests, placeOf(node, 'reviewRequests', 'review requests'), unread);
  if (!list.known) return list;
  return known(list.value.map(reviewerName));
}

/** A request is a fact also when its team is secret, or is one that the token may not read: it must not go unseen. */
function reviewerName({ requestedReviewer }: ReviewRequestNode): string {
  return requestedReviewer?.login ?? requestedReviewer?.combinedSlug ?? 'a team that cannot be read';
}

function reviews(node: PullRequestNode, unread: Unread): Reading<readonly ReviewFacts[]> {
  const list = readList(node.latestOpinionatedReviews, placeOf(node, 'latestOpinionatedReviews', 'reviews'), unread);
  return list.known ? known(list.value.map(toReview)) : list;
}

const REVIEW_STATES = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'changes_requested',
  DISMISSED: 'dismissed',
  COMMENTED: 'commented',
  PENDING: 'commented',
} as const;

function toReview({ author, state, submittedAt, commit, url }: ReviewNode): ReviewFacts {
  return {
    author: author?.login ?? null,
    state: REVIEW_STATES[state],
    submittedAt,
    commitSha: commit?.oid ?? null,
    url,
  };
}

function checks(node: PullRequestNode, unread: Unread): Reading<ChecksFacts> {
  const what = `checks of ${formatRef(refOf(node))}`;
  const rollup = node.statusCheckRollup;
  if (rollup === undefined) return unknown(truncated(`${what} (not asked for)`));
  if (rollup === null) {
    const problem = unread.at(node, 'statusCheckRollup');
    return problem === null
      ? known({ state: 'none', total: 0, unfinished: [] })
      : unknown(gapOf(problem, what, CHECKS_PERMISSION));
  }
  const contexts = readContexts(rollup, what, unread);
  if (!contexts.known) return contexts;
  const total = rollup.contexts?.totalCount ?? contexts.value.length;
  const others = contexts.value.filter((context) => !isOwnCheck(context));
  const left = others.flatMap(unfinished);
  if (others.length < contexts.value.length && contexts.value.length === total)
    return known({ state: stateOf(others, left), total: others.length, unfinished: left });
  return known({ state: CHECK_STATES[rollup.state], total, unfinished: contexts.value.flatMap(unfinished) });
}

/**
 * Parasol's own word on conflicts and readiness says nothing of whether anything was tested. Known by its name alone, for every reader:
 * whoever called a test so would hide it, which comes to no more than not running it. In a list that was cut it counts.
 */
export const isOwnCheck = (context: ContextNode): boolean =>
  context.__typename === 'CheckRun' && isOwnCheckName(context.name);

function stateOf(contexts: readonly ContextNode[], left: readonly CheckFacts[]): ChecksFacts['state'] {
  if (contexts.length === 0) return 'none';
  if (left.some(({ outcome }) => outcome === 'failure')) return 'failure';
  return left.length > 0 ? 'pending' : 'success';
}

export const CHECKS_PERMISSION = 'checks: read, statuses: read';
const CHECK_STATES = {
  SUCCESS: 'success',
  PENDING: 'pending',
  EXPECTED: 'pending',
  FAILURE: 'failure',
  ERROR: 'failure',
} as const;

/** A cut list of contexts is fine: the total is known and the state covers all. A refused one is not. */
export function readContexts(rollup: RollupNode, what: string, unread: Unread): Reading<readonly ContextNode[]> {
  const permission = refusedContext(rollup, unread) ?? CHECKS_PERMISSION;
  return readList(rollup.contexts, { holder: rollup, field: 'contexts', what, permission, mayBeCut: true }, unread);
}

/** With one of the two permissions, GitHub shows the contexts of one kind: the missing one is the other. */
function refusedContext({ contexts }: RollupNode, unread: Unread): string | null {
  const nodes = contexts?.nodes ?? [];
  if (!nodes.some((node, index) => node === null && unread.at(nodes, index) !== null)) return null;
  const shown = new Set(nodes.map((node) => node?.__typename));
  if (shown.has('CheckRun')) return 'statuses: read';
  return shown.has('StatusContext') ? 'checks: read' : null;
}

const PASSING_CONCLUSIONS = new Set(['SUCCESS', 'NEUTRAL', 'SKIPPED']);

function unfinished(node: ContextNode): CheckFacts[] {
  if (node.__typename === 'StatusContext') {
    const outcome = CHECK_STATES[node.state];
    return outcome === 'success' ? [] : [{ name: node.context, outcome, url: node.targetUrl }];
  }
  if (node.status !== 'COMPLETED') return [{ name: node.name, outcome: 'pending', url: node.url }];
  return PASSING_CONCLUSIONS.has(node.conclusion ?? '') ? [] : [{ name: node.name, outcome: 'failure', url: node.url }];
}

function commits(node: PullRequestNode, unread: Unread): Reading<readonly CommitFacts[]> {
  if (node.commits === undefined) return known([]);
  const list = readList(node.commits, placeOf(node, 'commits', 'commits'), unread);
  return list.known ? known(list.value.map(({ commit }) => toCommit(commit))) : list;
}
