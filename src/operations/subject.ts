import type { Instant } from '../core/task/facts.ts';
import { formatRef, type Ref, type RepositoryRef } from '../core/task/identity.ts';

/** What an event was about: enough to find the umbrellas whose rollup it may change. */
export type Subject =
  /** Without a node id the issue is only known by a mention and is looked up. */
  | { readonly kind: 'issue'; readonly ref: Ref; readonly nodeId: string | null; readonly expect?: Expectation }
  /** An issue that is to be refreshed itself even when it has no child left. */
  | { readonly kind: 'umbrella'; readonly ref: Ref; readonly nodeId: string | null }
  | { readonly kind: 'pull_request'; readonly ref: Ref }
  | { readonly kind: 'commit'; readonly repository: RepositoryRef; readonly sha: string }
  /** Every umbrella of the repository: its configuration changed. */
  | { readonly kind: 'repository'; readonly repository: RepositoryRef }
  /** Every umbrella that the installation reaches. */
  | { readonly kind: 'installation' };

/**
 * What an event says is now so. GitHub may answer stale for a moment after an event, so a snapshot that disagrees, and
 * is not newer than the event, is read once more before it is believed.
 */
export interface Expectation {
  readonly ref: Ref;
  readonly state?: 'open' | 'closed';
  readonly childOf?: Ref;
  readonly noChildOf?: Ref;
  /** The issue's `updated_at` in the event. */
  readonly updatedAt: Instant;
}

/** Two subjects with one key need only be looked up once; an expectation makes a subject its own. */
export function subjectKey(subject: Subject): string {
  const expect = subject.kind === 'issue' && subject.expect !== undefined ? JSON.stringify(subject.expect) : '';
  return `${describeSubject(subject).toLowerCase()} ${expect}`;
}

/** `issue octo/harbor#12`, for the log. */
export function describeSubject(subject: Subject): string {
  switch (subject.kind) {
    case 'issue':
    case 'umbrella':
    case 'pull_request':
      return `${subject.kind} ${formatRef(subject.ref)}`;
    case 'commit':
      return `commit ${subject.repository.owner}/${subject.repository.repo}@${subject.sha}`;
    case 'repository':
      return `repository ${subject.repository.owner}/${subject.repository.repo}`;
    case 'installation':
      return 'installation';
  }
}
