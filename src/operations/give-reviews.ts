import type { ForAllOptions, RequestChoice } from '../core/reviewers/choose-for-all.ts';
import { chooseWithNamed } from '../core/reviewers/choose-with-named.ts';
import type { Reviewer, ReviewRequest } from '../core/reviewers/review-facts.ts';
import type { GivenRequest } from '../core/reviewers/with-given.ts';
import { refKey } from '../core/task/identity.ts';
import type { ChangeOutcome } from './apply-changes.ts';
import { FIRST_TRY, nextTry, type ReviewTry } from './next-try.ts';
import type { ReviewDesk } from './review-desk.ts';
import { askAll, type PlaceBook } from './review-places.ts';

/** Whom a request was given to. `chosen` are those who are asked now, and whoever else was chosen is among `missing`. */
export interface GivenReview extends RequestChoice {
  readonly outcomes: readonly ChangeOutcome[];
}

/** What is known of people and requests, again for each round, and of places. */
export interface ReviewRounds {
  readonly begin: (requests: readonly ReviewRequest[]) => Promise<ReviewRound>;
  readonly book: PlaceBook;
}

export interface ReviewRound {
  /** As they are known now, in the order given. */
  readonly requests: readonly ReviewRequest[];
  readonly reviewers: readonly Reviewer[];
  /** Takes places for those who were chosen, and tells who got one. */
  readonly hold: (choice: RequestChoice) => Promise<readonly string[]>;
}

interface Giving {
  readonly requests: readonly ReviewRequest[];
  readonly options: ForAllOptions;
  readonly rounds: ReviewRounds;
  /** Whom suggestions that stand name; absent: nobody. */
  readonly named?: readonly GivenRequest[];
}

/**
 * Asks reviewers for these requests, all solved as one batch, and tells what became of each, in the order given. Places that are
 * lost to somebody else who gives reviews, and those whom GitHub refuses, are solved anew with what was given: see `nextTry`.
 */
export async function giveReviews(
  desk: Pick<ReviewDesk, 'context' | 'config'>,
  { requests, options, rounds, named = [] }: Giving,
): Promise<readonly GivenReview[]> {
  const given = new Map<string, GivenReview>();
  let left: readonly OpenRequest[] = requests.map((request) => ({ request, before: FIRST_TRY }));
  while (left.length > 0) {
    const next: OpenRequest[] = [];
    for (const { open, result, again } of await giveOnce(desk, { options, rounds, named }, left)) {
      const key = refKey(open.request.ref);
      const earlier = given.get(key);
      given.set(key, {
        ...result,
        chosen: [...(earlier?.chosen ?? []), ...result.chosen],
        outcomes: [...(earlier?.outcomes ?? []), ...result.outcomes],
      });
      if (again !== null) next.push({ ...open, before: again });
    }
    left = next;
  }
  return requests.flatMap(({ ref }) => given.get(refKey(ref)) ?? []);
}

interface OpenRequest {
  readonly request: ReviewRequest;
  readonly before: ReviewTry;
}

interface GivenOnce {
  readonly open: OpenRequest;
  readonly result: GivenReview;
  /** Null where it is not tried again. */
  readonly again: ReviewTry | null;
}

async function giveOnce(
  desk: Pick<ReviewDesk, 'context' | 'config'>,
  { options, rounds, named }: Required<Omit<Giving, 'requests'>>,
  all: readonly OpenRequest[],
): Promise<readonly GivenOnce[]> {
  const round = await rounds.begin(all.map(({ request }) => request));
  const passedOver = new Map(all.map(({ request, before }) => [refKey(request.ref), before.passedOver]));
  const choices = chooseWithNamed(round.requests, round.reviewers, {
    ...options,
    named,
    passedOver: ({ ref }) => passedOver.get(refKey(ref)) ?? [],
  });
  const given: GivenOnce[] = [];
  for (const [place, open] of all.entries()) {
    const choice = choices[place];
    if (choice === undefined) continue;
    const held = choice.chosen.length === 0 ? [] : await round.hold(choice);
    const { logins, refused, outcomes } = await askAll(desk, rounds.book, { request: open.request.ref, logins: held });
    const lost = choice.chosen.map(({ login }) => login).filter((login) => !held.includes(login));
    const chosen = choice.chosen.filter(({ login }) => logins.includes(login));
    const missing = choice.missing + choice.chosen.length - logins.length;
    given.push({
      open,
      result: { ...choice, chosen, missing, outcomes },
      again: nextTry(open.before, { lost, refused }),
    });
  }
  return given;
}
