import type { Change } from '../core/change.ts';
import { planOwnComment } from '../core/plan-own-comment.ts';
import { chooseForAll, seatsMissing } from '../core/reviewers/choose-for-all.ts';
import { loginKey } from '../core/reviewers/past-change.ts';
import { rankReviewers } from '../core/reviewers/rank-reviewers.ts';
import { renderSuggestion, SUGGESTION_MARKER, suggestedIn } from '../core/reviewers/render-suggestion.ts';
import type { ReviewRequest } from '../core/reviewers/review-facts.ts';
import { withAsked, withGiven } from '../core/reviewers/with-given.ts';
import type { OwnComment } from '../core/umbrella/snapshot.ts';
import { findMarkedComments } from '../github/find-marked-comment.ts';
import { applyChanges, type ChangeOutcome } from './apply-changes.ts';
import { choiceAt, type ReviewDesk } from './review-desk.ts';

/**
 * Keeps one comment on each of these requests that names whom to ask, as long as somebody is missing: chosen as one batch, in which
 * who was named has the request already. Who was named stays named while they could be asked; a comment with nothing more to say
 * is deleted.
 */
export async function suggestReviewers(
  desk: ReviewDesk,
  requests: readonly ReviewRequest[],
): Promise<readonly ChangeOutcome[]> {
  const all: Suggested[] = [];
  for (const request of requests) all.push(await loadSuggested(desk, request));
  const named = all.map((one) => ({ request: one.request, logins: one.named }));
  const options = choiceAt(desk, { assigns: false });
  const choices = chooseForAll(
    named.map(withAsked),
    desk.model.reviewers.map((one) => withGiven(one, named)),
    options,
  );
  const outcomes: ChangeOutcome[] = [];
  for (const [place, one] of all.entries()) {
    const chosen = (choices[place]?.chosen ?? []).map(({ login }) => login);
    outcomes.push(...(await applyChanges(desk.context, planSuggestion(one, [...one.named, ...chosen]))));
  }
  return outcomes;
}

interface Suggested {
  readonly request: ReviewRequest;
  readonly comments: readonly OwnComment[];
  /** Who is named, and stays so. */
  readonly named: readonly string[];
}

async function loadSuggested(desk: ReviewDesk, request: ReviewRequest): Promise<Suggested> {
  const comments = await findMarkedComments(desk.context.github, request.ref, SUGGESTION_MARKER);
  const named = suggestedIn(comments[0]?.body ?? '');
  return { request, comments, named: named.length === 0 ? [] : stillNamed(desk, request, named) };
}

/** As many as are missing: several where that takes people who know different things. */
function stillNamed(desk: ReviewDesk, request: ReviewRequest, named: readonly string[]): readonly string[] {
  const { reviewers } = desk.model;
  const options = choiceAt(desk, { assigns: false });
  const missing = seatsMissing(request, reviewers, options);
  if (missing === null) return [];
  return rankReviewers(request, reviewers, options)
    .candidates.map(({ login }) => login)
    .filter((login) => named.includes(loginKey(login)))
    .slice(0, Math.max(missing.count, missing.needs.length));
}

function planSuggestion({ request, comments }: Suggested, logins: readonly string[]): readonly Change[] {
  const { ref: on, familiarity } = request;
  const [own, ...later] = comments;
  if (logins.length === 0) return comments.map(({ id }) => ({ kind: 'delete_comment', on, commentId: id }));
  const body = renderSuggestion(logins.map((login) => ({ login, familiarity: familiarity.get(loginKey(login)) ?? 0 })));
  const ownComment = own === undefined ? null : { ...own, copies: later.map(({ id }) => id) };
  return planOwnComment({ ownComment, on, marker: SUGGESTION_MARKER, body });
}
