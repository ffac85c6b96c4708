import type { Instant } from '../core/task/facts.ts';
import { formatRef, type Ref, type RepositoryRef } from '../core/task/identity.ts';

/** What an event was about: enough to find the umbrellas whose rollup it may change. */
export type Subject =
  | { readonly kind: 'issue'; readonly ref: Ref; readonly nodeId: string; readonly expect?: Expectation }
  /** An issue that is to be refreshed itself even when it has no child left; without a node id it is looked up. */
  | { readonly kind: 'umbrella'; readonly ref: Ref; readonly nodeId: string | null; readonly expect?: Expectation }
  | { readonly kind: 'pull_request'; readonly ref: Ref }
  /** A title or body that a pull request no longer has; null: unchanged. */
  | { readonly kind: 'former_text'; readonly ref: Ref; readonly title: string | null; readonly body: string | null }
  /** The heads of a pull request before and after a push: a force-push may have dropped commits that named tasks. */
  | { readonly kind: 'former_commits'; readonly ref: Ref; readonly before: string; readonly after: string }
  | { readonly kind: 'commit'; readonly repository: RepositoryRef; readonly sha: string }
  /** Every umbrella of the repository: its configuration changed. */
  | { readonly kind: 'repository'; readonly repository: RepositoryRef; readonly corrects?: boolean }
  /** Every umbrella that the installation reaches; `corrects`: every one whose comment may show what is now hidden. */
  | { readonly kind: 'installation'; readonly corrects?: boolean };

/**
 * What an event says is now so. GitHub may answer stale for a moment after an event, so a snapshot that disagrees, and
 * is not newer than the event, is read again before it is believed.
 */
export type Expectation = IssueExpectation | CommentExpectation;

export interface IssueExpectation {
  readonly ref: Ref;
  readonly state?: 'open' | 'closed';
  readonly childOf?: Ref;
  readonly noChildOf?: Ref;
  /** The issue's `updated_at` in the event. */
  readonly updatedAt: Instant;
}

/** Our comment with this id no longer says this, or is gone. */
export interface CommentExpectation {
  readonly commentId: number;
  /** Null: it was deleted. */
  readonly formerBody: string | null;
}

/** Two subjects with one key need only be looked up once; an expectation makes a subject its own. */
export function subjectKey(subject: Subject): string {
  const expect = 'expect' in subject && subject.expect !== undefined ? JSON.stringify(subject.expect) : '';
  const corrects = 'corrects' in subject && subject.corrects === true ? 'corrects' : '';
  const text = subject.kind === 'former_text' ? `${subject.title}\n${subject.body}` : '';
  return `${describeSubject(subject).toLowerCase()} ${expect}${text}${corrects}`;
}

/** `issue octo/harbor#12`, for the log. */
export function describeSubject(subject: Subject): string {
  switch (subject.kind) {
    case 'issue':
    case 'umbrella':
    case 'pull_request':
      return `${subject.kind} ${formatRef(subject.ref)}`;
    case 'former_text':
      return `former text of ${formatRef(subject.ref)}`;
    case 'former_commits':
      return `former commits ${subject.before} of ${formatRef(subject.ref)}`;
    case 'commit':
      return `commit ${subject.repository.owner}/${subject.repository.repo}@${subject.sha}`;
    case 'repository':
      return `repository ${subject.repository.owner}/${subject.repository.repo}`;
    case 'installation':
      return 'installation';
  }
}
