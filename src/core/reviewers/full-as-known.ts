import { loginKey } from './past-change.ts';
import { type RankingOptions, rankReviewers } from './rank-reviewers.ts';
import type { Reviewer, ReviewRequest } from './review-facts.ts';

/**
 * Who has no room for a request by what everybody may know, as `reviewers load` tells it; logins in lower case. What people said
 * for themselves of absences and of capacity changes nothing in it, so that it can be told.
 */
export function fullAsKnown(
  request: ReviewRequest,
  reviewers: readonly Reviewer[],
  options: RankingOptions,
): ReadonlySet<string> {
  const asKnown = reviewers.map((one): Reviewer => ({ ...one, absences: [], ownCapacity: null }));
  const { eligibility } = rankReviewers(request, asKnown, options);
  const full = eligibility.filter((one) => !one.isEligible && one.reasons.includes('at_capacity'));
  return new Set(full.map(({ login }) => loginKey(login)));
}
