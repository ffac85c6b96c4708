import { planReviewerComment } from '../core/reviewers/plan-reviewer-comment.ts';
import { SUGGESTION_MARKER } from '../core/reviewers/render-suggestion.ts';
import { renderWaiting } from '../core/reviewers/render-waiting.ts';
import type { ReviewRequest } from '../core/reviewers/review-facts.ts';
import { isUnasked } from '../core/reviewers/review-load.ts';
import { canAnybody, whyNobody } from '../core/reviewers/why-nobody.ts';
import { refKey } from '../core/task/identity.ts';
import { findAllMarkedComments } from '../github/find-all-marked-comments.ts';
import { applyChanges, type ChangeOutcome } from './apply-changes.ts';
import type { GivenReview } from './give-reviews.ts';
import type { ReviewDesk } from './review-desk.ts';

/** Whoever can review it but is away or full is waited for so long before a word of it: the two look alike. */
const PATIENCE_MS = 86_400_000;
/** Pull requests whose comments are read, twenty a call: of those given out, and of those that have somebody. */
const MOST_READ = { given: 100, served: 400 } as const;
/** Comments that one look makes; the next one goes on. */
const MOST_NEW = 5;

/**
 * Keeps one comment on a request that nobody is asked for: at once where nobody can review it at all, else when it has waited for a
 * day. Where somebody has it, the comment goes; so it does from `served`, which have somebody as far as this look knows, because
 * nobody may have run when a person asked.
 */
export async function tellWaiting(
  desk: ReviewDesk,
  all: readonly GivenReview[],
  served: readonly Pick<ReviewRequest, 'ref'>[] = [],
): Promise<readonly ChangeOutcome[]> {
  const words = all.map((given) => ({ on: given.request.ref, body: wordsFor(desk, given) }));
  const told = [
    ...words.flatMap(({ on, body }) => (body === 'too early' ? [] : [{ on, body }])).slice(0, MOST_READ.given),
    ...served.slice(0, MOST_READ.served).map(({ ref: on }) => ({ on, body: null })),
  ];
  const found = await findAllMarkedComments(desk.context.github, desk.repository, {
    numbers: told.map(({ on }) => on.number),
    marker: SUGGESTION_MARKER,
  });
  const changes = told.flatMap(({ on, body }) =>
    planReviewerComment(on, { body, comments: found.get(refKey(on)) ?? [] }),
  );
  const made = changes.filter(({ kind }) => kind === 'create_comment').slice(0, MOST_NEW);
  const others = changes.filter(({ kind }) => kind !== 'create_comment');
  return applyChanges(desk.context, [...others, ...made]);
}

/** Null: nothing is to be said. */
function wordsFor(desk: ReviewDesk, { request, chosen, missing }: GivenReview): string | null | 'too early' {
  if (missing === 0 || chosen.length > 0 || !isUnasked(request)) return null;
  const { reviewers } = desk.model;
  const isReviewable = canAnybody(request, reviewers);
  if (isReviewable && !hasWaited(desk, request)) return 'too early';
  return renderWaiting({ why: whyNobody(request, { missing, reviewers }), isReviewable });
}

/** Since it was ready, and since anybody was asked or taken off. */
function hasWaited({ model, context }: ReviewDesk, { ref, openedAt }: ReviewRequest): boolean {
  const steps = model.pulls.get(refKey(ref))?.steps ?? [];
  const since = Math.max(...[openedAt, ...steps.map(({ at }) => at)].map((at) => Date.parse(at)));
  return Date.parse(context.now()) - since > PATIENCE_MS;
}
