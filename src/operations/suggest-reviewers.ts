import type { Change } from '../core/change.ts';
import { seatsMissing } from '../core/reviewers/choose-for-all.ts';
import { loginKey } from '../core/reviewers/past-change.ts';
import { planReviewerComment } from '../core/reviewers/plan-reviewer-comment.ts';
import { renderSuggestion, suggestedIn } from '../core/reviewers/render-suggestion.ts';
import { renderWaiting } from '../core/reviewers/render-waiting.ts';
import { isUnasked } from '../core/reviewers/review-load.ts';
import { isSpent, whyNobody } from '../core/reviewers/why-nobody.ts';
import type { OwnComment } from '../core/umbrella/snapshot.ts';
import { applyChanges, type ChangeOutcome } from './apply-changes.ts';
import { chooseBeside, loadSuggestions, type ReviewersLook, type WantedSuggestion } from './load-suggestions.ts';
import { choiceAt, type ReviewDesk } from './review-desk.ts';

/** Comments that a look corrects besides those that it is about; the next one goes on. */
const MOST_OTHERS = 20;

/**
 * Keeps one comment on pull requests that names whom to ask, as long as somebody is missing. All that wait for a name are chosen for
 * as one batch, in which who is named has the request already, so that names spread as requests do. Who was named stays named
 * while they could be chosen for it now; a comment with nothing more to say is deleted, and where everybody who could review it declined
 * or was taken off it says so. Written are those that the look is about, and
 * some others where somebody else is to be named now.
 */
export async function suggestReviewers(desk: ReviewDesk, look: ReviewersLook): Promise<readonly ChangeOutcome[]> {
  const all = await loadSuggestions(desk, look);
  const wanted = chooseBeside(all, desk).flatMap(({ comments, ...one }): readonly Wanted[] =>
    comments === null ? [] : [{ ...one, comments }],
  );
  const isMeant = ({ request }: Wanted): boolean => look.isAtAll || look.numbers.has(request.ref.number);
  const planFor = (one: Wanted): readonly Change[] => planSuggestion(one, desk);
  const others = wanted.filter((one) => !isMeant(one) && hasOtherNames(one));
  const changes = [...wanted.filter(isMeant), ...others.slice(0, MOST_OTHERS)].flatMap(planFor);
  return applyChanges(desk.context, changes);
}

interface Wanted extends WantedSuggestion {
  readonly comments: readonly OwnComment[];
}

function hasOtherNames({ comments, logins }: Wanted): boolean {
  const told = suggestedIn(comments[0]?.body ?? '');
  return told.length !== logins.length || logins.some((login) => !told.includes(loginKey(login)));
}

function planSuggestion(wanted: Wanted, desk: ReviewDesk): readonly Change[] {
  const { request, comments, logins } = wanted;
  if (logins.length === 0) return planReviewerComment(request.ref, { comments, body: spentWords(wanted, desk) });
  const all = logins.map((login) => ({ login, familiarity: request.familiarity.get(loginKey(login)) ?? 0 }));
  const body = renderSuggestion(all, { canReroll: desk.context.store !== undefined });
  return planReviewerComment(request.ref, { comments, body });
}

/** Where somebody is missing and everybody who could review it refused or has had it; null where there is nothing to say. */
function spentWords({ request }: Wanted, desk: ReviewDesk): string | null {
  const { reviewers } = desk.model;
  const missing = seatsMissing(request, reviewers, choiceAt(desk, { assigns: true }))?.count ?? 0;
  if (missing === 0 || !isUnasked(request) || !isSpent(request, reviewers)) return null;
  return renderWaiting({ why: whyNobody(request, { missing, reviewers }), isReviewable: false });
}
