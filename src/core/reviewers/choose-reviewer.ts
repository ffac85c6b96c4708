import { seededRandom } from '../seeded-random.ts';
import { type CandidateState, type ScoreParts, scoreCandidate, scoreOf } from './score-candidate.ts';

/** What the choice goes by besides the people. */
export interface ChoiceSituation {
  /** Units of the change, before familiarity. */
  readonly effort: number;
  /** How long the request has waited for a first review, over its SLA: 1 when it is due; 0 where there is no SLA. */
  readonly ageOverSla: number;
  /** Requests that wait for anybody at all, over what all candidates may have waiting together; 0 when everybody is free. */
  readonly overload: number;
  readonly seed: number;
}

export interface ScoredCandidate {
  readonly login: string;
  readonly parts: ScoreParts;
  /** Hours; the lowest is asked. */
  readonly score: number;
  /** Whether one more request may wait for this person now. */
  readonly hasRoom: boolean;
  readonly hasCapability: boolean;
}

export type ReviewerChoice =
  | { readonly kind: 'chosen'; readonly login: string; readonly scored: readonly ScoredCandidate[] }
  /** Everybody is full: the request waits in the queue until somebody has room. */
  | { readonly kind: 'queued'; readonly scored: readonly ScoredCandidate[] }
  | { readonly kind: 'nobody'; readonly scored: readonly [] };

/**
 * Whom to ask, of people who are eligible: among those with room and the needed capability whoever scores lowest. People
 * without the capability come in only where nobody has it. Equal scores are settled by the seed. `scored` explains every
 * candidate, in the order in which they would be asked.
 */
export function chooseReviewer(candidates: readonly CandidateState[], situation: ChoiceSituation): ReviewerChoice {
  if (candidates.length === 0) return { kind: 'nobody', scored: [] };
  const scored = scoreAll(candidates, situation);
  const first = scored[0];
  return first?.hasRoom === true ? { kind: 'chosen', login: first.login, scored } : { kind: 'queued', scored };
}

function scoreAll(candidates: readonly CandidateState[], situation: ChoiceSituation): readonly ScoredCandidate[] {
  const known = candidates.flatMap(({ utilisation }) => (utilisation === null ? [] : [utilisation]));
  const typicalUtilisation = known.length === 0 ? 0 : known.reduce((sum, one) => sum + one, 0) / known.length;
  const random = seededRandom(situation.seed);
  // By login, so that the order in which they were read settles nothing.
  const inOrder = candidates.toSorted((one, other) => (one.login < other.login ? -1 : 1));
  const drawn = inOrder.map((candidate) => {
    const parts = scoreCandidate(candidate, { effort: situation.effort, typicalUtilisation });
    return {
      one: {
        login: candidate.login,
        parts,
        score: scoreOf(parts),
        hasRoom: hasRoom(candidate, situation),
        hasCapability: candidate.hasCapability,
      },
      chance: random(),
    };
  });
  const isAbleFirst = (one: ScoredCandidate, other: ScoredCandidate): number =>
    Number(other.hasCapability) - Number(one.hasCapability) || Number(other.hasRoom) - Number(one.hasRoom);
  return drawn
    .sort((a, b) => isAbleFirst(a.one, b.one) || a.one.score - b.one.score || a.chance - b.chance)
    .map(({ one }) => one);
}

/** Days in which somebody who was away takes half as much at once, so that not everything goes to the one with nothing open. */
const CATCH_UP_HOURS = 72;

/**
 * How far the cap gives way: by a tenth of its size per SLA that the request has waited for, and by a quarter when as much
 * waits for nobody as all may have together. More would put on one person's list what somebody else could begin sooner.
 *
 * A tenth of two is nothing: where more come of it, it is one for every whole SLA that the request is late, up to four. Limits of
 * one, two, four, none and the capacity itself were measured on two recorded worlds, and from the deadline on as well: the p95 over
 * WhoDo's moves by 16 % down to 8 % up. The capacity itself as the limit, and most that began at the deadline, cost a bar there.
 */
const SOFTER = { perSla: 0.1, perOverload: 0.25, mostSteps: 4 };

/** Whether one more request may wait for somebody. */
export const hasRoom = (
  state: Pick<CandidateState, 'open' | 'capacity' | 'hoursSinceReturn'>,
  situation: Pick<ChoiceSituation, 'ageOverSla' | 'overload'>,
): boolean => state.open < capFor(state, situation);

/**
 * How many requests may wait for somebody at once. The cap is soft: it grows with the request's age and with the overload, so
 * that nothing waits in the queue for ever because everybody is full. A capacity of 0 stays one.
 */
export function capFor(
  { capacity, hoursSinceReturn }: Pick<CandidateState, 'capacity' | 'hoursSinceReturn'>,
  { ageOverSla, overload }: Pick<ChoiceSituation, 'ageOverSla' | 'overload'>,
): number {
  const isBack = hoursSinceReturn !== null && hoursSinceReturn < CATCH_UP_HOURS;
  const cap = isBack ? Math.min(capacity, Math.max(1, capacity / 2)) : capacity;
  const slasLate = Math.max(0, Math.floor(ageOverSla - 1));
  const softened = cap * (1 + SOFTER.perSla * ageOverSla + SOFTER.perOverload * overload);
  return Math.floor(Math.max(softened, cap + (capacity === 0 ? 0 : Math.min(SOFTER.mostSteps, slasLate))));
}
