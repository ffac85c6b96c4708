import type { Gap } from '../../reading.ts';
import type { Instant } from '../../task/facts.ts';
import type { Ref } from '../../task/identity.ts';

/** A fix on the main branch that a release branch should have; which ones should is decided elsewhere. */
export interface BackportCandidate {
  readonly ref: Ref;
  /** What it was merged as on the main branch. */
  readonly mergeCommitSha: string | null;
  readonly title: string;
  /** Of its own commits, the oldest first; absent where nobody read them. */
  readonly messages?: readonly string[];
}

/** One that was merged to the main branch and is marked for a release branch. */
export interface WantedBackport extends BackportCandidate {
  readonly url: string;
  readonly mergedAt: Instant;
  readonly mergedBy: string | null;
  readonly author: string | null;
  /** The label that asks for it. */
  readonly label: string;
}

export interface BranchHead {
  readonly name: string;
  readonly sha: string;
}

/** A branch, and what was marked for it, by number. */
export interface ReleaseBranch extends BranchHead {
  readonly wanted: readonly WantedBackport[];
}

/** What release branches should have of the main branch, as far as labels say. */
export interface WantedBackports {
  /** Null where it could not be read; then nothing is wanted either. */
  readonly main: BranchHead | null;
  /** Those for which something is marked, the newest first. */
  readonly branches: readonly ReleaseBranch[];
  /** What is marked for a branch by a name that none has. */
  readonly astray?: readonly WantedBackport[];
  /** What could not be read of it. */
  readonly gaps: readonly Gap[];
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
      /** The commits to pick, the oldest first: those that lack, or the whole (of a long rebase a range). */
      readonly left: readonly string[];
      /** The whole is a merge, whose first parent is the main branch. */
      readonly isMerge: boolean;
      readonly revertedBy: BranchMention | null;
    }
  | { readonly state: 'unknown'; readonly gap: Gap }
);

/** A commit of the release branch. */
export interface BranchMention {
  readonly sha: string;
  readonly subject: string;
}
