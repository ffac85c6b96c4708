import type { Instant } from '../task/facts.ts';
import { hoursSinceAbsence, isAway } from './is-away.ts';
import { hoursUntilWork } from './next-working-moment.ts';
import { capacityInForce } from './own-capacity.ts';
import { loginKey } from './past-change.ts';
import type { Reviewer, ReviewRequest } from './review-facts.ts';
import type { CandidateState } from './score-candidate.ts';
import { silenceOf } from './silence-of.ts';

/** Somebody at one moment, with all that depends on no request: worked out once, however many they are compared for. */
export interface ReviewerNow {
  readonly reviewer: Reviewer;
  /** Login in lower case. */
  readonly key: string;
  /** Away for something new, see `isAway`. */
  readonly isAway: boolean;
  readonly state: Omit<CandidateState, 'familiarity' | 'hasCapability' | 'scarcity'>;
}

export function reviewerNow(reviewer: Reviewer, now: Instant): ReviewerNow {
  const { login, waiting, pace, hours, absences, overdrawn } = reviewer;
  return {
    reviewer,
    key: loginKey(login),
    isAway: isAway(absences, now),
    state: {
      ...{ login, overdrawn },
      utilisation: absences.length === 0 ? reviewer.utilisation : reviewer.utilisationWhenThere,
      backlog: waiting.reduce((sum, { effort }) => sum + effort, 0),
      open: waiting.length,
      pace: pace.value,
      capacity: capacityInForce(reviewer),
      hoursUntilWork: hoursUntilWork({ hours: hours?.value ?? null, absences }, now),
      silence: silenceOf(reviewer, now),
      hoursSinceReturn: hoursSinceAbsence(absences, now),
    },
  };
}

/** Somebody as one request sees them. */
export const stateFor = ({ reviewer, key, state }: ReviewerNow, request: ReviewRequest): CandidateState => ({
  ...state,
  familiarity: request.familiarity.get(key) ?? 0,
  hasCapability: request.needs.every((tag) => reviewer.capability.includes(tag)),
  scarcity: request.needs.some((tag) => reviewer.scarcity.tags.includes(tag)) ? 0 : reviewer.scarcity.share,
});
