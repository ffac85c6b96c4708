import type { ConfigVersion } from '../config-version.ts';
import type { Gap } from '../reading.ts';
import type { KnownConflict } from '../risk/known-conflicts.ts';
import type { ArtifactStatus } from '../task/artifacts.ts';
import type { ChecksFacts, Instant } from '../task/facts.ts';
import type { Ref } from '../task/identity.ts';
import type { PullRequestLink } from '../task/link.ts';
import type { ReviewState } from '../task/review-state.ts';
import type { TaskState, TaskStateVerdict } from '../task/state.ts';

export type CountedState = TaskState | 'unknown';

/** How many tasks are in each state; states with none are 0. */
export type StateCounts = Readonly<Record<CountedState, number>>;

export interface Progress {
  /** Tasks in all, hidden and private ones included. */
  readonly total: number;
  readonly counts: StateCounts;
  /** done + integrated. */
  readonly complete: number;
  /** all but dropped. */
  readonly relevant: number;
  /** 0–100, whole number rounded down; null when nothing is relevant. */
  readonly percentComplete: number | null;
}

/** An umbrella's summary, from which every surface renders. */
export interface Rollup {
  readonly umbrella: RollupTask;
  /** Direct children: the headline. */
  readonly progress: Progress;
  /** Leaf tasks at any depth; null when no child has children of its own. */
  readonly wholeTree: Progress | null;
  readonly lanes: readonly LaneRollup[];
  /** Visible direct children in GitHub's order. */
  readonly children: readonly ChildRollup[];
  /** Children that the audience may not see: counted in `progress`, never named. */
  readonly privateChildren: number;
  /** Children that Parasol itself could not read. */
  readonly unreadChildren: number;
  /** Refs of children that need someone, most urgent first. */
  readonly attention: readonly AttentionItem[];
  readonly integration: IntegrationReadiness;
  readonly gaps: readonly Gap[];
  /** Things worth saying about the data: a task with two lanes, a doubtful configuration line. */
  readonly remarks: readonly string[];
  /** The commit whose version of the configuration holds; absent unless the file has a problem now. */
  readonly configVersion?: ConfigVersion['commit'];
  readonly now: Instant;
}

export interface RollupTask {
  readonly ref: Ref;
  readonly plannedId: string | null;
  readonly title: string;
  readonly url: string;
  readonly state: TaskStateVerdict;
}

export interface LaneRollup {
  /** Null for tasks without a lane. */
  readonly name: string | null;
  readonly progress: Progress;
}

export interface ChildRollup extends RollupTask {
  readonly lane: string | null;
  readonly assignees: readonly string[];
  /** The agent that works on it, where the configuration shows claims in the rollup; absent where none does. */
  readonly claim?: ShownClaim;
  /** Seconds in the present state; null when `since` is unknown. */
  readonly ageSeconds: number | null;
  readonly pullRequests: readonly ChildPullRequest[];
  readonly openBlockers: readonly ShownBlocker[];
  readonly artifacts: readonly ArtifactStatus[];
  /** Names of required artifact fields that are missing now. */
  readonly missingArtifacts: readonly string[];
  readonly nextAction: NextAction | null;
  /** For a nested umbrella: its own subtree. */
  readonly nested: { readonly progress: Progress; readonly integration: IntegrationReadiness['verdict'] } | null;
  readonly gaps: readonly Gap[];
}

export interface ShownClaim {
  readonly agent: string;
  readonly until: Instant;
}

export interface ChildPullRequest {
  readonly ref: Ref;
  readonly url: string;
  readonly title: string;
  readonly state: 'draft' | 'open' | 'merged' | 'closed';
  readonly branch: string;
  readonly link: PullRequestLink;
  readonly checks: ChecksFacts['state'] | 'unknown';
  readonly failingChecks: readonly string[];
  readonly review: ReviewState;
  /** Logins or teams that still owe a review. */
  readonly waitingFor: readonly string[];
  /** Open pull requests of the same repository; absent where none is known. */
  readonly conflicts?: readonly KnownConflict[];
}

export interface ShownBlocker {
  /** Null when the audience may not see it: shown as "1 private task". */
  readonly ref: Ref | null;
  readonly title: string | null;
  readonly url: string | null;
  readonly assignees: readonly string[];
}

/** The one thing that moves a task on, and who owes it. */
export interface NextAction {
  readonly kind:
    | 'close_task'
    | 'reapply_change'
    | 'merge'
    | 'fix_checks'
    | 'wait_for_checks'
    | 'resolve_conflict'
    | 'address_review'
    | 'review'
    | 'request_review'
    | 'finish_draft'
    | 'clear_blocker'
    | 'add_artifact'
    | 'continue'
    | 'start'
    | 'grant_permission';
  /** In words, without a mention that pings: `review octo/harbor#41`. */
  readonly text: string;
  /** Logins, team slugs or a role in words (`an administrator of octo/harbor`); empty when nobody is known who owes it. */
  readonly actors: readonly string[];
  readonly url: string;
}

export interface AttentionItem {
  readonly ref: Ref;
  readonly why: string;
  readonly action: NextAction;
}

/** The readiness verdict for the scope "this umbrella": completion, artifact fields, open blockers. */
export interface IntegrationReadiness {
  readonly verdict: 'go' | 'no_go' | 'unknown';
  readonly reasons: readonly IntegrationReason[];
  /** Criteria that nothing configured asks for; none while the configuration cannot be read. */
  readonly notJudged: readonly string[];
}

export interface IntegrationReason {
  readonly criterion: 'completion' | 'artifacts' | 'dependencies' | 'coverage';
  readonly effect: 'blocks' | 'unknown';
  /** Null when it speaks of private or unread tasks, or of the umbrella as a whole. */
  readonly ref: Ref | null;
  readonly text: string;
}
