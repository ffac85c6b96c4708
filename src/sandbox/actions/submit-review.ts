import { newIds, register } from '../node-id.ts';
import type { ItemKey, PullRequestRecord, ReviewRecord, World } from '../world.ts';
import { announce } from './announce.ts';
import { checkBody } from './limits.ts';
import { noteReferences } from './note-references.ts';
import { type Place, requirePullRequest } from './place.ts';
import { WorldRefusal } from './world-refusal.ts';

export interface NewReview {
  readonly item: ItemKey;
  readonly state: 'approved' | 'changes_requested' | 'commented';
  readonly body?: string;
}

/** Submits a review of the current head; it answers the reviewer's request. Authors can only comment on their own. */
export function submitReview(world: World, actor: string, input: NewReview): ReviewRecord {
  const place = requirePullRequest(world, input.item);
  const { item: pull, repository } = place;
  const body = input.body ?? '';
  checkBody('PullRequestReview', body, { required: input.state !== 'approved' });
  refuseOwn(pull, actor, input.state);
  const review: ReviewRecord = {
    ...newIds(world, 'PullRequestReview'),
    author: actor,
    state: input.state,
    body,
    commitSha: pull.headSha,
    submittedAt: world.now(),
  };
  pull.reviews.push(review);
  pull.reviewRequests = pull.reviewRequests.filter(({ login }) => login !== actor);
  register(world, { type: 'PullRequestReview', repository, item: pull, record: review });
  noteReferences(world, actor, place, body);
  note(world, actor, place, { action: 'submitted', review });
  return review;
}

/** Dismisses an approval or a request for changes; 422 for anything else. */
export function dismissReview(
  world: World,
  actor: string,
  input: { readonly item: ItemKey; readonly review: number },
): ReviewRecord {
  const place = requirePullRequest(world, input.item);
  const review = place.item.reviews.find(({ id }) => id === input.review);
  if (review === undefined) throw new WorldRefusal(404, 'Not Found');
  if (review.state !== 'approved' && review.state !== 'changes_requested') {
    throw new WorldRefusal(422, `Can not dismiss a ${review.state} pull request review`);
  }
  review.state = 'dismissed';
  note(world, actor, place, { action: 'dismissed', review });
  return review;
}

function refuseOwn(pull: PullRequestRecord, actor: string, state: NewReview['state']): void {
  if (pull.author !== actor || state === 'commented') return;
  const what = state === 'approved' ? 'approve' : 'request changes on';
  throw new WorldRefusal(422, `Can not ${what} your own pull request`);
}

function note(
  world: World,
  actor: string,
  place: Place<PullRequestRecord>,
  change: { readonly action: string; readonly review: ReviewRecord },
): void {
  place.item.updatedAt = world.now();
  announce(world, {
    name: 'pull_request_review',
    action: change.action,
    repository: place.key.repository,
    sender: actor,
    item: place.key,
    details: { review: change.review },
  });
}
