import type { BatchPerson } from './assign-batch.ts';
import { hasRoom } from './choose-reviewer.ts';
import type { RankingOptions } from './rank-reviewers.ts';
import type { Deadline } from './review-deadline.ts';
import type { ReviewRequest } from './review-facts.ts';
import { type ReviewerNow, stateFor } from './reviewer-now.ts';
import { type CandidateState, scoreCandidate } from './score-candidate.ts';

/** Somebody with as many seats as a batch may give them reviews. */
export interface SeatedReviewer extends BatchPerson {
  readonly open: number;
  /** Hours that somebody waits longer with so many others of the batch before them. */
  readonly waitBehind: (others: number) => number;
}

interface OpenRequest extends Deadline {
  readonly request: ReviewRequest;
}

/**
 * How much each can be given within their capacity. What is late goes beyond it by its own age alone, once everything has been
 * given out (`chooseForAll`): within the batch one late request would make room for a young one.
 */
export function seatReviewers(
  open: readonly OpenRequest[],
  people: readonly ReviewerNow[],
  { queued }: Pick<RankingOptions, 'queued'>,
): readonly SeatedReviewer[] {
  const [any] = open;
  if (any === undefined) return [];
  const together = people.reduce((sum, { reviewer }) => sum + reviewer.capacity.value, 0);
  const batch: Batch = {
    size: open.length,
    overload: queued / Math.max(1, together),
    typicalEffort: open.reduce((sum, { request }) => sum + request.effort, 0) / open.length,
  };
  return people.map((person) => {
    const state = stateFor(person, any.request);
    const { login, capability } = person.reviewer;
    return { login, capability, open: state.open, ...seatsOf(state, batch) };
  });
}

interface Batch {
  /** Requests in it. */
  readonly size: number;
  readonly overload: number;
  /** Units. */
  readonly typicalEffort: number;
}

function seatsOf(
  state: CandidateState,
  { size, overload, typicalEffort }: Batch,
): Pick<SeatedReviewer, 'waitBehind' | 'seats'> {
  const waitBehind = (others: number): number => {
    const situation = { effort: 0, typicalUtilisation: 0 };
    // Whoever is away without an end would wait an infinite time more than an infinite time, which is no number.
    const there = { ...state, hoursUntilWork: 0 };
    const behind = { ...there, backlog: state.backlog + others * typicalEffort };
    return scoreCandidate(behind, situation).wait - scoreCandidate(there, situation).wait;
  };
  const seats: number[] = [];
  while (seats.length < size && hasRoom({ ...state, open: state.open + seats.length }, { ageOverSla: 0, overload }))
    seats.push(waitBehind(seats.length));
  return { waitBehind, seats };
}
