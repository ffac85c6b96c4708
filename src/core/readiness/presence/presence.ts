import type { Gap } from '../../reading.ts';
import type { Instant } from '../../task/facts.ts';
import type { Ref } from '../../task/identity.ts';
import type { UndoneFile } from './undoing.ts';

/** A merged pull request, as GitHub tells it. */
export interface MergedChange {
  readonly ref: Ref;
  /** What GitHub says it was merged as; of a rebase the last of its commits. */
  readonly mergeCommitSha: string | null;
  readonly headSha: string | null;
  readonly mergedAt: Instant;
  readonly title: string;
  /** Of its commits, the oldest first; absent where nobody read them. */
  readonly messages?: readonly string[];
}

/** A commit that did something to a change. */
export interface PresenceCommit {
  readonly sha: string;
  readonly subject: string;
  readonly at: Instant;
  /** Of the same repository; null where its title names none. */
  readonly number: number | null;
}

/** Whether merged work is on its base, and what became of it there. */
export type Presence =
  | { readonly state: 'present'; readonly how: 'ancestor' | 'same_patch' }
  /** At least half of the lines that it put in were taken out by commits that knew what they did; the latest first. */
  | { readonly state: 'changed_later'; readonly by: readonly PresenceCommit[] }
  | { readonly state: 'reverted'; readonly by: PresenceCommit }
  /** A commit with another purpose put back what it changed, and nothing says that anybody meant to. */
  | {
      readonly state: 'undone';
      readonly by: PresenceCommit;
      readonly evidence: UndoingEvidence;
      /** Its commits on the base that were put back, the oldest first: a rebase has several. */
      readonly lost: readonly string[];
    }
  /** Its merge commit is not on the base, and no commit there makes the same changes. */
  | { readonly state: 'missing' }
  | { readonly state: 'unknown'; readonly gap: Gap };

export interface UndoingEvidence {
  readonly files: readonly UndoneFile[];
  /** Lines of the change that are gone, and lines that it had taken out and that are back. */
  readonly removedLines: number;
  readonly restoredLines: number;
  /** Share of the lines that the change had touched, 0–1. */
  readonly share: number;
  /** Changes of how many commits the same commit put back. */
  readonly victims: number;
}
