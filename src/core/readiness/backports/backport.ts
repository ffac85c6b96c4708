import type { Gap } from '../../reading.ts';
import type { Ref } from '../../task/identity.ts';

/** A fix on the main branch that a release branch should have; which ones should is decided elsewhere. */
export interface BackportCandidate {
  readonly ref: Ref;
  /** What it was merged as on the main branch. */
  readonly mergeCommitSha: string | null;
  readonly title: string;
}

/**
 * How a release branch came by a fix: it holds the commit itself; a commit there says `(cherry picked from commit …)`;
 * one makes the same changes; one says that it is the backport.
 */
export type BackportProof = 'ancestor' | 'cherry_picked' | 'same_patch' | 'named';

export type Backport = {
  readonly ref: Ref;
  readonly sha: string | null;
  readonly subject: string;
} & (
  | { readonly state: 'present'; readonly how: BackportProof; readonly by: BranchMention | null }
  /** `picked` of its `commits` are on the branch; `revertedBy` where it was there and was taken out again. */
  | {
      readonly state: 'missing';
      readonly picked: number;
      readonly commits: number;
      readonly revertedBy: BranchMention | null;
    }
  | { readonly state: 'unknown'; readonly gap: Gap }
);

/** A commit of the release branch. */
export interface BranchMention {
  readonly sha: string;
  readonly subject: string;
}
