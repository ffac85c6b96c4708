import { removeReviewRequest, requestReview } from '../actions/request-review.ts';
import { submitReview } from '../actions/submit-review.ts';
import { WorldRefusal } from '../actions/world-refusal.ts';
import { type Answer, created, notFound, ok } from '../http/answer.ts';
import { pageOf } from '../http/pages.ts';
import { serializeReview } from '../serialize/serialize-review.ts';
import { optionalChoice, optionalNames, optionalText } from './body-fields.ts';
import { type RepositoryCall, reading, repositoryRoutes, writing } from './route.ts';
import { itemKeyOf } from './show-issue.ts';
import { requirePullRequestOf, showSimplePullRequest } from './show-pull-request.ts';

const READING = reading('pull_requests');
const REQUESTING = writing('triage', 'pull_requests');
const REVIEWS = '/pulls/:pull_number/reviews';
const REQUESTED = '/pulls/:pull_number/requested_reviewers';

export const REVIEW_ROUTES = repositoryRoutes(
  ['GET', REVIEWS, 'pulls/list-reviews', READING, listReviews],
  ['POST', REVIEWS, 'pulls/create-review', writing('read', 'pull_requests'), createReview],
  ['GET', `${REVIEWS}/:review_id`, 'pulls/get-review', READING, getReview],
  ['GET', REQUESTED, 'pulls/list-requested-reviewers', READING, listRequested],
  ['POST', REQUESTED, 'pulls/request-reviewers', REQUESTING, request],
  ['DELETE', REQUESTED, 'pulls/remove-requested-reviewers', REQUESTING, takeBack],
);

const STATES = { APPROVE: 'approved', REQUEST_CHANGES: 'changes_requested', COMMENT: 'commented' } as const;

function listReviews(call: RepositoryCall): Answer {
  const pull = requirePullRequestOf(call);
  const { world, repository, url, baseUrl } = call;
  return pageOf(pull.reviews, url, (review) => serializeReview(world, { repository, pull }, review, baseUrl));
}

function getReview(call: RepositoryCall): Answer {
  const pull = requirePullRequestOf(call);
  const { world, repository, parameters, baseUrl } = call;
  const review = pull.reviews.find(({ id }) => id === Number(parameters.review_id));
  return review === undefined ? notFound() : ok(serializeReview(world, { repository, pull }, review, baseUrl));
}

/** A review without an `event` would be pending, which the sandbox does not keep: it asks for one. */
function createReview(call: RepositoryCall): Answer {
  const pull = requirePullRequestOf(call);
  const event = optionalChoice(call.body, 'event', ['APPROVE', 'REQUEST_CHANGES', 'COMMENT']);
  if (event === undefined) throw new WorldRefusal(422, 'The sandbox keeps no pending reviews: give an event.');
  const body = optionalText(call.body, 'body') ?? '';
  const { world, repository, actor, baseUrl } = call;
  const review = submitReview(world, actor, { item: itemKeyOf(call), state: STATES[event], body });
  return ok(serializeReview(world, { repository, pull }, review, baseUrl));
}

function listRequested(call: RepositoryCall): Answer {
  const { requested_reviewers, requested_teams } = showSimplePullRequest(
    call,
    call.repository,
    requirePullRequestOf(call),
  );
  return ok({ users: requested_reviewers, teams: requested_teams });
}

function request(call: RepositoryCall): Answer {
  requirePullRequestOf(call);
  const pull = requestReview(call.world, call.actor, { item: itemKeyOf(call), ...readReviewers(call) });
  return created(showSimplePullRequest(call, call.repository, pull));
}

function takeBack(call: RepositoryCall): Answer {
  requirePullRequestOf(call);
  const pull = removeReviewRequest(call.world, call.actor, { item: itemKeyOf(call), ...readReviewers(call) });
  return ok(showSimplePullRequest(call, call.repository, pull));
}

function readReviewers({ body }: RepositoryCall) {
  return { reviewers: optionalNames(body, 'reviewers') ?? [], teams: optionalNames(body, 'team_reviewers') ?? [] };
}
