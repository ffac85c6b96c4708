import type { ChoiceSituation } from '../../../src/core/reviewers/choose-reviewer.ts';
import type { CandidateState } from '../../../src/core/reviewers/score-candidate.ts';

/** Somebody at work with nothing to do who knows the change; what differs is given. */
export const candidate = (given: Partial<CandidateState> = {}): CandidateState => ({
  login: 'kim',
  backlog: 0,
  overdrawn: 0,
  open: 0,
  pace: 1,
  capacity: 2,
  hoursUntilWork: 0,
  utilisation: 0.5,
  familiarity: 1,
  hasCapability: true,
  silence: 0,
  hoursSinceReturn: null,
  scarcity: 0,
  ...given,
});

/** A request of one unit that was just opened, while nothing waits for anybody. */
export const situation = (given: Partial<ChoiceSituation> = {}): ChoiceSituation => ({
  effort: 1,
  ageOverSla: 0,
  overload: 0,
  seed: 1,
  ...given,
});
