import { loginKey } from './past-change.ts';
import type { ReviewRequest, WaitingReview } from './review-facts.ts';
import { effortFor } from './score-candidate.ts';

/** A review as it waits for whom it was given to, before GitHub shows it. */
export const reviewGiven = (
  { ref, dueAt, effort, familiarity }: Pick<ReviewRequest, 'ref' | 'dueAt' | 'effort' | 'familiarity'>,
  login: string,
): WaitingReview => {
  return { ref, dueAt, askedAt: null, effort: effortFor(effort, familiarity.get(loginKey(login)) ?? 0) };
};
