import type { Reading } from '../reading.ts';
import type { Ref } from './identity.ts';
import type { RevertedCommit, TaskLine, TextReference } from './text-references.ts';

/** All times are UTC ISO-8601 strings as GitHub sends them: `2026-05-04T09:30:00Z`. */
export type Instant = string;

export type Visibility = 'public' | 'internal' | 'private';

/** One issue as read from GitHub, before any judgement. */
export interface TaskFacts {
  readonly nodeId: string;
  readonly ref: Ref;
  readonly url: string;
  readonly title: string;
  readonly body: string;
  /** Visibility of the task's repository: decides where its title may be shown. */
  readonly visibility: Visibility;
  readonly state: 'open' | 'closed';
  readonly stateReason: 'completed' | 'not_planned' | 'duplicate' | 'reopened' | null;
  readonly author: string | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly closedAt: Instant | null;
  readonly issueType: string | null;
  readonly milestone: { readonly title: string; readonly dueOn: Instant | null } | null;
  /** Sorted by name. */
  readonly labels: readonly string[];
  /** By label in lower case: when it was last put on, where the timeline says so. */
  readonly labeledAt: Readonly<Record<string, Instant>>;
  readonly assignees: readonly string[];
  /** First assignment still in force, where the timeline says so. */
  readonly assignedAt: Instant | null;
  readonly parent: Ref | null;
  /** Visible children in GitHub's order. `childrenTotal` also counts those that the reader may not see. */
  readonly children: Reading<readonly Ref[]>;
  readonly childrenTotal: number;
  readonly blockers: Reading<readonly BlockerFacts[]>;
  /** Pull requests that GitHub itself says close (or closed) this task, closed ones included. */
  readonly closingPullRequests: Reading<readonly Ref[]>;
  /** Branch names linked to the task on GitHub ("Development"). */
  readonly linkedBranches: Reading<readonly LinkedBranchFacts[]>;
  /** Pull requests that mention this task, from its timeline. A mention alone is not a link. */
  readonly crossReferences: Reading<readonly Ref[]>;
  /** What the organization's issue fields say here; absent where nothing asked for them. */
  readonly issueFields?: Reading<readonly IssueFieldFacts[]>;
}

export interface IssueFieldFacts {
  readonly name: string;
  /** As text: `5`, `2026-03-02`, the name of the option. */
  readonly value: string;
  /** Only members of the organization may see the field. */
  readonly isMembersOnly: boolean;
}

export interface BlockerFacts {
  readonly ref: Ref;
  readonly url: string;
  readonly title: string;
  readonly visibility: Visibility;
  readonly state: 'open' | 'closed';
  readonly closedAt: Instant | null;
  /** When the dependency was added, where the timeline says so. */
  readonly addedAt: Instant | null;
  readonly assignees: readonly string[];
  /** The open ones that block it in turn; absent where they were not read, and for tasks of which everything was. */
  readonly blockedBy?: readonly Ref[];
}

export interface LinkedBranchFacts {
  readonly owner: string;
  readonly repo: string;
  readonly name: string;
}

/** One pull request as read from GitHub. */
export interface PullRequestFacts {
  readonly nodeId: string;
  readonly ref: Ref;
  readonly url: string;
  readonly title: string;
  readonly body: string;
  /** Of that body: `readStatedWork`. */
  readonly stated: StatedWork;
  readonly visibility: Visibility;
  readonly state: 'open' | 'closed' | 'merged';
  readonly isDraft: boolean;
  readonly author: string | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly mergedAt: Instant | null;
  readonly mergedBy: string | null;
  readonly closedAt: Instant | null;
  /** Last "ready for review" event; null when it never was a draft or when the timeline was not read. */
  readonly readyAt: Instant | null;
  readonly baseRefName: string;
  readonly isDefaultBase: boolean;
  readonly headRefName: string;
  /** `owner/repo` of the head branch; null when the fork is gone. */
  readonly headRepository: string | null;
  readonly headSha: string;
  readonly mergeCommitSha: string | null;
  readonly mergeable: 'mergeable' | 'conflicting' | 'unknown';
  readonly reviewDecision: 'approved' | 'changes_requested' | 'review_required' | null;
  /** Logins, `org/team` slugs, or `a team that cannot be read`. */
  readonly reviewRequests: Reading<readonly string[]>;
  /** The latest approving, rejecting or dismissed review of each reviewer. */
  readonly reviews: Reading<readonly ReviewFacts[]>;
  readonly checks: Reading<ChecksFacts>;
  /** Messages of its commits, newest last; empty when only the sweep would know. */
  readonly commits: Reading<readonly CommitFacts[]>;
}

/** What the body of a pull request states of other work, in its author's own words; each list in the order of the text. */
export interface StatedWork {
  /** Behind closing keywords. */
  readonly closing: readonly TextReference[];
  readonly taskLines: readonly TaskLine[];
  readonly reverting: readonly TextReference[];
  readonly revertedCommits: readonly RevertedCommit[];
}

export interface ReviewFacts {
  readonly author: string | null;
  readonly state: 'approved' | 'changes_requested' | 'dismissed' | 'commented';
  readonly submittedAt: Instant | null;
  readonly commitSha: string | null;
  readonly url: string;
}

/** `none` means that nothing reported on the head commit: a fact, not a gap. */
export interface ChecksFacts {
  readonly state: 'none' | 'success' | 'pending' | 'failure';
  readonly total: number;
  /** Runs and contexts that are not successful, neutral or skipped, in GitHub's order; may be cut, `total` is not. */
  readonly unfinished: readonly CheckFacts[];
}

export interface CheckFacts {
  readonly name: string;
  readonly outcome: 'pending' | 'failure';
  readonly url: string | null;
}

export interface CommitFacts {
  readonly sha: string;
  readonly message: string;
  readonly committedAt: Instant;
}
