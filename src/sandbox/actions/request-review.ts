import { newIds, register } from '../node-id.ts';
import type { ItemKey, PullRequestRecord, ReviewRequestRecord, TimelineRecord, World } from '../world.ts';
import { announce } from './announce.ts';
import { LIMITS } from './limits.ts';
import { type Place, requirePullRequest } from './place.ts';
import { addTimelineEntry } from './timeline.ts';
import { WorldRefusal } from './world-refusal.ts';

export interface ReviewRequestInput {
  readonly item: ItemKey;
  readonly reviewers?: readonly string[];
  /** Team slugs. */
  readonly teams?: readonly string[];
}

/** Asks people and teams for review; 422 for the author, for people without access and for unknown teams. */
export function requestReview(world: World, actor: string, input: ReviewRequestInput): PullRequestRecord {
  const place = requirePullRequest(world, input.item);
  const pull = place.item;
  const reviewers = (input.reviewers ?? []).map((login) => requireReviewer(world, place, login));
  const teams = (input.teams ?? []).map((slug) => requireTeam(place, slug));
  const asked = [
    ...reviewers.map((login) => ({ login, team: null })),
    ...teams.map((team) => ({ login: null, team })),
  ].filter(({ login, team }) => !pull.reviewRequests.some((one) => one.login === login && one.team === team));
  if (pull.reviewRequests.length + asked.length > LIMITS.reviewersPerPullRequest) {
    throw new WorldRefusal(422, `Cannot request more than ${LIMITS.reviewersPerPullRequest} reviewers`);
  }
  for (const one of asked) {
    const record: ReviewRequestRecord = { ...newIds(world, 'ReviewRequest'), ...one, requestedAt: world.now() };
    pull.reviewRequests.push(record);
    register(world, { type: 'ReviewRequest', repository: place.repository, item: pull, record });
    addTimelineEntry(world, place, { kind: 'review_requested_event', actor, subject: subjectOf(record) });
    note(world, actor, place, { action: 'review_requested', record });
  }
  return pull;
}

/** Takes requests back; those that are not there are passed over. */
export function removeReviewRequest(world: World, actor: string, input: ReviewRequestInput): PullRequestRecord {
  const place = requirePullRequest(world, input.item);
  const pull = place.item;
  const removed = pull.reviewRequests.filter(
    ({ login, team }) =>
      (login !== null && (input.reviewers ?? []).includes(login)) ||
      (team !== null && (input.teams ?? []).includes(team)),
  );
  pull.reviewRequests = pull.reviewRequests.filter((one) => !removed.includes(one));
  for (const record of removed) {
    world.nodes.delete(record.nodeId);
    addTimelineEntry(world, place, { kind: 'review_request_removed_event', actor, subject: subjectOf(record) });
    note(world, actor, place, { action: 'review_request_removed', record });
  }
  return pull;
}

const subjectOf = ({ login, team }: ReviewRequestRecord): TimelineRecord['subject'] => ({
  ...(login === null ? {} : { login }),
  ...(team === null ? {} : { team }),
});

function requireReviewer(world: World, place: Place<PullRequestRecord>, login: string): string {
  const account = world.accounts.get(login.toLowerCase());
  if (account?.login === place.item.author) {
    throw new WorldRefusal(422, 'Review cannot be requested from pull request author.');
  }
  if (account === undefined || !place.repository.collaborators.has(account.login)) throw notCollaborator();
  return account.login;
}

function requireTeam(place: Place<PullRequestRecord>, slug: string): string {
  if (!place.repository.teams.has(slug)) throw notCollaborator();
  return slug;
}

function notCollaborator(): WorldRefusal {
  return new WorldRefusal(
    422,
    'Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the repository.',
  );
}

function note(
  world: World,
  actor: string,
  place: Place<PullRequestRecord>,
  change: { readonly action: string; readonly record: ReviewRequestRecord },
): void {
  place.item.updatedAt = world.now();
  announce(world, {
    name: 'pull_request',
    action: change.action,
    repository: place.key.repository,
    sender: actor,
    item: place.key,
    details: { reviewRequest: change.record },
  });
}
