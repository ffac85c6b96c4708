import type { Reading } from '../reading.ts';
import type { ChecksFacts, Instant, ReviewFacts } from '../task/facts.ts';
import { loginKey } from './past-change.ts';

/** What tells whose turn it is on a pull request. */
export interface TurnFacts {
  readonly state: 'open' | 'closed' | 'merged';
  readonly isDraft: boolean;
  /** When it became ready for review. */
  readonly readyAt: Instant;
  /** Who is asked now, teams not among them. `askedAt` null where the timeline does not say. */
  readonly asked: readonly { readonly login: string; readonly askedAt: Instant | null }[];
  /** Every review, in any order. */
  readonly reviews: readonly Pick<ReviewFacts, 'author' | 'state' | 'submittedAt'>[];
  /** The last push to the branch; null where the timeline does not say. */
  readonly pushedAt: Instant | null;
  readonly checks: Reading<Pick<ChecksFacts, 'state'>>;
  /** When the checks of the last push were done; null where not known. */
  readonly checkedAt: Instant | null;
  readonly mergeable: 'mergeable' | 'conflicting' | 'unknown';
  readonly reviewDecision: 'approved' | 'changes_requested' | 'review_required' | null;
}

export type Turn =
  /** `since`: from when on nothing but the review was missing; null where nobody knows since when it was asked for. */
  | { readonly on: 'reviewer'; readonly since: Instant | null }
  | { readonly on: 'author'; readonly because: 'draft' | 'conflict' | 'changes_requested' | 'checks_failed' }
  | { readonly on: 'ci' }
  | { readonly on: 'merge' }
  /** Closed, or nothing is asked of this person. */
  | { readonly on: 'nobody' };

/**
 * Whether a pull request waits for a review of this person, and since when. A review is asked for by a request that stands, or
 * by this person's own "changes requested" with a push after it. The first that holds: draft, changes that somebody requested
 * and nobody pushed since, conflict with the base, failed checks, checks that run, approval.
 *
 * What could not be read takes no work off anybody: unknown checks and conflicts leave it with the reviewer.
 */
export function turnOf(facts: TurnFacts, login: string): Turn {
  if (facts.state !== 'open') return { on: 'nobody' };
  const askedSince = whenAsked(facts, login);
  if (askedSince === undefined) return { on: 'nobody' };
  if (facts.isDraft) return { on: 'author', because: 'draft' };
  if (isAnswerOwed(facts)) return { on: 'author', because: 'changes_requested' };
  if (facts.mergeable === 'conflicting') return { on: 'author', because: 'conflict' };
  const checks = facts.checks.known ? facts.checks.value.state : 'none';
  if (checks === 'failure') return { on: 'author', because: 'checks_failed' };
  if (checks === 'pending') return { on: 'ci' };
  if (facts.reviewDecision === 'approved') return { on: 'merge' };
  return { on: 'reviewer', since: askedSince === null ? null : latest([askedSince, ...sinceWhenFree(facts)]) };
}

/** Null where nobody knows when; undefined where nothing is asked. */
function whenAsked({ asked, reviews, pushedAt }: TurnFacts, login: string): Instant | null | undefined {
  const request = asked.find((one) => loginKey(one.login) === loginKey(login));
  if (request !== undefined) return request.askedAt;
  const own = latestVerdicts(reviews).get(loginKey(login));
  const isAnswered = own?.state === 'changes_requested' && pushedAt !== null && isLater(pushedAt, own.submittedAt);
  return isAnswered ? pushedAt : undefined;
}

/** Whether somebody requested changes that no push answered; whoever is asked again is taken to have been answered. */
function isAnswerOwed({ reviews, asked, pushedAt }: TurnFacts): boolean {
  const askedAgain = new Set(asked.map(({ login }) => loginKey(login)));
  return [...latestVerdicts(reviews)].some(
    ([login, { state, submittedAt }]) =>
      state === 'changes_requested' && !askedAgain.has(login) && (pushedAt === null || !isLater(pushedAt, submittedAt)),
  );
}

/** The last approval, rejection or dismissal of each person; comments take no verdict back, and what was never sent is none. */
function latestVerdicts(reviews: TurnFacts['reviews']): ReadonlyMap<string, Verdict> {
  const sent = reviews.flatMap(({ author, state, submittedAt }) =>
    author === null || submittedAt === null || state === 'commented' ? [] : [{ author, state, submittedAt }],
  );
  const inOrder = sent.sort((one, other) => Date.parse(one.submittedAt) - Date.parse(other.submittedAt));
  return new Map(inOrder.map((verdict) => [loginKey(verdict.author), verdict]));
}

interface Verdict {
  readonly state: ReviewFacts['state'];
  readonly submittedAt: Instant;
}

/** Moments before which somebody else had something to do. */
function sinceWhenFree({ readyAt, reviews, pushedAt, checks, checkedAt }: TurnFacts): readonly Instant[] {
  const wasAnswered = pushedAt !== null && reviews.some(({ state }) => state === 'changes_requested');
  const wereChecked = checkedAt !== null && checks.known && checks.value.state === 'success';
  return [readyAt, ...(wasAnswered ? [pushedAt] : []), ...(wereChecked ? [checkedAt] : [])];
}

const isLater = (one: Instant, other: Instant): boolean => Date.parse(one) > Date.parse(other);

const latest = (instants: readonly Instant[]): Instant =>
  instants.reduce((one, other) => (isLater(other, one) ? other : one));
