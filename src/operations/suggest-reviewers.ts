import type { Change } from '../core/change.ts';
import { planOwnComment } from '../core/plan-own-comment.ts';
import { loginKey } from '../core/reviewers/past-change.ts';
import type { RankedReviewer } from '../core/reviewers/rank-reviewers.ts';
import { renderSuggestion, SUGGESTION_MARKER, suggestedIn } from '../core/reviewers/render-suggestion.ts';
import type { ReviewRequest } from '../core/reviewers/review-facts.ts';
import { findMarkedComments } from '../github/find-marked-comment.ts';
import { applyChanges, type ChangeOutcome } from './apply-changes.ts';
import { byUrgency, candidatesFor, type ReviewDesk, teamsAsked } from './review-desk.ts';

/**
 * Keeps one comment on each of these requests that names whom to ask, as long as somebody is missing. Who was named stays named
 * while they could be asked; a comment with nothing more to say is deleted.
 */
export async function suggestReviewers(
  desk: ReviewDesk,
  requests: readonly ReviewRequest[],
): Promise<readonly ChangeOutcome[]> {
  const outcomes: ChangeOutcome[] = [];
  for (const request of byUrgency(desk, requests, { assigns: false }))
    outcomes.push(...(await applyChanges(desk.context, await planSuggestion(desk, request))));
  return outcomes;
}

async function planSuggestion(desk: ReviewDesk, request: ReviewRequest): Promise<readonly Change[]> {
  const { ref: on, familiarity } = request;
  const [own, ...later] = await findMarkedComments(desk.context.github, on, SUGGESTION_MARKER);
  const chosen = choose(desk, request, own === undefined ? [] : suggestedIn(own.body));
  const all = own === undefined ? [] : [own, ...later];
  if (chosen.length === 0) return all.map(({ id }) => ({ kind: 'delete_comment', on, commentId: id }));
  const body = renderSuggestion(
    chosen.map(({ login }) => ({ login, familiarity: familiarity.get(loginKey(login)) ?? 0 })),
  );
  const ownComment = own === undefined ? null : { ...own, copies: later.map(({ id }) => id) };
  return planOwnComment({ ownComment, on, marker: SUGGESTION_MARKER, body });
}

function choose(desk: ReviewDesk, request: ReviewRequest, named: readonly string[]): readonly RankedReviewer[] {
  const { config, model } = desk;
  const { askedByPerson, askedByUs, reviewed } = request.standing;
  const authors = new Set(request.authors.map(loginKey));
  const there = new Set([...askedByPerson, ...askedByUs, ...reviewed.filter((login) => !authors.has(login))]);
  const missing = config.count - there.size - teamsAsked(desk, request).length;
  if (request.isDraft || request.isDependencyBot || missing <= 0) return [];
  const candidates = candidatesFor(desk, request, { reviewers: model.reviewers, assigns: false });
  const isNamed = ({ login }: RankedReviewer): boolean => named.includes(loginKey(login));
  const free = candidates.filter((one) => isNamed(one) || one.hasRoom);
  return [...free.filter(isNamed), ...free.filter((one) => !isNamed(one))].slice(0, missing);
}
