import type { Reviewer, ReviewRequest } from '../core/reviewers/review-facts.ts';
import { type Ref, type RepositoryRef, refKey, repositoryKey } from '../core/task/identity.ts';
import type { ReviewCandidate, ReviewWish } from '../store/reviewers/assign-review.ts';
import { confirmAsked, isHeld, withdrawHeld } from '../store/reviewers/settle-review.ts';
import type { OriginStore } from '../store/store.ts';
import { applyChanges, type ChangeOutcome } from './apply-changes.ts';
import type { ReviewDesk } from './review-desk.ts';
import { givenTime } from './store-of.ts';

interface Told {
  /** Who has a place now, and was told by GitHub. */
  readonly logins: readonly string[];
  /** Whom GitHub does not let anybody ask for this: who opened it, or has no access any more. */
  readonly refused: readonly string[];
  readonly outcomes: readonly ChangeOutcome[];
}

/** What `assignUnderCap` has to know of a request, but for who and how many. */
export const wishOf = (
  { context, repository, seenAt }: ReviewDesk,
  { ref }: Pick<ReviewRequest, 'ref'>,
): Pick<ReviewWish, 'request' | 'seenAt' | 'repositories' | 'now'> => ({
  request: ref,
  seenAt,
  repositories: readAt(repository),
  now: givenTime(context),
});

/** What a desk tells of: whatever waits elsewhere may be missing from it. */
export const readAt = (repository: RepositoryRef): ReadonlySet<string> => new Set([repositoryKey(repository)]);

export function withWaiting(
  { login, cap }: Pick<ReviewCandidate, 'login' | 'cap'>,
  reviewers: readonly Reviewer[],
): ReviewCandidate {
  const waiting = reviewers.find((one) => one.login === login)?.waiting ?? [];
  return { login, cap, waiting: new Set(waiting.map(({ ref }) => refKey(ref))) };
}

/** Who knows of places besides GitHub. */
export interface PlaceBook {
  /** Whether the place is still theirs. */
  readonly isHeld: (place: AskedPlace) => Promise<boolean>;
  /** Notes that GitHub was told. False where the place is no longer theirs. */
  readonly confirm: (place: AskedPlace) => Promise<boolean>;
  /** Notes that GitHub was not told. */
  readonly withdraw: (place: AskedPlace) => Promise<void>;
}

interface AskedPlace {
  readonly request: Ref;
  readonly login: string;
}

/** The store as it knows of places. */
export function bookOf({ context }: Pick<ReviewDesk, 'context'>, store: OriginStore): PlaceBook {
  const at = (place: AskedPlace) => ({ ...place, now: givenTime(context) });
  return {
    isHeld: (place) => isHeld(store, at(place)),
    confirm: (place) => confirmAsked(store, at(place)),
    withdraw: async (place) => {
      await withdrawHeld(store, at(place));
    },
  };
}

/**
 * Tells GitHub of places that are held. A person who takes the request away just then wins: before the word it is not said, and
 * after it, it is taken back.
 */
export async function askAll(
  { context, config }: Pick<ReviewDesk, 'context' | 'config'>,
  book: PlaceBook,
  { request: on, logins }: { readonly request: Ref; readonly logins: readonly string[] },
): Promise<Told> {
  const asked: string[] = [];
  const outcomes: ChangeOutcome[] = [];
  for (const login of logins) {
    const place = { request: on, login };
    if (!(await book.isHeld(place))) continue;
    const [told] = await applyChanges(context, [{ kind: 'request_review', on, login }]);
    if (told !== undefined) outcomes.push(told);
    // Whoever is asked already was asked by a person just now.
    if (told?.outcome !== 'done') {
      await book.withdraw(place);
      continue;
    }
    if (!(await book.confirm(place))) {
      outcomes.push(...(await applyChanges(context, [{ kind: 'remove_review_request', on, login }])));
      continue;
    }
    asked.push(login);
    if (config.assignee) outcomes.push(...(await applyChanges(context, [{ kind: 'add_assignee', on, login }])));
  }
  return { logins: asked, refused: outcomes.flatMap(refusedIn), outcomes };
}

/** Anything else that fails would fail with the next one, too. */
const refusedIn = ({ change, code }: ChangeOutcome): readonly string[] =>
  change.kind === 'request_review' && code === 'usage' ? [change.login] : [];
