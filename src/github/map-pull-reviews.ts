import type {
  Assignment,
  CommitWords,
  GivenComment,
  GivenReview,
  PullReviews,
  PullStanding,
  ReviewStep,
} from '../core/reviewers/pull-reviews.ts';
import type { Instant } from '../core/task/facts.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import type { Connection, Maybe } from './nodes.ts';

/** What the queries of `review-queries.ts` answer. */
export interface PullReviewsNode {
  readonly number: number;
  readonly title: string;
  readonly url: string;
  readonly body: string;
  readonly state: 'OPEN' | 'CLOSED' | 'MERGED';
  readonly isDraft: boolean;
  readonly createdAt: Instant;
  readonly mergedAt: Instant | null;
  readonly closedAt: Instant | null;
  readonly baseRefName: string;
  readonly additions: number;
  readonly deletions: number;
  readonly author: AuthorNode;
  readonly files?: Maybe<Connection<FileNode>>;
  readonly labels?: Maybe<Connection<{ readonly name: string }>>;
  readonly reviews?: Maybe<Connection<ReviewNode>>;
  readonly comments?: Maybe<Connection<CommentNode>>;
  readonly timelineItems?: Maybe<StepsNode>;
  readonly assignments?: Maybe<Pick<Connection<AssignmentNode>, 'nodes'>>;
  readonly reviewRequests?: Maybe<Connection<RequestNode>>;
  readonly commits?: Maybe<Connection<CommitNode>>;
  readonly mergeable?: 'MERGEABLE' | 'CONFLICTING' | 'UNKNOWN';
  readonly reviewDecision?: 'APPROVED' | 'CHANGES_REQUESTED' | 'REVIEW_REQUIRED' | null;
  readonly statusCheckRollup?: Maybe<{ readonly state: string }>;
}

interface StepsNode extends Pick<Connection<StepNode>, 'nodes'> {
  readonly pageInfo?: { readonly hasPreviousPage: boolean };
}

type AuthorNode = { readonly __typename: string; readonly login: string } | null;

interface FileNode {
  readonly path: string;
  readonly additions: number;
  readonly deletions: number;
}

export interface ReviewNode {
  readonly author: AuthorNode;
  readonly state: 'APPROVED' | 'CHANGES_REQUESTED' | 'DISMISSED' | 'COMMENTED' | 'PENDING';
  readonly submittedAt: Instant | null;
}

interface CommentNode {
  readonly author: AuthorNode;
  readonly createdAt: Instant;
  readonly body: string;
}

interface RequestNode {
  readonly requestedReviewer: {
    readonly __typename: string;
    readonly login?: string;
    readonly combinedSlug?: string;
  } | null;
}

interface StepNode extends Partial<RequestNode> {
  readonly __typename: string;
  readonly createdAt?: Instant;
  readonly actor?: AuthorNode;
}

interface AssignmentNode {
  readonly __typename: string;
  readonly actor?: { readonly login: string } | null;
  readonly assignee: { readonly login?: string } | null;
}

export interface CommitNode {
  readonly commit: {
    readonly message: string;
    readonly committedDate: Instant;
    readonly authoredDate: Instant;
    readonly author: { readonly user: { readonly login: string } | null } | null;
    readonly authors?: Maybe<Connection<{ readonly user: { readonly login: string } | null }>>;
  };
}

/** What of it was not asked for is empty. `isStandingRead`: checks could be read, so that none means that there are none. */
export function mapPullReviews(
  { owner, repo }: RepositoryRef,
  node: PullReviewsNode,
  isStandingRead: boolean,
): PullReviews {
  const { number, title, url, body, isDraft, author, createdAt, baseRefName } = node;
  return {
    ref: { owner, repo, number },
    ...{ title, url, body, isDraft },
    state: STATES[node.state],
    author: author?.login ?? null,
    isBot: author?.__typename === 'Bot',
    base: baseRefName,
    labels: nodesOf(node.labels).map(({ name }) => name),
    openedAt: createdAt,
    endedAt: node.mergedAt ?? node.closedAt,
    changedLines: node.additions + node.deletions,
    files: nodesOf(node.files).map(({ path, additions, deletions }) => ({ path, changedLines: additions + deletions })),
    asked: nodesOf(node.reviewRequests).flatMap((request) => nameOf(request) ?? []),
    assigned: assignedIn(nodesOf(node.assignments)),
    reviews: nodesOf(node.reviews).flatMap(toReview),
    comments: nodesOf(node.comments).flatMap(toComment),
    steps: nodesOf(node.timelineItems).flatMap(toStep),
    commits: nodesOf(node.commits).map(toCommit),
    standing: node.state === 'OPEN' ? standingOf(node, isStandingRead) : null,
  };
}

const STATES = { OPEN: 'open', CLOSED: 'closed', MERGED: 'merged' } as const;

/** A bot's review, which anybody can ask for, is no person's: who is to review it is as open as before. */
function nameOf({ requestedReviewer: reviewer }: Partial<RequestNode>): string | null {
  if (reviewer?.__typename === 'Bot') return null;
  return reviewer?.login ?? reviewer?.combinedSlug ?? null;
}

const REVIEW_STATES = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'changes_requested',
  DISMISSED: 'dismissed',
  COMMENTED: 'commented',
} as const;

/** A pending one is seen by its author alone, and one of a deleted account is nobody's. */
function toReview({ author, state, submittedAt }: ReviewNode): readonly GivenReview[] {
  if (author === null || submittedAt === null || state === 'PENDING') return [];
  const isBot = author.__typename === 'Bot';
  return [{ login: author.login, isBot, at: submittedAt, state: REVIEW_STATES[state] }];
}

/** The last event says of each whether they are assigned now. */
function assignedIn(events: readonly AssignmentNode[]): readonly Assignment[] {
  const assigned = new Map<string, Assignment>();
  for (const { __typename, actor, assignee } of events) {
    const login = assignee?.login;
    if (login === undefined) continue;
    if (__typename === 'AssignedEvent') assigned.set(login, { login, actor: actor?.login ?? null });
    else assigned.delete(login);
  }
  return [...assigned.values()];
}

const toComment = ({ author, createdAt: at, body }: CommentNode): readonly GivenComment[] =>
  author === null || author.__typename === 'Bot' ? [] : [{ login: author.login, at, body }];

function toStep(node: StepNode): readonly ReviewStep[] {
  const { __typename, createdAt: at, actor } = node;
  if (at === undefined) return [];
  if (__typename === 'ReadyForReviewEvent') return [{ kind: 'ready', at }];
  if (__typename === 'ConvertToDraftEvent') return [{ kind: 'draft', at }];
  const kind = REQUESTS[__typename];
  return kind === undefined ? [] : [{ kind, at, ...byWhom(actor), reviewer: nameOf(node) }];
}

const byWhom = (actor: AuthorNode = null) => ({
  actor: actor?.login ?? null,
  isByBot: actor?.__typename === 'Bot',
});

const REQUESTS: Readonly<Record<string, 'asked' | 'removed'>> = {
  ReviewRequestedEvent: 'asked',
  ReviewRequestRemovedEvent: 'removed',
};

const toCommit = ({ commit }: CommitNode): CommitWords => ({
  message: commit.message,
  author: commit.author?.user?.login ?? null,
  authoredAt: commit.authoredDate,
  committedAt: commit.committedDate,
  authors: nodesOf(commit.authors).flatMap(({ user }) => user?.login ?? []),
});

const CHECKS: Readonly<Record<string, PullStanding['checks']>> = {
  SUCCESS: 'success',
  PENDING: 'pending',
  EXPECTED: 'pending',
  FAILURE: 'failure',
  ERROR: 'failure',
};

const MERGEABLE = { MERGEABLE: 'mergeable', CONFLICTING: 'conflicting', UNKNOWN: 'unknown' } as const;
const DECISIONS = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'changes_requested',
  REVIEW_REQUIRED: 'review_required',
} as const;

function standingOf(
  { statusCheckRollup: rollup, mergeable = 'UNKNOWN', reviewDecision: decision }: PullReviewsNode,
  isRead: boolean,
): PullStanding {
  return {
    checks: rollup == null ? (isRead ? 'none' : 'unknown') : (CHECKS[rollup.state] ?? 'unknown'),
    mergeable: MERGEABLE[mergeable],
    decision: decision == null ? null : DECISIONS[decision],
  };
}

const nodesOf = <T>(connection: Maybe<Pick<Connection<T>, 'nodes'>>): readonly T[] =>
  (connection?.nodes ?? []).filter((node) => node !== null);
