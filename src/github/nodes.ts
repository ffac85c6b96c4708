/** What the queries of `queries/` answer, before mapping. A field that a query does not ask for is absent. */
export interface Connection<Node> {
  readonly totalCount?: number;
  readonly nodes: (Node | null)[] | null;
  pageInfo?: { hasNextPage: boolean; endCursor: string | null };
}

export type Maybe<T> = T | null | undefined;
export type ActorNode = { readonly login: string } | null;

export interface PlaceNode {
  readonly name: string;
  readonly owner: { readonly login: string };
}

export interface RepositoryNode extends PlaceNode {
  readonly visibility: 'PUBLIC' | 'PRIVATE' | 'INTERNAL';
  readonly defaultBranchRef?: { readonly name: string } | null;
}

export interface IssuePlaceNode {
  readonly id: string;
  readonly number: number;
  readonly repository: PlaceNode;
}

export interface BlockerNode {
  readonly id: string;
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly state: 'OPEN' | 'CLOSED';
  readonly closedAt: string | null;
  readonly repository: RepositoryNode;
}

export interface TaskNode extends BlockerNode {
  readonly body: string;
  readonly stateReason: 'COMPLETED' | 'NOT_PLANNED' | 'DUPLICATE' | 'REOPENED' | null;
  readonly author: ActorNode;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly issueType: { readonly name: string } | null;
  readonly milestone: { readonly title: string; readonly dueOn: string | null } | null;
  readonly parent: IssuePlaceNode | null;
  readonly subIssuesSummary: { readonly total: number };
  readonly issueDependenciesSummary: { readonly blockedBy: number };
  readonly labels: Maybe<Connection<{ readonly name: string }>>;
  readonly assignedActors: Maybe<Connection<{ readonly login?: string }>>;
  readonly blockedBy: Maybe<Connection<BlockerNode>>;
  readonly closedByPullRequestsReferences: Maybe<Connection<PullRequestNode>>;
  readonly linkedBranches: Maybe<Connection<LinkedBranchNode>>;
  readonly timelineItems: Maybe<Connection<TimelineNode>>;
  readonly subIssues?: Maybe<Connection<TaskNode>>;
  readonly comments?: Maybe<Connection<CommentNode>>;
}

/** A kind of field that Parasol does not know comes without a value. */
export interface IssueFieldValueNode {
  readonly field?: { readonly name?: string; readonly visibility?: 'ALL' | 'ORG_ONLY' } | null;
  readonly value?: string;
  readonly number?: number;
}

export interface LinkedBranchNode {
  readonly ref: { readonly name: string; readonly repository: PlaceNode } | null;
}

export type TimelineNode =
  | {
      readonly __typename: 'AssignedEvent';
      readonly createdAt: string;
      readonly assignee: { readonly login?: string } | null;
    }
  | {
      readonly __typename: 'LabeledEvent';
      readonly createdAt: string;
      readonly label: { readonly name: string };
    }
  | {
      readonly __typename: 'BlockedByAddedEvent';
      readonly createdAt: string;
      readonly blockingIssue: { readonly id: string } | null;
    }
  | {
      readonly __typename: 'CrossReferencedEvent';
      readonly createdAt: string;
      readonly source:
        | { readonly __typename: 'Issue' }
        | (PullRequestNode & { readonly __typename: 'PullRequest' })
        | null;
    };

export interface CommentNode {
  readonly id: string;
  readonly url: string;
  readonly viewerDidAuthor: boolean;
  /** Null where the account is gone. A bot's login comes without `[bot]`, so that a person may have the same. */
  readonly author?: { readonly __typename: string; readonly login: string } | null;
  readonly body: string;
}

export interface PullRequestNode {
  readonly id: string;
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly body: string;
  readonly state: 'OPEN' | 'CLOSED' | 'MERGED';
  readonly isDraft: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly mergedAt: string | null;
  readonly closedAt: string | null;
  readonly baseRefName: string;
  readonly headRefName: string;
  readonly headRefOid: string;
  readonly mergeable: 'MERGEABLE' | 'CONFLICTING' | 'UNKNOWN';
  readonly reviewDecision: 'APPROVED' | 'CHANGES_REQUESTED' | 'REVIEW_REQUIRED' | null;
  readonly author: ActorNode;
  readonly mergedBy: ActorNode;
  readonly mergeCommit: { readonly oid: string } | null;
  readonly headRepository: PlaceNode | null;
  readonly repository: RepositoryNode;
  readonly reviewRequests?: Maybe<Connection<ReviewRequestNode>>;
  readonly latestOpinionatedReviews?: Maybe<Connection<ReviewNode>>;
  readonly statusCheckRollup?: Maybe<RollupNode>;
  readonly commits?: Maybe<Connection<{ readonly commit: CommitNode }>>;
  readonly readyEvents?: Maybe<{ readonly nodes: ({ readonly createdAt?: string } | null)[] | null }>;
}

export interface ReviewRequestNode {
  readonly requestedReviewer: { readonly login?: string; readonly combinedSlug?: string } | null;
}

export interface ReviewNode {
  readonly author: ActorNode;
  readonly state: 'APPROVED' | 'CHANGES_REQUESTED' | 'DISMISSED' | 'COMMENTED' | 'PENDING';
  readonly submittedAt: string | null;
  readonly url: string;
  readonly commit: { readonly oid: string } | null;
}

export interface RollupNode {
  readonly state: 'SUCCESS' | 'PENDING' | 'EXPECTED' | 'FAILURE' | 'ERROR';
  readonly contexts: Maybe<Connection<ContextNode>>;
}

export interface CheckRunNode {
  readonly __typename: 'CheckRun';
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly url: string;
  readonly completedAt?: string | null;
  /** Of the run of a workflow that it is a job of; absent where nobody asked. */
  readonly checkSuite?: Maybe<{
    readonly workflowRun: Maybe<{ readonly event: string; readonly workflow: { readonly name: string } }>;
  }>;
}

export interface StatusContextNode {
  readonly __typename: 'StatusContext';
  readonly context: string;
  readonly state: RollupNode['state'];
  readonly targetUrl: string | null;
  readonly createdAt?: string;
}

export type ContextNode = CheckRunNode | StatusContextNode;

export interface CommitNode {
  readonly oid: string;
  readonly message: string;
  readonly committedDate: string;
}

export interface ConfigNode {
  readonly object: {
    readonly __typename: string;
    readonly text?: string | null;
    readonly isBinary?: boolean | null;
  } | null;
}
