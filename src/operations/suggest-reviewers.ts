import type { Change } from '../core/change.ts';
import { chooseForAll, seatsMissing } from '../core/reviewers/choose-for-all.ts';
import { loginKey } from '../core/reviewers/past-change.ts';
import { planReviewerComment } from '../core/reviewers/plan-reviewer-comment.ts';
import { rankReviewers } from '../core/reviewers/rank-reviewers.ts';
import { renderSuggestion, SUGGESTION_MARKER, suggestedIn } from '../core/reviewers/render-suggestion.ts';
import type { ReviewRequest } from '../core/reviewers/review-facts.ts';
import { withAsked, withGiven } from '../core/reviewers/with-given.ts';
import { refKey } from '../core/task/identity.ts';
import type { OwnComment } from '../core/umbrella/snapshot.ts';
import { findAllMarkedComments } from '../github/find-all-marked-comments.ts';
import { applyChanges, type ChangeOutcome } from './apply-changes.ts';
import { choiceAt, type ReviewDesk } from './review-desk.ts';

interface SuggestionLook {
  /** Pull requests that the look is about. */
  readonly numbers: ReadonlySet<number>;
  /** Whether it is about all that are open. */
  readonly isAtAll: boolean;
}

/** Pull requests whose comments are read, twenty a call: at a look at some, and at one at all. */
const MOST_READ = { some: 100, all: 500 } as const;
/** Comments that a look corrects besides those that it is about; the next one goes on. */
const MOST_OTHERS = 20;

/**
 * Keeps one comment on pull requests that names whom to ask, as long as somebody is missing. All that wait for a name are chosen for
 * as one batch, in which who is named has the request already, so that names spread as requests do. Who was named stays named
 * while they could be asked; a comment with nothing more to say is deleted. Written are those that the look is about, and
 * some others where somebody else is to be named now.
 */
export async function suggestReviewers(desk: ReviewDesk, look: SuggestionLook): Promise<readonly ChangeOutcome[]> {
  const all = await loadSuggested(desk, look);
  const named = all.map((one) => ({ request: one.request, logins: one.named }));
  const choices = chooseForAll(
    named.map(withAsked),
    desk.model.reviewers.map((one) => withGiven(one, named)),
    choiceAt(desk, { assigns: false }),
  );
  const wanted = all.flatMap((one, place): readonly Wanted[] => {
    const chosen = choices[place]?.chosen ?? [];
    return one.comments === null
      ? []
      : [{ ...one, comments: one.comments, logins: [...one.named, ...chosen.map(({ login }) => login)] }];
  });
  const isMeant = ({ request }: Wanted): boolean => look.isAtAll || look.numbers.has(request.ref.number);
  const others = wanted.filter((one) => !isMeant(one) && hasOtherNames(one));
  const changes = [...wanted.filter(isMeant), ...others.slice(0, MOST_OTHERS)].flatMap(planSuggestion);
  return applyChanges(desk.context, changes);
}

interface Suggested {
  readonly request: ReviewRequest;
  /** Null where they were not read. */
  readonly comments: readonly OwnComment[] | null;
  /** Who is named, and stays so. */
  readonly named: readonly string[];
}

interface Wanted extends Suggested {
  readonly comments: readonly OwnComment[];
  /** Who is to be named. */
  readonly logins: readonly string[];
}

/** What the look is about, and whatever else lacks a reviewer. */
async function loadSuggested(desk: ReviewDesk, { numbers, isAtAll }: SuggestionLook): Promise<readonly Suggested[]> {
  const { context, model, repository } = desk;
  const options = choiceAt(desk, { assigns: false });
  const isMeant = ({ ref }: ReviewRequest): boolean => numbers.has(ref.number);
  const lacking = model.requests.filter((request) => seatsMissing(request, model.reviewers, options) !== null);
  const first = [...model.requests.filter(isMeant), ...lacking.filter((request) => !isMeant(request))];
  const requests = isAtAll ? [...new Set([...first, ...model.requests])] : first;
  const found = await findAllMarkedComments(context.github, repository, {
    numbers: requests.slice(0, isAtAll ? MOST_READ.all : MOST_READ.some).map(({ ref }) => ref.number),
    marker: SUGGESTION_MARKER,
  });
  return requests.map((request) => {
    const comments = found.get(refKey(request.ref)) ?? null;
    const logins = suggestedIn(comments?.[0]?.body ?? '');
    return { request, comments, named: logins.length === 0 ? [] : stillNamed(desk, request, logins) };
  });
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

function hasOtherNames({ comments, logins }: Wanted): boolean {
  const told = suggestedIn(comments[0]?.body ?? '');
  return told.length !== logins.length || logins.some((login) => !told.includes(loginKey(login)));
}

function planSuggestion({ request: { ref, familiarity }, comments, logins }: Wanted): readonly Change[] {
  const all = logins.map((login) => ({ login, familiarity: familiarity.get(loginKey(login)) ?? 0 }));
  return planReviewerComment(ref, { comments, body: all.length === 0 ? null : renderSuggestion(all) });
}
