import type { MergeMethod } from '../core/risk/next-merges.ts';
import type { GitObjects } from './git/git-objects.ts';

/**
 * The sandbox's state: plain records that mean what GitHub means by them. They are mutable, held by one process, and
 * changed only through `actions/`, which also keep timelines, back-links and limits right and announce what happened.
 */
export interface World {
  /** The sandbox's clock: every time stamp comes from here, so a story replays to the same bytes. */
  now: () => string;
  /** Keyed by login in lower case. */
  readonly accounts: Map<string, AccountRecord>;
  /** Keyed by `owner/name` in lower case. */
  readonly repositories: Map<string, RepositoryRecord>;
  /** Issue fields of organizations, in order of creation; keyed by login in lower case. */
  readonly issueFields: Map<string, IssueFieldRecord[]>;
  readonly apps: Map<number, AppRecord>;
  readonly installations: Map<number, InstallationRecord>;
  /** Personal tokens and issued installation tokens, by their text. */
  readonly tokens: Map<string, TokenRecord>;
  /** Next database id; ids are unique over all record kinds and rise with time. */
  nextId: number;
  /** What changed, in order; the webhook sender, the stale-read fault and tests listen. */
  readonly listeners: Set<(event: WorldEvent) => void>;
  /** Every record that has a node id, by it. Kept by `register` in node-id.ts. */
  readonly nodes: Map<string, WorldNode>;
  /** Where a transferred issue went: `owner/name#number` in lower case to its new place. */
  readonly moved: Map<string, ItemKey>;
  /** Facts of a loaded file that GitHub could not hold (a second parent, an unknown blocker). */
  readonly loadConflicts: LoadConflict[];
}

export interface LoadConflict {
  readonly subject: string;
  readonly problem: string;
}

/** A record found by its node id, with what surrounds it. `type` is GraphQL's type name (timeline items share one). */
export type WorldNode =
  | { readonly type: 'User'; readonly record: AccountRecord }
  | { readonly type: 'Organization'; readonly record: AccountRecord }
  | { readonly type: 'Bot'; readonly record: AccountRecord }
  | { readonly type: 'Repository'; readonly record: RepositoryRecord }
  | { readonly type: 'Label'; readonly repository: RepositoryRecord; readonly record: LabelRecord }
  | { readonly type: 'Milestone'; readonly repository: RepositoryRecord; readonly record: MilestoneRecord }
  | { readonly type: 'Issue'; readonly repository: RepositoryRecord; readonly record: IssueRecord }
  | { readonly type: 'PullRequest'; readonly repository: RepositoryRecord; readonly record: PullRequestRecord }
  | { readonly type: 'IssueField'; readonly record: IssueFieldRecord }
  | ItemNode<'IssueFieldValue', IssueFieldValueRecord>
  | ItemNode<'IssueComment', CommentRecord>
  | ItemNode<'TimelineItem', TimelineRecord>
  | (ItemNode<'Reaction', ReactionRecord> & { readonly comment: CommentRecord | null })
  | ItemNode<'LinkedBranch', LinkedBranchRecord>
  | ItemNode<'ReviewRequest', ReviewRequestRecord>
  | ItemNode<'PullRequestReview', ReviewRecord>
  | { readonly type: 'Release'; readonly repository: RepositoryRecord; readonly record: ReleaseRecord }
  | { readonly type: 'Commit'; readonly repository: RepositoryRecord; readonly record: CommitRecord }
  | { readonly type: 'WorkflowRun'; readonly repository: RepositoryRecord; readonly record: WorkflowRunRecord }
  | CommitNode<'CheckRun', CheckRunRecord>
  | CommitNode<'StatusContext', StatusRecord>;

interface ItemNode<Type extends string, Kept> {
  readonly type: Type;
  readonly repository: RepositoryRecord;
  readonly item: IssueRecord | PullRequestRecord;
  readonly record: Kept;
}

interface CommitNode<Type extends string, Kept> {
  readonly type: Type;
  readonly repository: RepositoryRecord;
  readonly commit: CommitRecord;
  readonly record: Kept;
}

export interface AccountRecord {
  readonly id: number;
  readonly nodeId: string;
  /** For a bot: `parasol[bot]`. */
  readonly login: string;
  readonly type: 'User' | 'Organization' | 'Bot';
  readonly name: string | null;
  /** What a person shows beside the name; absent: nothing. */
  status?: UserStatusRecord;
}

export interface UserStatusRecord {
  readonly message: string | null;
  /** The box "Busy": answers may be slow. */
  readonly isBusy: boolean;
}

export type Role = 'read' | 'triage' | 'write' | 'maintain' | 'admin';

export interface RepositoryRecord {
  readonly id: number;
  readonly nodeId: string;
  readonly owner: string;
  readonly name: string;
  visibility: 'public' | 'internal' | 'private';
  defaultBranch: string;
  /** How pull requests may be merged, what people are offered first. */
  mergeMethods: readonly MergeMethod[];
  /** Login to role. Anyone else reads a public repository and does not see a private one. */
  readonly collaborators: Map<string, Role>;
  /** Keyed by name in lower case, as GitHub compares them. */
  readonly labels: Map<string, LabelRecord>;
  readonly milestones: Map<number, MilestoneRecord>;
  readonly issueTypes: Set<string>;
  readonly issues: Map<number, IssueRecord>;
  readonly pullRequests: Map<number, PullRequestRecord>;
  readonly commits: Map<string, CommitRecord>;
  /** Branch name to head sha. */
  readonly branches: Map<string, string>;
  /** Tag name to the sha of its commit. */
  readonly tags: Map<string, string>;
  /** In order of creation. */
  readonly releases: ReleaseRecord[];
  /** What the repository's ruleset asks of a branch, by its name. */
  readonly rules: Map<string, BranchRules>;
  /** Of GitHub Actions, in order of their start. */
  readonly workflowRuns: WorkflowRunRecord[];
  /** Of all its commits; a fork shares those of its source. */
  readonly objects: GitObjects;
  /** Text files on the default branch: path to text. */
  readonly files: Map<string, string>;
  readonly teams: Map<string, readonly string[]>;
  nextNumber: number;
  readonly createdAt: string;
  /** `owner/name` in lower case of the repository that this one was forked from. */
  readonly forkOf?: string | null;
  description?: string | null;
  pushedAt?: string;
}

export interface BranchRules {
  /** Names of check runs and contexts of statuses that have to pass. */
  readonly checks: readonly string[];
  readonly approvals: number;
  /** By classic branch protection, which is not listed among the rules of a branch; by a ruleset where left out. */
  readonly isProtection?: boolean;
  /** Of branch protection: administrators cannot pass it by. */
  readonly bindsAdministrators?: boolean;
  /** No merge commits. */
  readonly isLinear?: boolean;
  /** Of those of the repository; all where left out. */
  readonly mergeMethods?: RepositoryRecord['mergeMethods'];
}

export interface ReleaseRecord {
  readonly id: number;
  readonly nodeId: string;
  /** A draft's tag may not be there yet. */
  readonly tag: string;
  readonly name: string | null;
  readonly body: string;
  readonly author: string;
  readonly isDraft: boolean;
  readonly isPrerelease: boolean;
  readonly createdAt: string;
  /** Null for a draft. */
  readonly publishedAt: string | null;
}

export interface LabelRecord {
  readonly id: number;
  readonly nodeId: string;
  name: string;
  color: string;
  description: string | null;
}

export interface MilestoneRecord {
  readonly id: number;
  readonly nodeId: string;
  readonly number: number;
  title: string;
  state: 'open' | 'closed';
  dueOn: string | null;
  readonly createdAt: string;
}

/** A field that an organization gives to the issues of all its repositories. */
export interface IssueFieldRecord {
  readonly id: number;
  readonly nodeId: string;
  /** Login of the organization. */
  readonly owner: string;
  readonly name: string;
  readonly type: 'text' | 'number' | 'date' | 'single_select';
  readonly visibility: 'all' | 'org_only';
  /** Of a single select field; empty for the others. */
  readonly options: readonly string[];
  readonly createdAt: string;
}

/** What one issue says in a field: a number in a number field, else text; a date is `2026-03-02`. */
export interface IssueFieldValueRecord {
  readonly id: number;
  readonly nodeId: string;
  readonly field: IssueFieldRecord;
  value: string | number;
}

/** Names one issue or pull request: repository key in lower case plus number. */
export interface ItemKey {
  readonly repository: string;
  readonly number: number;
}

export interface IssueRecord {
  readonly kind: 'issue';
  readonly id: number;
  readonly nodeId: string;
  readonly number: number;
  title: string;
  body: string;
  author: string;
  state: 'open' | 'closed';
  stateReason: 'completed' | 'not_planned' | 'duplicate' | 'reopened' | null;
  locked: boolean;
  /** Names as the repository spells them. */
  readonly labels: Set<string>;
  readonly assignees: Set<string>;
  milestone: number | null;
  issueType: string | null;
  parent: ItemKey | null;
  /** In GitHub's order. */
  children: ItemKey[];
  blockedBy: ItemKey[];
  blocking: ItemKey[];
  linkedBranches: LinkedBranchRecord[];
  /** In the order in which they were first set. */
  fieldValues: IssueFieldValueRecord[];
  readonly comments: CommentRecord[];
  readonly reactions: ReactionRecord[];
  readonly timeline: TimelineRecord[];
  readonly createdAt: string;
  updatedAt: string;
  closedAt: string | null;
  closedBy: string | null;
}

export interface LinkedBranchRecord {
  readonly id: number;
  readonly nodeId: string;
  readonly repository: string;
  readonly name: string;
}

export interface CommentRecord {
  readonly id: number;
  readonly nodeId: string;
  author: string;
  body: string;
  readonly createdAt: string;
  updatedAt: string;
  readonly reactions: ReactionRecord[];
}

export interface ReactionRecord {
  readonly id: number;
  readonly nodeId: string;
  readonly user: string;
  readonly content: '+1' | '-1' | 'laugh' | 'confused' | 'heart' | 'hooray' | 'rocket' | 'eyes';
  readonly createdAt: string;
}

/** A timeline entry, `kind` as GitHub's GraphQL item type in lower case: `assigned_event`, `cross_referenced_event` … */
export interface TimelineRecord {
  readonly id: number;
  readonly nodeId: string;
  readonly kind:
    | 'assigned_event'
    | 'unassigned_event'
    | 'labeled_event'
    | 'unlabeled_event'
    | 'milestoned_event'
    | 'demilestoned_event'
    | 'closed_event'
    | 'reopened_event'
    | 'cross_referenced_event'
    | 'blocked_by_added_event'
    | 'blocked_by_removed_event'
    | 'blocking_added_event'
    | 'blocking_removed_event'
    | 'parent_issue_added_event'
    | 'parent_issue_removed_event'
    | 'sub_issue_added_event'
    | 'sub_issue_removed_event'
    | 'connected_event'
    | 'ready_for_review_event'
    | 'convert_to_draft_event'
    | 'merged_event'
    | 'review_requested_event'
    | 'review_request_removed_event';
  readonly actor: string;
  readonly createdAt: string;
  /** The other login, label name or item the entry speaks of. */
  readonly subject: {
    readonly login?: string;
    readonly team?: string;
    readonly label?: string;
    /** Title of a milestone. */
    readonly milestone?: string;
    readonly item?: ItemKey;
    /** The commit that closed or merged it. */
    readonly sha?: string;
  };
  /** For a cross reference: whether merging the source closes this item. */
  readonly willClose?: boolean;
}

export interface PullRequestRecord {
  readonly kind: 'pull_request';
  readonly id: number;
  readonly nodeId: string;
  readonly number: number;
  title: string;
  body: string;
  author: string;
  state: 'open' | 'closed' | 'merged';
  isDraft: boolean;
  locked: boolean;
  readonly labels: Set<string>;
  readonly assignees: Set<string>;
  milestone: number | null;
  baseRefName: string;
  baseSha: string;
  headRefName: string;
  /** `owner/name` in lower case of the head's repository; a fork has another owner. Null when deleted. */
  headRepository: string | null;
  headSha: string;
  /** Shas, oldest first, all in `commits` of the base repository. */
  commits: string[];
  mergeCommitSha: string | null;
  /** What a rebase merge put on the base branch in place of `commits`; absent otherwise. */
  rebasedCommits?: readonly string[];
  mergedBy: string | null;
  mergeable: 'mergeable' | 'conflicting' | 'unknown';
  /** Reviews needed before GitHub says APPROVED; 0 means no rule, and `reviewDecision` is null. */
  requiredApprovals: number;
  files: FileRecord[];
  reviewRequests: ReviewRequestRecord[];
  readonly reviews: ReviewRecord[];
  readonly comments: CommentRecord[];
  readonly reactions: ReactionRecord[];
  readonly timeline: TimelineRecord[];
  /** Issues closed by keyword or linked by hand, GitHub's `closingIssuesReferences`. */
  closingIssues: ItemKey[];
  readonly createdAt: string;
  updatedAt: string;
  closedAt: string | null;
  mergedAt: string | null;
}

export interface FileRecord {
  readonly path: string;
  readonly previousPath: string | null;
  readonly status: 'added' | 'modified' | 'removed' | 'renamed';
  readonly additions: number;
  readonly deletions: number;
  /** The hunks as GitHub shows them, from the first `@@` on; absent or null for binary files and big ones. */
  readonly patch?: string | null;
  /** The file's text on the head, when the story gives one; merging into the default branch puts it there. */
  readonly text?: string | null;
}

export interface ReviewRequestRecord {
  readonly id: number;
  readonly nodeId: string;
  readonly login: string | null;
  readonly team: string | null;
  readonly requestedAt: string;
}

export interface ReviewRecord {
  readonly id: number;
  readonly nodeId: string;
  readonly author: string;
  state: 'approved' | 'changes_requested' | 'commented' | 'dismissed';
  readonly body: string;
  readonly commitSha: string;
  readonly submittedAt: string;
}

export interface CommitRecord {
  readonly sha: string;
  readonly nodeId: string;
  readonly message: string;
  readonly author: string;
  readonly committedAt: string;
  readonly parents: readonly string[];
  /** Id of its files in the repository's objects. */
  readonly tree: string;
  /** What it changed against its first parent. */
  readonly files: FileRecord[];
  readonly checkRuns: CheckRunRecord[];
  readonly statuses: StatusRecord[];
}

/** One run of a workflow on a commit, with every attempt at it. */
export interface WorkflowRunRecord {
  readonly id: number;
  readonly nodeId: string;
  /** Of its workflow, from 1. */
  readonly runNumber: number;
  /** Name of the workflow: `CI`. */
  readonly workflow: string;
  /** `push`, `pull_request`, `schedule`, `merge_group` … */
  readonly event: string;
  readonly headSha: string;
  readonly headBranch: string;
  readonly actor: string;
  readonly createdAt: string;
  /** The first is attempt 1; the last is how the run stands. */
  readonly attempts: RunAttemptRecord[];
}

export interface RunAttemptRecord {
  readonly startedAt: string;
  status: CheckRunRecord['status'];
  conclusion: CheckRunRecord['conclusion'];
  completedAt: string | null;
  /** Its jobs, each a check run on the head. */
  readonly jobs: CheckRunRecord[];
}

export interface CheckRunRecord {
  readonly id: number;
  readonly nodeId: string;
  readonly name: string;
  /** Slug of the app that reported it. */
  readonly app: string;
  /** Id of the workflow run that it is a job of. */
  readonly workflowRun?: number;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: 'success' | 'failure' | 'neutral' | 'cancelled' | 'skipped' | 'timed_out' | 'action_required' | null;
  startedAt: string;
  completedAt: string | null;
  output: CheckOutputRecord;
}

/** What the run's page shows; null where its app gave none. */
export interface CheckOutputRecord {
  readonly title: string | null;
  readonly summary: string | null;
  readonly text: string | null;
}

export interface StatusRecord {
  readonly id: number;
  readonly nodeId: string;
  readonly context: string;
  state: 'success' | 'pending' | 'failure' | 'error';
  readonly description: string | null;
  readonly createdAt: string;
}

/** Permission names as in `app.yml`: `issues`, `pull_requests`, `checks`, `statuses`, `contents`, `metadata` … */
export type Permissions = Readonly<Record<string, 'read' | 'write'>>;

export interface AppRecord {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  /** SPKI PEM: what a JWT is verified with. */
  readonly publicKey: string;
  /** PKCS #8 PEM when the world made the key pair itself: what the App under test signs with. */
  readonly privateKey: string | null;
  /** Login of the account that owns the app. */
  readonly owner: string;
  permissions: Permissions;
  events: readonly string[];
  webhookUrl: string | null;
  webhookSecret: string;
}

export interface InstallationRecord {
  readonly id: number;
  readonly appId: number;
  readonly account: string;
  /** Granted ones: may be fewer than the app asks for. */
  permissions: Permissions;
  /** Repository keys, or `all` of the account. */
  repositories: 'all' | Set<string>;
  readonly createdAt: string;
}

export interface TokenRecord {
  readonly kind: 'user' | 'installation';
  /** For a user token: whose it is. For an installation token: `parasol[bot]`. */
  readonly login: string;
  readonly installationId: number | null;
  /** Null: everything the person may do. */
  readonly permissions: Permissions | null;
  /** Of a classic user token; absent: all of them. */
  readonly scopes?: readonly string[];
  readonly expiresAt: string | null;
  /** Repository keys that an installation token was narrowed to; absent: all that the installation has. */
  readonly repositories?: ReadonlySet<string>;
  /** Whose clock ends it; absent: the world's. One issued over HTTP lives by the machine's, like the client that caches it. */
  readonly expiresOn?: 'world' | 'machine';
}

/** Something that happened. The webhook sender turns it into GitHub's deliveries; one link makes two. */
export interface WorldEvent {
  /** GitHub's event name: `issues`, `sub_issues`, `issue_dependencies`, `pull_request` … */
  readonly name: string;
  readonly action: string | null;
  readonly repository: string;
  readonly sender: string;
  readonly at: string;
  /** The item that the event is about, if it is about one. */
  readonly item: ItemKey | null;
  /** The rest, per event: label, assignee, comment id, review id, sha, the other side of a link. */
  readonly details: EventDetails;
}

/** Records are the live ones: a listener that needs them as they were reads them while it is called. */
export interface EventDetails {
  readonly label?: LabelRecord;
  readonly assignee?: string;
  readonly milestone?: MilestoneRecord;
  /** The issue type that was set or taken off. */
  readonly issueType?: string;
  /** The field whose value was set or taken off, and the value that an edit replaced. */
  readonly fieldValue?: IssueFieldValueRecord;
  readonly formerFieldValue?: IssueFieldValueRecord['value'];
  readonly comment?: CommentRecord;
  readonly review?: ReviewRecord;
  readonly reviewRequest?: ReviewRequestRecord;
  readonly checkRun?: CheckRunRecord;
  readonly status?: StatusRecord;
  /** Slug of the app whose check suite it is, and the workflow run if it has one. */
  readonly app?: string;
  readonly workflowRun?: number;
  readonly sha?: string;
  readonly push?: PushDetails;
  readonly mergeGroup?: MergeGroupDetails;
  /** The head before a push to a pull request's branch. */
  readonly before?: string;
  /** The other side of a link: for `sub_issues` the child when `item` is the parent, and the reverse. */
  readonly other?: ItemKey;
  /** The parent's counts before a link was removed: GitHub still shows them in `*_removed`. */
  readonly summaryBefore?: { readonly total: number; readonly completed: number };
  /** What an edit replaced: field to old value. */
  readonly changes?: Readonly<Record<string, { readonly from: string }>>;
  /** Repository keys for `installation*`. */
  readonly repositories?: readonly string[];
  readonly installationId?: number;
}

/** Refs are whole: `refs/heads/gh-readonly-queue/main/pr-104-SHA`. */
export interface MergeGroupDetails {
  readonly headSha: string;
  readonly headRef: string;
  readonly baseSha: string;
  readonly baseRef: string;
  /** Why it is there no longer. */
  readonly reason?: 'merged' | 'invalidated' | 'dequeued';
}

export interface PushDetails {
  /** `refs/heads/main`. */
  readonly ref: string;
  readonly before: string;
  readonly after: string;
  readonly forced?: boolean;
  readonly commits: readonly string[];
  readonly files: readonly FileRecord[];
}
