import type { Instant } from '../task/facts.ts';

/** A pull request that was merged, or at least reviewed: what habits are read from. */
export interface PastChange {
  readonly author: string | null;
  /** When its author was done with it: merged, else its last push. */
  readonly at: Instant;
  readonly changedLines: number;
  /** By folder, see `reviewFolderOf`. */
  readonly changedLinesByFolder: ReadonlyMap<string, number>;
  /** The first review of each person, the earliest first. */
  readonly reviews: readonly PastReview[];
}

export interface PastReview {
  readonly login: string;
  readonly at: Instant;
}

/** Logins as keys: GitHub ignores their case. */
export const loginKey = (login: string): string => login.toLowerCase();
