import { chooseForAll, seatsMissing } from '../core/reviewers/choose-for-all.ts';
import { SUGGESTION_MARKER, suggestedIn } from '../core/reviewers/render-suggestion.ts';
import type { ReviewRequest } from '../core/reviewers/review-facts.ts';
import { stillNamed } from '../core/reviewers/still-named.ts';
import { withAsked, withGiven } from '../core/reviewers/with-given.ts';
import { refKey } from '../core/task/identity.ts';
import type { OwnComment } from '../core/umbrella/snapshot.ts';
import { findAllMarkedComments } from '../github/find-all-marked-comments.ts';
import { choiceAt, type ReviewDesk } from './review-desk.ts';

/** Which pull requests are looked at. */
export interface ReviewersLook {
  /** Those that events speak of. */
  readonly numbers: ReadonlySet<number>;
  /** Whether every open one that lacks a reviewer is, also one that no event spoke of. */
  readonly isAtAll: boolean;
  /** Those that events say are closed; absent: none. */
  readonly closed?: ReadonlySet<number>;
  /**
   * At a look at all: since when pull requests may have ended without an event that said so, as while nobody ran; null: since ever,
   * as far back as the past is read anyway. Absent: there are none.
   */
  readonly endedSince?: string | null;
  /** Whether whoever looks named or asked reviewers here before, which may have left something to take back; absent: no. */
  readonly isKept?: boolean;
}

/** What a comment of ours says of the reviewers of a pull request. */
export interface Suggestion {
  readonly request: ReviewRequest;
  /** Null where they were not read. */
  readonly comments: readonly OwnComment[] | null;
  /** Who is named, and stays so: see `stillNamed`. */
  readonly named: readonly string[];
}

export interface WantedSuggestion extends Suggestion {
  /** Who is to be named. */
  readonly logins: readonly string[];
}

/** Pull requests whose comments are read, twenty a call: at a look at some, and at one at all. */
const MOST_READ = { some: 100, all: 500 } as const;

/** Of what the look is about, and of whatever else lacks a reviewer. */
export async function loadSuggestions(
  desk: ReviewDesk,
  { numbers, isAtAll }: Pick<ReviewersLook, 'numbers' | 'isAtAll'>,
): Promise<readonly Suggestion[]> {
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
  const commentsOf = ({ ref }: ReviewRequest): readonly OwnComment[] | null => found.get(refKey(ref)) ?? null;
  const told = requests.map((request) => ({ request, logins: suggestedIn(commentsOf(request)?.[0]?.body ?? '') }));
  return stillNamed(told, model.reviewers, options).map(({ request, logins }) => ({
    request,
    comments: commentsOf(request),
    named: logins,
  }));
}

/** Whom to name: those who stay, and whom one batch finds beside them, in which who is named has the request already. */
export function chooseBeside(all: readonly Suggestion[], desk: ReviewDesk): readonly WantedSuggestion[] {
  const given = all.map(({ request, named }) => ({ request, logins: named }));
  const choices = chooseForAll(
    given.map(withAsked),
    desk.model.reviewers.map((one) => withGiven(one, given)),
    choiceAt(desk, { assigns: false }),
  );
  return all.map((one, place) => {
    const chosen = choices[place]?.chosen ?? [];
    return { ...one, logins: [...one.named, ...chosen.map(({ login }) => login)] };
  });
}
