import type { Instant } from '../task/facts.ts';
import { ASSUMED_HOURS, afterWorkingHours } from './next-working-moment.ts';
import type { Learned, Reviewer, ReviewRequest, WaitingReview } from './review-facts.ts';

/** What waits for one person; nothing of it tells of an absence. */
export interface ReviewerLoad {
  readonly login: string;
  readonly open: number;
  /** Units, as they are for this person. */
  readonly effort: number;
  /** Working days at this person's pace. */
  readonly days: number;
  /** Since when the oldest waits; null where nothing does, or nobody knows. */
  readonly oldestAt: Instant | null;
  /** Not due yet, and due before this person reviews it by the usual time, see `lateAtTurn`. */
  readonly atRisk: number;
  readonly overdue: number;
  readonly capacity: Learned<number>;
  readonly pace: Learned<number>;
  readonly turn: Learned<number>;
  /** GitHub's own public status. */
  readonly isBusy: boolean | null;
  readonly waiting: readonly JudgedReview[];
}

/** `late`: its SLA has passed; `at_risk`: see `lateAtTurn`; `unknown`: nobody knows since when it waits. */
export interface JudgedReview extends WaitingReview {
  readonly due: 'late' | 'at_risk' | 'in_time' | 'unknown';
}

/** Who has most waiting for what they can take first. */
export function reviewLoads(reviewers: readonly Reviewer[], now: Instant): readonly ReviewerLoad[] {
  return reviewers
    .map((reviewer) => loadOf(reviewer, now))
    .toSorted(
      (one, other) => shareOf(other) - shareOf(one) || other.effort - one.effort || (one.login < other.login ? -1 : 1),
    );
}

/** Somebody may say that nothing may wait for them: then they are full. */
const shareOf = ({ open, capacity }: ReviewerLoad): number => (capacity.value === 0 ? 1 + open : open / capacity.value);

function loadOf(reviewer: Reviewer, now: Instant): ReviewerLoad {
  const { login, pace, turn, capacity, isBusy } = reviewer;
  const late = new Set(lateAtTurn(reviewer, now));
  const waiting = reviewer.waiting.map((one) => ({ ...one, due: dueOf(one, { now, isLate: late.has(one) }) }));
  const effort = waiting.reduce((sum, one) => sum + one.effort, 0);
  const asked = waiting.flatMap(({ askedAt }) => askedAt ?? []).sort();
  return {
    ...{ login, waiting, pace, turn, capacity, isBusy, effort },
    open: waiting.length,
    days: effort / pace.value,
    oldestAt: asked[0] ?? null,
    overdue: waiting.filter(({ due }) => due === 'late').length,
    atRisk: waiting.filter(({ due }) => due === 'at_risk').length,
  };
}

function dueOf(
  { dueAt }: WaitingReview,
  { now, isLate }: { readonly now: Instant; readonly isLate: boolean },
): JudgedReview['due'] {
  if (dueAt === null) return 'unknown';
  if (Date.parse(dueAt) < Date.parse(now)) return 'late';
  return isLate ? 'at_risk' : 'in_time';
}

/**
 * What is not reviewed when it is due, if each takes as long as this person's requests take, in the order in which they are due.
 * Whatever has waited for longer than that takes as long again. Absences are left out: they are private.
 */
function lateAtTurn({ waiting, turn, hours }: Reviewer, now: Instant): readonly WaitingReview[] {
  const own = hours?.value ?? ASSUMED_HOURS;
  return waiting
    .toSorted((one, other) => ((one.dueAt ?? '9') < (other.dueAt ?? '9') ? -1 : 1))
    .filter(({ askedAt, dueAt }, place) => {
      if (dueAt === null) return false;
      const after = (from: Instant): number => afterWorkingHours(own, Date.parse(from), turn.value * (place + 1));
      const expected = after(askedAt ?? now);
      return (expected > Date.parse(now) ? expected : after(now)) > Date.parse(dueAt);
    });
}

/** Whether somebody is to be found for it: it is ready, nobody was asked or has reviewed it, and it is no dependency update. */
export function isUnasked({ isDraft, isDependencyBot, standing }: ReviewRequest): boolean {
  const taken = [...standing.askedByPerson, ...standing.askedByUs, ...standing.reviewed];
  return !isDraft && !isDependencyBot && taken.length === 0;
}
