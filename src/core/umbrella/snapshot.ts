import type { LastValidConfigs } from '../config-version.ts';
import type { Gap, Reading } from '../reading.ts';
import type { KnownConflicts } from '../risk/known-conflicts.ts';
import type { CommitFacts, Instant, PullRequestFacts, TaskFacts } from '../task/facts.ts';
import type { Ref } from '../task/identity.ts';
import type { LiveClaim } from '../work/live-claim.ts';

/** Everything that was read about some tasks at one moment. Maps are keyed by `refKey`: `owner/repo#number` in lower case. */
export interface WorkSnapshot {
  readonly readAt: Instant;
  readonly tasks: ReadonlyMap<string, TaskFacts>;
  /** Every pull request that closes, mentions or may belong to one of the tasks. */
  readonly pullRequests: ReadonlyMap<string, PullRequestFacts>;
  /** Commits on default branches since the oldest task, keyed by `owner/repo`: the place where direct reverts are seen. */
  readonly baseCommits: ReadonlyMap<string, readonly CommitFacts[]>;
  /** The same of other branches that work is judged on, by `branchKey`; absent where none is. */
  readonly branchCommits?: ReadonlyMap<string, readonly CommitFacts[]>;
  /** Whether the branch that work is judged on holds changes of other branches, by their keys; absent where nobody asked. */
  readonly heldByBase?: ReadonlyMap<string, Reading<boolean>>;
  /** Text of `.github/parasol.yml` on the default branch; null when there is none. */
  readonly configText: string | null;
  /** The same of the owner's `.github` repository. */
  readonly ownerConfigText: string | null;
  /** What holds in place of those that are broken; absent when nothing does. */
  readonly lastValidConfigs?: LastValidConfigs;
  /** Live claims of agents by task; absent where no store was at hand. */
  readonly claims?: ReadonlyMap<string, LiveClaim>;
  /** What was found of pull requests' integration, by pull request; absent where nobody looked. */
  readonly conflicts?: ReadonlyMap<string, KnownConflicts>;
  /** What could not be read, over and above the gaps inside the facts. */
  readonly gaps: readonly Gap[];
}

/** One umbrella, its descendants and their pull requests. */
export interface UmbrellaSnapshot extends WorkSnapshot {
  readonly umbrella: Ref;
  /** Parasol's own rollup comment, when there is one: only one that the reading identity wrote (`viewerDidAuthor`). */
  readonly ownComment: OwnComment | null;
}

/** A repository's tasks, all of them. */
export interface RepositorySnapshot extends WorkSnapshot {
  readonly repository: { readonly owner: string; readonly repo: string };
}

export interface OwnComment {
  readonly id: number;
  readonly nodeId: string;
  readonly url: string;
  readonly body: string;
  /** Ids of later rollup comments of ours, left by writers that raced; absent when this is the only one. */
  readonly copies?: readonly number[];
}
