/** A person as one request sees them: numbers alone, so that the simulation and life choose by the same function. */
export interface CandidateState {
  readonly login: string;
  /** Units that wait for this person already, each as much as it is for this person. */
  readonly backlog: number;
  /** Units reviewed beyond what the pace allowed until now: whoever has just done much comes back later. 0 where not known. */
  readonly overdrawn: number;
  /** Requests that wait for this person. */
  readonly open: number;
  /** Units per working day; above 0. */
  readonly pace: number;
  /** How many requests may wait for this person at once before others go first. */
  readonly capacity: number;
  /** Until this person's next hour of work; 0 within it. */
  readonly hoursUntilWork: number;
  /** Effort taken on over what the pace allowed, see `longRunUtilisation`; null where not known. */
  readonly utilisation: number | null;
  /** Share of the changed lines in folders that this person knows, 0 to 1. */
  readonly familiarity: number;
  /** Whether this person has every capability that the request needs; true where it needs none. */
  readonly hasCapability: boolean;
  /** Chance that this person is away though nobody was told, 0 to 1, see `silenceOf`. */
  readonly silence: number;
  /** Since the end of the last absence; null without one in living memory. */
  readonly hoursSinceReturn: number | null;
  /** Share of the requests of late that only this person could have taken, 0 to 1; 0 for a request that is one of them. */
  readonly scarcity: number;
}

/** Why somebody comes early or late: each in hours that this reason is worth. Their sum is the score; the lowest is asked. */
export interface ScoreParts {
  /** Until this person has got through what waits already, over nights and weekends. */
  readonly wait: number;
  /** How long this request keeps this person from others: a slow reviewer, or one who has to read up. */
  readonly effort: number;
  readonly fairness: number;
  readonly expertise: number;
  readonly scarcity: number;
  readonly silence: number;
}

/** Working days are spread over a week: five of them take seven days. */
const HOURS_PER_WORKING_DAY = (7 * 24) / 5;

/** What a reason is worth, in hours. */
export interface ScoreWeights {
  /** Per working day that the request itself takes. */
  readonly effort: number;
  /** For a utilisation of 1 as against 0. */
  readonly fairness: number;
  /** For knowing none of the folders as against enough of them. */
  readonly expertise: number;
  /** For being the only one who could have taken every request of late. */
  readonly scarcity: number;
  /** For being away for certain. */
  readonly silence: number;
}

/**
 * Chosen in the queueing simulation on generated worlds and one recorded repository, round values on flat ground: half or
 * twice as much of one mostly changes the p95 by less than a tenth. Below 100 for fairness the fast get everything. Scarcity is
 * chosen, not measured: the model knows of no capabilities.
 */
const SCORE_WEIGHTS: ScoreWeights = { effort: 12, fairness: 200, expertise: 80, scarcity: 48, silence: 400 };

/** From this share on somebody knows enough to review: the queueing model's own threshold of expertise. */
export const FAMILIAR_SHARE = 0.3;

/** Units that a change is for somebody: half as much again for who knows none of it, none extra from half of it on. */
export const effortFor = (effort: number, familiarity: number): number =>
  effort * (1.5 - 0.5 * Math.min(1, 2 * familiarity));

/**
 * Why somebody comes early or late for a request of `effort` units (before familiarity), in hours by reason; lower is
 * better. A utilisation that is not known counts as `typicalUtilisation`, that of the others.
 */
export function scoreCandidate(
  candidate: CandidateState,
  { effort, typicalUtilisation }: { readonly effort: number; readonly typicalUtilisation: number },
  weights: ScoreWeights = SCORE_WEIGHTS,
): ScoreParts {
  const { backlog, overdrawn, pace, familiarity } = candidate;
  return {
    wait: candidate.hoursUntilWork + (Math.max(0, backlog + overdrawn) / pace) * HOURS_PER_WORKING_DAY,
    effort: weights.effort * (effortFor(effort, familiarity) / pace),
    fairness: weights.fairness * (candidate.utilisation ?? typicalUtilisation),
    expertise: weights.expertise * (1 - Math.min(1, familiarity / FAMILIAR_SHARE)),
    scarcity: weights.scarcity * candidate.scarcity,
    silence: weights.silence * candidate.silence,
  };
}

export const scoreOf = (parts: ScoreParts): number => Object.values(parts).reduce((sum, part) => sum + part, 0);
