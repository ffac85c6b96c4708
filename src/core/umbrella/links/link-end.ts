import type { Ref } from '../../task/identity.ts';

/** One end of a link that somebody asks for, as far as it decides whether GitHub would take it. */
export interface LinkEnd {
  readonly ref: Ref;
  readonly kind: 'issue' | 'pull_request';
  /** Null for a pull request. */
  readonly nodeId: string | null;
  readonly title: string;
  readonly url: string;
  /** The issues above it that may be seen, nearest first. */
  readonly ancestors: readonly Ref[];
  /** Levels of sub-issues below it, 0 without any; below hidden ones nobody can look. */
  readonly levelsBelow: number;
  /** Direct children, closed and hidden ones included. */
  readonly childrenTotal: number;
}
