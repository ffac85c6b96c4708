import type { PullRequestRecord, RepositoryRecord, ReviewRecord, World } from '../world.ts';
import { authorAssociation } from './author-association.ts';
import { serializeUser } from './serialize-user.ts';
import { repositoryUrls } from './urls.ts';

/** A review as REST shows it: its state in capitals. */
export function serializeReview(
  world: World,
  place: { readonly repository: RepositoryRecord; readonly pull: PullRequestRecord },
  review: ReviewRecord,
  baseUrl: string,
) {
  const { html, api } = repositoryUrls(place.repository, baseUrl);
  const page = `${html}/pull/${place.pull.number}#pullrequestreview-${review.id}`;
  const pullUrl = `${api}/pulls/${place.pull.number}`;
  return {
    id: review.id,
    node_id: review.nodeId,
    user: serializeUser(world, review.author, baseUrl),
    body: review.body,
    state: review.state.toUpperCase(),
    html_url: page,
    pull_request_url: pullUrl,
    _links: { html: { href: page }, pull_request: { href: pullUrl } },
    submitted_at: review.submittedAt,
    commit_id: review.commitSha,
    author_association: authorAssociation(world, place.repository, review.author),
  };
}

/** The same in a delivery: state in small letters, an empty text as null, and when it last changed. */
export function serializeReviewForWebhook(...input: Parameters<typeof serializeReview>) {
  const review = serializeReview(...input);
  return {
    ...review,
    body: review.body === '' ? null : review.body,
    state: review.state.toLowerCase(),
    updated_at: review.submitted_at,
  };
}
