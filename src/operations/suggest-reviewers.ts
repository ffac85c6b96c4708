import type { Change } from '../core/change.ts';
import { loginKey } from '../core/reviewers/past-change.ts';
import { planReviewerComment } from '../core/reviewers/plan-reviewer-comment.ts';
import { renderSuggestion, suggestedIn } from '../core/reviewers/render-suggestion.ts';
import type { OwnComment } from '../core/umbrella/snapshot.ts';
import { applyChanges, type ChangeOutcome } from './apply-changes.ts';
import { chooseBeside, loadSuggestions, type ReviewersLook, type WantedSuggestion } from './load-suggestions.ts';
import type { ReviewDesk } from './review-desk.ts';

/** Comments that a look corrects besides those that it is about; the next one goes on. */
const MOST_OTHERS = 20;

/**
 * Keeps one comment on pull requests that names whom to ask, as long as somebody is missing. All that wait for a name are chosen for
 * as one batch, in which who is named has the request already, so that names spread as requests do. Who was named stays named
 * while they could be chosen for it now; a comment with nothing more to say is deleted. Written are those that the look is about, and
 * some others where somebody else is to be named now.
 */
export async function suggestReviewers(desk: ReviewDesk, look: ReviewersLook): Promise<readonly ChangeOutcome[]> {
  const all = await loadSuggestions(desk, look);
  const wanted = chooseBeside(all, desk).flatMap(({ comments, ...one }): readonly Wanted[] =>
    comments === null ? [] : [{ ...one, comments }],
  );
  const isMeant = ({ request }: Wanted): boolean => look.isAtAll || look.numbers.has(request.ref.number);
  const others = wanted.filter((one) => !isMeant(one) && hasOtherNames(one));
  const changes = [...wanted.filter(isMeant), ...others.slice(0, MOST_OTHERS)].flatMap(planSuggestion);
  return applyChanges(desk.context, changes);
}

interface Wanted extends WantedSuggestion {
  readonly comments: readonly OwnComment[];
}

function hasOtherNames({ comments, logins }: Wanted): boolean {
  const told = suggestedIn(comments[0]?.body ?? '');
  return told.length !== logins.length || logins.some((login) => !told.includes(loginKey(login)));
}

function planSuggestion({ request: { ref, familiarity }, comments, logins }: Wanted): readonly Change[] {
  const all = logins.map((login) => ({ login, familiarity: familiarity.get(loginKey(login)) ?? 0 }));
  return planReviewerComment(ref, { comments, body: all.length === 0 ? null : renderSuggestion(all) });
}
