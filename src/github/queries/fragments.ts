import { selectList } from './connections.ts';

const REPOSITORY = 'name owner { login } visibility';

const REPOSITORY_FIELDS = `fragment RepositoryFields on Repository { ${REPOSITORY} }`;

const BLOCKER_SCALARS = `fragment BlockerScalars on Issue {
  id number url title state closedAt repository { ...RepositoryFields }
}`;

const PULL_REQUEST_SCALARS = `fragment PullRequestScalars on PullRequest {
  id number url title body state isDraft createdAt updatedAt mergedAt closedAt
  baseRefName headRefName headRefOid mergeable reviewDecision
  author { login } mergedBy { login } mergeCommit { oid }
  headRepository { name owner { login } }
  repository { ...RepositoryFields defaultBranchRef { name } }
}`;

const PULL_REQUEST_DETAILS = `fragment PullRequestDetails on PullRequest {
  ${selectList('reviewRequests')}
  ${selectList('latestOpinionatedReviews')}
  statusCheckRollup { state ${selectList('contexts')} }
}`;

/** GitHub lists a pull request's commits oldest first, and its own pages list at most 250 of them. */
const PULL_REQUEST_HISTORY = `fragment PullRequestHistory on PullRequest {
  ${selectList('commits')}
  ...PullRequestReadiness
}`;

const PULL_REQUEST_READINESS = `fragment PullRequestReadiness on PullRequest {
  readyEvents: timelineItems(last: 1, itemTypes: [READY_FOR_REVIEW_EVENT]) {
    nodes { __typename ... on ReadyForReviewEvent { createdAt } }
  }
}`;

const ISSUE_WORDS = `fragment IssueWords on Issue {
  id number url title body state stateReason(enableDuplicate: true) createdAt updatedAt closedAt
  author { login }
  repository { ...RepositoryFields }
  issueType { name }
  milestone { title dueOn }
  parent { id number repository { name owner { login } } }
  subIssuesSummary { total }
}`;

const TASK_FIELDS = `fragment TaskFields on Issue {
  ...IssueWords
  issueDependenciesSummary { blockedBy }
  ${selectList('labels')}
  ${selectList('assignedActors')}
  ${selectList('blockedBy')}
  ${selectList('closedByPullRequestsReferences')}
  ${selectList('linkedBranches')}
  ${selectList('timelineItems')}
}`;

const CLOSING = {
  detailed: 'fragment ClosingPullRequest on PullRequest { ...PullRequestScalars ...PullRequestDetails }',
  scalars: 'fragment ClosingPullRequest on PullRequest { ...PullRequestScalars }',
} as const;

const FRAGMENTS: Readonly<Record<string, string>> = {
  RepositoryFields: REPOSITORY_FIELDS,
  BlockerScalars: BLOCKER_SCALARS,
  PullRequestScalars: PULL_REQUEST_SCALARS,
  PullRequestDetails: PULL_REQUEST_DETAILS,
  PullRequestHistory: PULL_REQUEST_HISTORY,
  PullRequestReadiness: PULL_REQUEST_READINESS,
  IssueWords: ISSUE_WORDS,
  TaskFields: TASK_FIELDS,
};

type ClosingDepth = keyof typeof CLOSING;

/** The query with exactly the fragments that it uses: GitHub refuses unused ones. */
export function withFragments(query: string, closing: ClosingDepth = 'detailed'): string {
  const fragments = new Map<string, string>();
  const add = (text: string): void => {
    for (const [, name = ''] of text.matchAll(/\.\.\.([A-Z]\w*)/g)) {
      const fragment = name === 'ClosingPullRequest' ? CLOSING[closing] : FRAGMENTS[name];
      if (fragment === undefined || fragments.has(name)) continue;
      fragments.set(name, fragment);
      add(fragment);
    }
  };
  add(query);
  return [query, ...fragments.values()].join('\n');
}
