import { ghCommandOn } from '../../gh-command.ts';
import type { PullRequestFacts } from '../../task/facts.ts';
import { formatRef } from '../../task/identity.ts';
import { reviewStateOf, unansweredRejecters } from '../../task/review-state.ts';
import { actorOf, authorOf } from '../actors.ts';
import type { Criterion, DraftFinding, Judgement, ReadinessView } from '../criterion.ts';
import { nameOfPullRequest } from '../item-name.ts';
import { kindWords } from '../kind-words.ts';
import { type WaitingReview, waitingReviews } from '../review-backlog.ts';
import { indexOfScope } from '../scope-index.ts';
import { reviewCommand, staleApprovalOf } from '../stale-approval.ts';
import { unreadFinding } from '../unread-finding.ts';

/**
 * What waits for a person's word: reviews that were asked for and are not there, those over `review_sla` as failures;
 * approvals that were given for an older head than the one that would be merged; changes that were asked for and not
 * answered. There are no gates of Parasol's own yet, so requested reviews are all that is judged.
 */
export const gateBacklog: Criterion = {
  id: 'gate_backlog',
  title: 'Review backlog',
  blocksByDefault: false,
  isOfScope: () => true,
  judge: judgeBacklog,
};

function judgeBacklog(view: ReadinessView): Judgement {
  const ready = indexOfScope(view).pullRequests.filter(({ state, isDraft }) => state === 'open' && !isDraft);
  if (ready.length === 0) {
    const reason = 'no open pull request is in scope';
    return { applies: false, measured: null, threshold: null, reason, findings: [] };
  }
  const waiting = waitingReviews(view);
  const over = waiting.filter(({ isOverSla }) => isOverSla).length;
  const findings = [
    ...waiting.map((one) => waitingFinding(one, view)),
    ...ready.flatMap((pullRequest) => RULES.flatMap((rule) => rule(pullRequest))),
  ];
  return {
    applies: true,
    measured: {
      text: `${waiting.length} waited for, ${over} over ${view.config.readiness.review_sla}`,
      count: waiting.length,
    },
    threshold: `every review within ${view.config.readiness.review_sla}, of the present head`,
    reason: kindWords(findings) || 'no review is over its time',
    findings,
  };
}

function waitingFinding(
  { pullRequest, reviewer, requestedAt, isOverSla }: WaitingReview,
  view: ReadinessView,
): DraftFinding {
  const name = formatRef(pullRequest.ref);
  const over = isOverSla ? `, longer than ${view.config.readiness.review_sla}` : '';
  return {
    kind: isOverSla ? 'review_over_time' : 'review_requested',
    part: reviewer,
    effect: isOverSla ? 'fails' : 'informs',
    item: nameOfPullRequest(pullRequest),
    names: [],
    since: requestedAt,
    why: `it waits for the review of ${reviewer}${over}`,
    actor: actorOf(reviewer),
    action: { text: `review ${name}`, command: reviewCommand(pullRequest), url: pullRequest.url },
    evidence: [
      {
        text: `${reviewer} was asked${requestedAt === null ? '' : ` on ${requestedAt.slice(0, 10)}`}`,
        url: pullRequest.url,
      },
    ],
  };
}

type Rule = (pullRequest: PullRequestFacts) => readonly DraftFinding[];

const RULES: readonly Rule[] = [staleApproval, unansweredChanges, unreadReviews];

function staleApproval(pullRequest: PullRequestFacts): readonly DraftFinding[] {
  const stale = staleApprovalOf(pullRequest);
  if (stale === null) return [];
  const { review, actor, action } = stale;
  const seen = review.commitSha?.slice(0, 7);
  return [
    {
      kind: 'stale_approval',
      effect: 'fails',
      item: nameOfPullRequest(pullRequest),
      names: [],
      since: review.submittedAt,
      why: `it was approved at ${seen}, and its head is ${pullRequest.headSha.slice(0, 7)} now`,
      actor,
      action,
      evidence: [
        { text: `approved ${seen}`, url: review.url, ...(review.commitSha === null ? {} : { sha: review.commitSha }) },
      ],
    },
  ];
}

function unansweredChanges(pullRequest: PullRequestFacts): readonly DraftFinding[] {
  const [rejecter] = unansweredRejecters(pullRequest);
  if (rejecter === undefined || reviewStateOf(pullRequest) !== 'changes_requested') return [];
  const command = ghCommandOn('pr view', pullRequest, ['--comments']);
  return [
    {
      kind: 'unanswered_review',
      effect: 'informs',
      item: nameOfPullRequest(pullRequest),
      names: [],
      since: null,
      why: `${rejecter} asked for changes`,
      actor: authorOf(pullRequest),
      action: { text: `address the review of ${formatRef(pullRequest.ref)}`, command, url: pullRequest.url },
      evidence: [{ text: `${rejecter} asked for changes`, url: pullRequest.url }],
    },
  ];
}

function unreadReviews(pullRequest: PullRequestFacts): readonly DraftFinding[] {
  const unread = [pullRequest.reviews, pullRequest.reviewRequests].find(({ known }) => !known);
  if (unread === undefined || unread.known) return [];
  const place = { item: nameOfPullRequest(pullRequest), names: [], repository: pullRequest.ref };
  return [unreadFinding(unread.gap, { kind: 'unread_reviews', ...place })];
}
