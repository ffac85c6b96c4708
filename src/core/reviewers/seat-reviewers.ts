import type { BatchPerson } from './assign-batch.ts';
import { hasRoom } from './choose-reviewer.ts';
import { candidateStateOf, type RankingOptions } from './rank-reviewers.ts';
import { type Deadline, isBreached } from './review-deadline.ts';
import type { Reviewer, ReviewRequest } from './review-facts.ts';
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

/** How much each can be given: as much as there is room for, and beyond it what any that is over its time may soften. */
export function seatReviewers(
  open: readonly OpenRequest[],
  reviewers: readonly Reviewer[],
  { now, slaSeconds, queued }: Pick<RankingOptions, 'now' | 'slaSeconds' | 'queued'>,
): readonly SeatedReviewer[] {
  const [any] = open;
  if (any === undefined) return [];
  const together = reviewers.reduce((sum, { capacity }) => sum + capacity.value, 0);
  const late = open.filter(({ dueAt }) => isBreached(dueAt, now));
  const leastLate = Math.min(...late.map(({ openedAt }) => (Date.parse(now) - Date.parse(openedAt)) / 1000));
  const batch: Batch = {
    size: open.length,
    overload: queued / Math.max(1, together),
    lateAge: late.length === 0 ? 0 : leastLate / slaSeconds,
    typicalEffort: open.reduce((sum, { request }) => sum + request.effort, 0) / open.length,
  };
  return reviewers.map((reviewer) => {
    const state = candidateStateOf(reviewer, any.request, now);
    const { login, capability } = reviewer;
    return { login, capability, open: state.open, ...seatsOf(state, batch) };
  });
}

interface Batch {
  /** Requests in it. */
  readonly size: number;
  readonly overload: number;
  /** Age over SLA of the youngest that is over its time; 0 where none is. */
  readonly lateAge: number;
  /** Units. */
  readonly typicalEffort: number;
}

function seatsOf(
  state: CandidateState,
  { size, overload, lateAge, typicalEffort }: Batch,
): Pick<SeatedReviewer, 'waitBehind' | 'seats' | 'overflow'> {
  const roomAt = (ageOverSla: number): number => {
    let more = 0;
    while (more < size && hasRoom({ ...state, open: state.open + more }, { ageOverSla, overload })) more += 1;
    return more;
  };
  const waitBehind = (others: number): number => {
    const situation = { effort: 0, typicalUtilisation: 0 };
    // Whoever is away without an end would wait an infinite time more than an infinite time, which is no number.
    const there = { ...state, hoursUntilWork: 0 };
    const behind = { ...there, backlog: state.backlog + others * typicalEffort };
    return scoreCandidate(behind, situation).wait - scoreCandidate(there, situation).wait;
  };
  const room = roomAt(0);
  const seats = Array.from({ length: roomAt(lateAge) }, (_, place) => waitBehind(place));
  return { waitBehind, seats: seats.slice(0, room), overflow: seats.slice(room) };
}
