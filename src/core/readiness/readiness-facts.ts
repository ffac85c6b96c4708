import type { Gap, Reading } from '../reading.ts';
import type { Instant } from '../task/facts.ts';
import type { Ref, RepositoryRef } from '../task/identity.ts';
import type { WorkSnapshot } from '../umbrella/snapshot.ts';
import type { Backport, WantedBackports } from './backports/backport.ts';
import type { Presence } from './presence/presence.ts';
import type { CriterionId, SourceCoverage } from './report-schema.ts';

/** What was chosen to be judged. */
export interface ReadinessScope {
  readonly repository: RepositoryRef;
  /** As given, or as defaulted: `since:v3.0`, `branch:release/3.1`, `milestone:Harbor 3.1`, `umbrella:octo/harbor#1` … */
  readonly selector: string;
  readonly kind: 'since' | 'branch' | 'milestone' | 'phase' | 'umbrella' | 'label' | 'query';
  readonly title: string;
  /** Of `umbrella:`: the readers of its repository are those of the report. */
  readonly umbrella?: Ref;
  readonly baseBranch: string;
  /** The configuration names a base that is not there: `baseBranch` is the default branch, which may be another. */
  readonly isBaseInDoubt?: true;
  /** Null where it could not be read. */
  readonly baseSha: string | null;
}

/** Everything that a report is made from, read at one moment. Maps are keyed by `refKey`. */
export interface ReadinessFacts {
  readonly now: Instant;
  readonly scope: ReadinessScope;
  /** Tasks and pull requests of the scope, and whatever else was read to judge them. */
  readonly work: WorkSnapshot;
  /** Keys of the tasks in scope. An umbrella's own task is none of them. */
  readonly tasks: ReadonlySet<string>;
  /** Keys of the pull requests in scope: those of its tasks, and for `since:` and `branch:` what was merged there. */
  readonly pullRequests: ReadonlySet<string>;
  /** Commits of the base branch's own line (first parents), newest first, with what ran on them. */
  readonly baseCommits: Reading<readonly BaseCommit[]>;
  /** Whether the base's history holds what was merged into other branches; absent of what nobody asked about. */
  readonly onBase?: ReadonlyMap<string, Reading<boolean>>;
  /** The same of the default branch, where the base is another on which nothing ran. */
  readonly mainCommits?: { readonly branch: string; readonly commits: Reading<readonly BaseCommit[]> };
  readonly requiredChecks: RequiredChecks;
  /** Runs on heads of pull requests by sha, all attempts; absent where nobody asked. */
  readonly headRuns?: Reading<ReadonlyMap<string, readonly RunFacts[]>>;
  /** When an item came into the scope, by key: label or milestone added, linked to the umbrella; null: unknown. */
  readonly scopedAt: ReadonlyMap<string, Instant | null>;
  /** Who asked whom when: of open review requests, by pull request; absent where not read. */
  readonly reviewRequests?: ReadonlyMap<string, readonly ReviewRequestFacts[]>;
  /** What became on the base of pull requests that were merged into it, from a clone; absent where none was. */
  readonly presences?: Reading<ReadonlyMap<string, Presence>>;
  /** What could not be read of tasks outside the scope for which something was merged meanwhile; absent where not asked. */
  readonly outsideGaps?: readonly Gap[];
  /** What is marked for release branches; absent where not read. */
  readonly wantedBackports?: WantedBackports;
  /** What release branches have of that, by their names and in the order of what is wanted, from a clone. */
  readonly backports?: ReadonlyMap<string, Reading<readonly Backport[]>>;
  readonly waivers: Reading<readonly WaiverFacts[]>;
  readonly coverage: readonly SourceCoverage[];
}

export interface ReviewRequestFacts {
  /** A login, or `org/team`. */
  readonly reviewer: string;
  readonly requestedAt: Instant | null;
}

/** The checks that branch protection and rulesets require of what merges into the base. */
export interface RequiredChecks {
  /** Names of check runs and contexts of statuses; each once. */
  readonly names: readonly string[];
  /** What could not be read: there may be more. */
  readonly gaps: readonly Gap[];
}

export interface BaseCommit {
  readonly sha: string;
  readonly subject: string;
  readonly committedAt: Instant;
  readonly url: string;
  readonly runs: Reading<readonly RunFacts[]>;
  /** There are older commits below it. */
  readonly hasParent: boolean;
}

export type RunConclusion =
  | 'success'
  | 'failure'
  | 'timed_out'
  | 'cancelled'
  | 'skipped'
  | 'neutral'
  | 'action_required'
  | 'stale'
  | 'pending';

/** One check run or commit status. */
export interface RunFacts {
  /** `test`, or the context of a status. */
  readonly name: string;
  /** Tells jobs of one name apart; null for what is no job of a workflow. */
  readonly workflow: string | null;
  /** Of its last attempt. */
  readonly conclusion: RunConclusion;
  /** From 1; more than 1 where it was run again on the same commit. */
  readonly attempt: number;
  /** Of the attempts before, oldest first; empty where nobody can tell. */
  readonly earlier: readonly RunConclusion[];
  /**
   * Not finished, in the workflow run that makes this very report: nothing in there tells which of its jobs asks. Base CI also
   * takes earlier runs of that job for its own, where there is one.
   */
  readonly isOwn: boolean;
  readonly completedAt: Instant | null;
  readonly url: string | null;
}

/** A waiver as written: a comment `/parasol waive … until …: reason`, or an entry of the reviewed file. */
export interface WaiverFacts {
  readonly by: string;
  /** Whether its author may waive: write access for comments; a reviewed file always may. */
  readonly isAuthorised: boolean;
  /** Of one that reaches beyond the other repository in which it was written: that one, whoever wrote it. */
  readonly holdsOnlyIn?: string;
  readonly writtenAt: Instant;
  readonly reason: string;
  readonly item: Ref | null;
  readonly criterion: CriterionId | null;
  readonly until: Instant;
  readonly sha: string | null;
  readonly url: string | null;
}
