import type { ForAllOptions } from './choose-for-all.ts';
import { countQueued } from './count-queued.ts';
import { loginKey } from './past-change.ts';
import { rankReviewers } from './rank-reviewers.ts';
import type { Reviewer, ReviewRequest } from './review-facts.ts';

interface KnownFacts {
  /** All that are open: what of them finds no room has caps give way. */
  readonly requests: readonly ReviewRequest[];
  readonly reviewers: readonly Reviewer[];
}

/**
 * Who has no room for a request by what everybody may know, as `reviewers load` tells it; logins in lower case. What people said
 * for themselves of absences and of capacity changes nothing in it, so that it can be told.
 */
export function fullAsKnown(
  request: ReviewRequest,
  { requests, reviewers }: KnownFacts,
  options: Omit<ForAllOptions, 'queued'>,
): ReadonlySet<string> {
  const asKnown = reviewers.map((one): Reviewer => ({ ...one, absences: [], ownCapacity: null }));
  const queued = countQueued(requests, asKnown, options);
  const { eligibility } = rankReviewers(request, asKnown, { ...options, queued });
  const full = eligibility.filter((one) => !one.isEligible && one.reasons.includes('at_capacity'));
  return new Set(full.map(({ login }) => loginKey(login)));
}
