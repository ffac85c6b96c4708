import type { Config } from '../core/config.ts';
import type { Instant } from '../core/task/facts.ts';
import type { RepositoryRef } from '../core/task/identity.ts';

/** What is asked of release branches. */
export interface BackportQuestion {
  readonly repository: RepositoryRef;
  /** Where fixes come from. */
  readonly main: string;
  readonly config: Config['readiness'];
  /** The one that is the scope; null: those of `release_branches`. */
  readonly branch: string | null;
  /** What was merged earlier is on every branch that is asked about. */
  readonly since: Instant;
  /** Whether a pull request of this key counts. */
  readonly isAsked: (key: string) => boolean;
}
