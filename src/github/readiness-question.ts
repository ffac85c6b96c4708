import type { Selector } from '../core/readiness/parse-selector.ts';
import type { Instant } from '../core/task/facts.ts';
import type { RepositoryRef } from '../core/task/identity.ts';

/** What a readiness report is asked of. */
export interface ReadinessQuestion {
  readonly repository: RepositoryRef;
  readonly selector: Selector;
  readonly now: Instant;
  /** Id of the workflow run that asks, which judges no commit. */
  readonly ownRun?: number;
  readonly onProgress?: (progress: {
    readonly label: string;
    readonly done: number;
    readonly total: number | null;
  }) => void;
}
