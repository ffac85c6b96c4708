import type { Gap, Reading } from '../reading.ts';
import type { RepositoryRef } from '../task/identity.ts';
import type { PullReviews } from './pull-reviews.ts';

/** What GitHub tells of a repository's reviews and of the people who may be asked, before any judgement. */
export interface ReviewSnapshot {
  readonly repository: RepositoryRef;
  readonly defaultBranch: string;
  readonly open: readonly PullReviews[];
  /** Merged and closed ones, the last changed first. */
  readonly past: readonly PullReviews[];
  /** By base branch; null where it has no CODEOWNERS. */
  readonly codeowners: Reading<ReadonlyMap<string, Codeowners | null>>;
  /** Everybody who can be assigned here, and so be asked; also who may only read. */
  readonly people: Reading<readonly PersonFacts[]>;
  /** Of the organization. Empty where the owner is a person. */
  readonly teams: Reading<readonly TeamFacts[]>;
  /** Login behind the token: a person's, or an App's with `[bot]`. */
  readonly viewer: ViewerFacts;
  readonly gaps: readonly Gap[];
}

export interface Codeowners {
  readonly path: string;
  readonly text: string;
  /** Of the whole file: a text from GraphQL ends after 512 KB. */
  readonly byteSize: number;
}

export interface PersonFacts {
  readonly login: string;
  /** GitHub's box "Busy"; null where it could not be read. */
  readonly isBusy: boolean | null;
  /**
   * Whether an approval of theirs counts, which takes write access: GitHub lets who may only read be asked all the same. Null where
   * the role could not be read: only who may push sees it.
   */
  readonly canApprove: boolean | null;
}

export interface TeamFacts {
  /** `org/team`. */
  readonly name: string;
  readonly members: readonly string[];
  /** Whether the team was given access to this repository. */
  readonly isHere: boolean;
}

export interface ViewerFacts {
  readonly login: string | null;
  /** Null for an App. */
  readonly role: 'read' | 'triage' | 'write' | 'maintain' | 'admin' | null;
}
