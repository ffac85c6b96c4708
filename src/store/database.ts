import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { AbsenceLevel, DeclineReason } from '../core/reviewers/review-facts.ts';
import type { Instant } from '../core/task/facts.ts';

/** The tables, as the last migration leaves them. Times are UTC ISO-8601 strings both ways. */
export interface Database {
  readonly plans: PlansTable;
  readonly plan_items: PlanItemsTable;
  readonly claims: ClaimsTable;
  readonly claim_events: ClaimEventsTable;
  readonly writes: WritesTable;
  readonly reviewer_absences: ReviewerAbsencesTable;
  readonly reviewer_capacities: ReviewerCapacitiesTable;
  readonly review_refusals: ReviewRefusalsTable;
  readonly review_assignments: ReviewAssignmentsTable;
  readonly review_queue: ReviewQueueTable;
  readonly review_rerolls: ReviewRerollsTable;
  readonly answered_reports: AnsweredReportsTable;
}

/** Read as the value that was stored, written as JSON text. */
type Json = ColumnType<unknown, string, string>;
type NullableJson = ColumnType<unknown, string | null | undefined, string | null>;

/** A bulk write that was shown to somebody. */
interface PlansTable {
  readonly id: string;
  /** The GitHub that it was made for. */
  readonly origin: string;
  readonly kind: string;
  /** `owner/repo`, in lower case. */
  readonly repository: string;
  /** `owner/repo#number`; null for a plan that belongs to no one umbrella. */
  readonly umbrella: string | null;
  readonly created_at: Instant;
  readonly created_by: string;
  readonly document: Json;
  readonly status: string;
  /** Who applies or undoes it right now (`plan-lease.ts`). */
  readonly holder: string | null;
  readonly held_until: Instant | null;
}

/** The ledger: what became of each item, and what was there before. */
interface PlanItemsTable {
  readonly plan_id: string;
  readonly item_id: string;
  readonly position: number;
  readonly status: string;
  readonly attempts: Generated<number>;
  readonly before: NullableJson;
  readonly after: NullableJson;
  readonly result: NullableJson;
  readonly reason: string | null;
  readonly started_at: Instant | null;
  readonly finished_at: Instant | null;
}

/** The last claim of each task that was ever claimed. */
interface ClaimsTable {
  /** The GitHub of the task, which only both together name. */
  readonly origin: string;
  /** `refKey`. */
  readonly task: string;
  /** `repositoryKey` of the task. */
  readonly repository: string;
  /** `owner/repo#number` of the umbrella that it was claimed under. */
  readonly umbrella: string;
  readonly agent: string;
  /** Counts the claims of this task; never starts again. */
  readonly token: number;
  readonly claimed_at: Instant;
  readonly expires_at: Instant;
  readonly released_at: Instant | null;
  readonly outcome: string | null;
  /** What this claim, or one before it, has put on the issue and nobody has taken away yet. */
  readonly sign: NullableJson;
  /** What stood there until it was taken away, and when. */
  readonly gone_sign: NullableJson;
  readonly sign_gone_at: Instant | null;
}

/** Every claim, renewal and release, in order. */
interface ClaimEventsTable {
  readonly id: GeneratedAlways<number>;
  readonly origin: string;
  readonly task: string;
  readonly agent: string;
  readonly token: number;
  readonly event: 'claimed' | 'renewed' | 'released';
  readonly at: Instant;
  /** When the lease was to run out; null for a release. */
  readonly expires_at: Instant | null;
  readonly outcome: string | null;
}

/** The last hour's writes of all plans, each when it was begun. */
interface WritesTable {
  readonly id: GeneratedAlways<number>;
  readonly at: Instant;
}

/** When people review nothing, or nothing new: private. Logins are in lower case, here and below. */
interface ReviewerAbsencesTable {
  readonly id: GeneratedAlways<number>;
  readonly origin: string;
  readonly login: string;
  readonly level: AbsenceLevel;
  readonly starts_at: Instant;
  /** The first moment after it; null while open. */
  readonly ends_at: Instant | null;
}

/** How many reviews may wait for a person at once, as that person said. */
interface ReviewerCapacitiesTable {
  readonly origin: string;
  readonly login: string;
  readonly capacity: number;
}

/** Who is never asked for a review again: by their own word, because a person took the request away, or wanted somebody else. */
interface ReviewRefusalsTable {
  readonly origin: string;
  /** `refKey` of the pull request. */
  readonly request: string;
  readonly login: string;
  readonly kind: 'declined' | 'removed' | 'rerolled';
  /** Of who declined. */
  readonly reason: DeclineReason | null;
  readonly at: Instant;
}

/** Whom Parasol asked for a review, once for each person and pull request. */
interface ReviewAssignmentsTable {
  readonly origin: string;
  /** `refKey` of the pull request. */
  readonly request: string;
  readonly login: string;
  /** `repositoryKey` of the pull request. */
  readonly repository: string;
  readonly state: AssignmentState;
  readonly assigned_at: Instant;
  readonly changed_at: Instant;
  /** Whose place this person took. */
  readonly handed_off_from: string | null;
}

/**
 * `held`: GitHub is about to be told; `asked`: it was. All others are over: it was written by nobody (`withdrawn`), the person
 * reviewed or declined, a person took the request away or wanted somebody else, somebody else took over, or the pull request was closed.
 */
export type AssignmentState =
  | 'held'
  | 'asked'
  | 'withdrawn'
  | 'reviewed'
  | 'declined'
  | 'removed'
  | 'rerolled'
  | 'handed_off'
  | 'closed';

/** Comments that asked for other reviewers than were chosen. */
interface ReviewRerollsTable {
  readonly origin: string;
  readonly request: string;
  /** Which comment, and as of when: an edit says something new. */
  readonly words: string;
  readonly at: Instant;
}

/** Pull requests that wait for somebody to have room. */
interface ReviewQueueTable {
  readonly origin: string;
  readonly request: string;
  readonly repository: string;
  /** Capability tags. */
  readonly needs: Json;
  readonly due_at: Instant | null;
  readonly queued_at: Instant;
}

/** Readiness reports that somebody asked for once. Names are in lower case. */
interface AnsweredReportsTable {
  readonly origin: string;
  /** The issue or pull request under which it stands. */
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
  /** In lower case. */
  readonly scope_key: string;
  readonly scope: string;
  /** What its verdict is about. */
  readonly branch: string;
  readonly sha: string | null;
  readonly expires_at: Instant | null;
  /** It says that it holds no longer. */
  readonly is_over: boolean;
  readonly written_at: Instant;
}
