import { hasRole } from '../../access/viewer.ts';
import { latestDecisive, reviewDecision } from '../../review-decision.ts';
import type { PullRequestRecord, ReviewRecord } from '../../world.ts';
import { connect, type PageArguments } from '../connection.ts';
import type { FieldTable } from '../field-table.ts';
import { type GraphqlContext, keyOf, mayRead, visibleRepository } from '../graphql-context.ts';
import { byOrder, type Order } from '../order.ts';
import { isSameLogin } from '../same-login.ts';
import { actor, commitSource, type PullRequestSource, refSource, visibleIssue } from '../source.ts';
import { rollupOf, rollupStateOf } from '../status-rollup.ts';
import { commitsOf } from '../timeline.ts';
import { itemFields, itemPath } from './item-fields.ts';

interface ReviewsArguments extends PageArguments {
  readonly author?: string | null;
  readonly states?: readonly string[] | null;
}

interface ClosingArguments extends PageArguments {
  readonly orderBy?: Order<'CREATED_AT' | 'UPDATED_AT' | 'COMMENTS'> | null;
  readonly userLinkedOnly?: boolean | null;
}

const sum = (record: PullRequestRecord, count: 'additions' | 'deletions'): number =>
  record.files.reduce((total, file) => total + file[count], 0);

export const pullRequestFields: FieldTable<PullRequestSource> = {
  ...itemFields,
  permalink: (source, _args, { baseUrl }) => baseUrl + itemPath(source),
  state: ({ record }) => record.state.toUpperCase(),
  isDraft: ({ record }) => record.isDraft,
  merged: ({ record }) => record.state === 'merged',
  mergedAt: ({ record }) => record.mergedAt,
  mergedBy: ({ record }, _args, context) => actor(context, record.mergedBy),
  mergeCommit: ({ repository, record }) => commitSource(repository, record.mergeCommitSha),
  additions: ({ record }) => sum(record, 'additions'),
  deletions: ({ record }) => sum(record, 'deletions'),
  changedFiles: ({ record }) => record.files.length,
  totalCommentsCount: ({ record }) => record.comments.length,
  baseRefName: ({ record }) => record.baseRefName,
  baseRefOid: ({ record }) => record.baseSha,
  baseRef: ({ repository, record }) => refSource(repository, record.baseRefName),
  baseRepository: ({ repository }) => ({ type: 'Repository', record: repository }),
  headRefName: ({ record }) => record.headRefName,
  headRefOid: ({ record }) => record.headSha,
  headRef: ({ record }, _args, context) => refSource(headRepository(record, context), record.headRefName),
  headRepository: ({ record }, _args, context) => {
    const repository = headRepository(record, context);
    return repository === null ? null : { type: 'Repository', record: repository };
  },
  headRepositoryOwner: ({ record }, _args, context) => actor(context, headRepository(record, context)?.owner ?? null),
  isCrossRepository: ({ repository, record }) => record.headRepository !== keyOf(repository),
  mergeable: ({ record }) => (record.state === 'open' ? record.mergeable.toUpperCase() : 'UNKNOWN'),
  mergeStateStatus: mergeState,
  reviewDecision: ({ repository, record }) => reviewDecision(repository, record),
  reviewRequests: ({ repository, record: item }, args: PageArguments) =>
    connect(item.reviewRequests, args, {
      keyOf: (request) => request.id,
      toSource: (record) => ({ type: 'ReviewRequest', repository, item, record }),
    }),
  reviews: (source, args: ReviewsArguments) =>
    reviewPage(
      source,
      args,
      source.record.reviews.filter((review) => isWanted(review, args)),
    ),
  latestReviews: (source, args: PageArguments) =>
    reviewPage(
      source,
      args,
      latestReviews(source.record).filter((review) => !isAskedAgain(source, review)),
    ),
  latestOpinionatedReviews: (source, args: PageArguments & { readonly writersOnly?: boolean | null }, { world }) =>
    reviewPage(
      source,
      args,
      [...latestDecisive(source.record).values()].filter(
        (review) => args.writersOnly !== true || hasRole(world, review.author, keyOf(source.repository), 'write'),
      ),
    ),
  statusCheckRollup: ({ repository, record }, _args, context) =>
    rollupOf(commitSource(repository, record.headSha), context),
  commits: (source, args: PageArguments) =>
    connect(commitsOf(source), args, { keyOf: ({ commit }) => commit.record.sha }),
  files: ({ record }, args: PageArguments) =>
    connect(record.files, args, { keyOf: (file) => file.path, toSource: (file) => ({ record: file }) }),
  closingIssuesReferences: closingIssues,
};

/** GitHub's word for what stands between the pull request and its merge; `UNKNOWN` once it is closed. */
function mergeState({ repository, record }: PullRequestSource): string {
  if (record.state !== 'open' || record.mergeable === 'unknown') return 'UNKNOWN';
  if (record.mergeable === 'conflicting') return 'DIRTY';
  if (record.isDraft) return 'DRAFT';
  const decision = reviewDecision(repository, record);
  if (decision !== null && decision !== 'APPROVED') return 'BLOCKED';
  const head = repository.commits.get(record.headSha);
  const state = head === undefined ? null : rollupStateOf(head);
  return state === null || state === 'SUCCESS' ? 'CLEAN' : 'UNSTABLE';
}

function headRepository(record: PullRequestRecord, context: GraphqlContext) {
  return record.headRepository === null ? null : visibleRepository(context, record.headRepository);
}

function reviewPage(source: PullRequestSource, args: PageArguments, reviews: readonly ReviewRecord[]): unknown {
  const { repository, record: item } = source;
  return connect(reviews, args, {
    keyOf: (review) => review.id,
    toSource: (record) => ({ type: 'PullRequestReview', repository, item, record }),
  });
}

/** Each reviewer's latest review, in the order in which they came. */
function latestReviews(record: PullRequestRecord): readonly ReviewRecord[] {
  const latest = new Map<string, ReviewRecord>();
  for (const review of record.reviews) {
    latest.delete(review.author);
    latest.set(review.author, review);
  }
  return [...latest.values()];
}

function isWanted(review: ReviewRecord, { author, states }: ReviewsArguments): boolean {
  return (
    (author == null || isSameLogin(author, review.author)) && (!states || states.includes(review.state.toUpperCase()))
  );
}

function isAskedAgain({ record }: PullRequestSource, review: ReviewRecord): boolean {
  return record.reviewRequests.some((request) => isSameLogin(request.login, review.author));
}

function closingIssues({ record }: PullRequestSource, args: ClosingArguments, context: GraphqlContext): unknown {
  const issues = record.closingIssues.flatMap((key) => {
    const issue = visibleIssue(context, key);
    return issue !== null && mayRead(context, issue.repository, 'issues') ? [issue] : [];
  });
  const sortKeys = {
    CREATED_AT: (issue: (typeof issues)[number]) => issue.record.createdAt,
    UPDATED_AT: (issue: (typeof issues)[number]) => issue.record.updatedAt,
    COMMENTS: (issue: (typeof issues)[number]) => issue.record.comments.length,
  };
  const ordered = args.orderBy ? issues.sort(byOrder(args.orderBy, sortKeys)) : issues;
  return connect(ordered, args, { keyOf: (issue) => issue.record.id });
}
