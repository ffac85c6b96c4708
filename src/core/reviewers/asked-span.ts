import type { Instant } from '../task/facts.ts';

/** When something waited for somebody here: from being asked until a review, the end of the request, or of the pull request. */
export interface AskedSpan {
  readonly from: Instant;
  /** Null where it still waits. */
  readonly until: Instant | null;
  /** Whether it was the person's own review that ended it. */
  readonly isAnswered: boolean;
}
