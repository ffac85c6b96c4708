import type { Config } from '../../config.ts';
import type { PairRisk } from '../../risk/pair-risk.ts';
import type { Instant, PullRequestFacts } from '../../task/facts.ts';
import type { RepositoryRef } from '../../task/identity.ts';
import type { AssessedWork } from '../../umbrella/assess-work.ts';
import type { Audience } from '../../umbrella/audience.ts';
import type { WorkSnapshot } from '../../umbrella/snapshot.ts';
import type { Presence } from '../presence/presence.ts';
import type { TodayLine } from './today-line.ts';

export interface TodayFacts {
  readonly now: Instant;
  readonly repository: RepositoryRef;
  /** All of the repository, and what its tasks reach elsewhere. */
  readonly snapshot: WorkSnapshot;
  readonly config: Config;
  /** How open pull requests of the repository meet, by names such as `#12`, as trial merges tell; null where no clone was at hand. */
  readonly pairs: readonly PairRisk[] | null;
  /** What was merged lately, as a clone tells what became of it; empty where none was at hand. */
  readonly merged: readonly JudgedMerge[];
  readonly audience: Audience;
}

interface JudgedMerge {
  readonly pullRequest: PullRequestFacts;
  readonly presence: Presence;
}

/** What the kinds of lines are made from. */
export interface TodayView extends TodayFacts {
  readonly work: AssessedWork;
}

/** A line before anybody looked at the clock. */
export type DraftLine = Omit<TodayLine, 'age_seconds'>;
