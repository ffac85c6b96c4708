import type { Instant } from '../task/facts.ts';
import type { Ref } from '../task/identity.ts';

/** A pull request as its reviews tell of it, open or ended. Teams are `org/team`. */
export interface PullReviews {
  readonly ref: Ref;
  readonly title: string;
  readonly url: string;
  readonly body: string;
  readonly state: 'open' | 'closed' | 'merged';
  readonly isDraft: boolean;
  /** Null where the account is gone. */
  readonly author: string | null;
  readonly isBot: boolean;
  readonly base: string;
  readonly labels: readonly string[];
  readonly openedAt: Instant;
  /** When it was merged or closed; null while open. */
  readonly endedAt: Instant | null;
  readonly changedLines: number;
  /** The first hundred: where there are more, they stand for all. */
  readonly files: readonly ChangedFile[];
  /** People and teams whose review is still asked for; bots are left out. */
  readonly asked: readonly string[];
  /** Who is assigned, and by whom, as the last thirty events of that kind tell; of one that has ended nobody. */
  readonly assigned: readonly Assignment[];
  /** Oldest first, the author's own and those of bots among them. */
  readonly reviews: readonly GivenReview[];
  /** The last twenty of its conversation, oldest first; of one that has ended the last five. Those of bots are left out. */
  readonly comments: readonly GivenComment[];
  /** Oldest first. */
  readonly steps: readonly ReviewStep[];
  /** Its last twenty, oldest first; of one that has ended the last five, without co-authors. */
  readonly commits: readonly CommitWords[];
  /** Null where it has ended, or nobody could read it. */
  readonly standing: PullStanding | null;
}

export interface Assignment {
  readonly login: string;
  /** Null where the account is gone. */
  readonly actor: string | null;
}

export interface ChangedFile {
  readonly path: string;
  readonly changedLines: number;
}

export interface GivenReview {
  readonly login: string;
  readonly isBot: boolean;
  readonly at: Instant;
  readonly state: 'approved' | 'changes_requested' | 'commented' | 'dismissed';
}

/** `reviewer`: a login or `org/team`; null where GitHub does not show it, and for a bot. */
export type ReviewStep =
  | {
      readonly kind: 'asked' | 'removed';
      readonly at: Instant;
      readonly actor: string | null;
      /** Whether a bot or an App did it. */
      readonly isByBot: boolean;
      readonly reviewer: string | null;
    }
  | { readonly kind: 'ready' | 'draft'; readonly at: Instant };

export interface GivenComment {
  readonly login: string;
  readonly at: Instant;
  readonly body: string;
}

export interface CommitWords {
  readonly message: string;
  /** Who wrote it; null where GitHub knows no account of theirs. */
  readonly author: string | null;
  /** When it was written, which a rebase keeps. By the clock of whoever wrote it, as the other. */
  readonly authoredAt: Instant;
  readonly committedAt: Instant;
  /** Logins of its author and co-authors, as far as GitHub knows them. */
  readonly authors: readonly string[];
}

export interface PullStanding {
  readonly checks: 'none' | 'pending' | 'success' | 'failure' | 'unknown';
  readonly mergeable: 'mergeable' | 'conflicting' | 'unknown';
  readonly decision: 'approved' | 'changes_requested' | 'review_required' | null;
}
