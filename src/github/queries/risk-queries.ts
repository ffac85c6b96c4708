/** A page of 50 open pull requests with their commits: 1 point. */
export const OPEN_PULL_REQUESTS = `query OpenPullRequests($owner: String!, $repo: String!, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    defaultBranchRef { name }
    pullRequests(first: 50, after: $after, states: [OPEN], orderBy: { field: CREATED_AT, direction: ASC }) {
      nodes {
        id number title url headRefOid headRefName isCrossRepository baseRefName isDraft createdAt updatedAt additions deletions changedFiles
        author { __typename login }
        labels(first: 100) { nodes { name } }
        commits(first: 100) { nodes { commit { oid } } pageInfo { hasNextPage endCursor } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

/** The 100 pull requests that were closed or merged and changed last, with the check runs of one name on their heads: 7 points. */
export const CLOSED_WITH_CHECK = `query ClosedWithCheck($owner: String!, $repo: String!, $check: String!) {
  rateLimit { cost }
  viewer { login }
  repository(owner: $owner, name: $repo) {
    pullRequests(first: 100, states: [CLOSED, MERGED], orderBy: { field: UPDATED_AT, direction: DESC }) {
      nodes {
        number
        commits(last: 1) {
          nodes {
            commit {
              oid
              checkSuites(first: 5, filterBy: { checkName: $check }) {
                nodes {
                  app { slug }
                  checkRuns(first: 1, filterBy: { checkName: $check, checkType: LATEST }) { nodes { conclusion title summary } }
                }
              }
            }
          }
        }
      }
    }
  }
}`;

/** Whether there is a branch, and what others there are: 1 point. */
export const BRANCH_NAMES = `query BranchNames($owner: String!, $repo: String!, $branch: String!) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    ref(qualifiedName: $branch) { name }
    refs(refPrefix: "refs/heads/", first: 100) { nodes { name } }
  }
}`;

const ISSUE_PLACE = 'number state repository { name owner { login } }';
const TASK = `${ISSUE_PLACE} blockedBy(first: 20) { nodes { ${ISSUE_PLACE} } pageInfo { hasNextPage endCursor } }`;

/** How the repository merges, what keeps at most 50 pull requests from merging, and the open issues that block theirs: 5 points when full. */
export const MERGE_STANDINGS = `query MergeStandings($owner: String!, $repo: String!, $base: String!, $ids: [ID!]!) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    viewerDefaultMergeMethod mergeCommitAllowed squashMergeAllowed rebaseMergeAllowed
    ref(qualifiedName: $base) { refUpdateRule { requiresLinearHistory } }
  }
  nodes(ids: $ids) {
    __typename
    ... on PullRequest {
      id reviewDecision mergeable body url
      repository { name owner { login } }
      commits(first: 100) { nodes { commit { message } } pageInfo { hasNextPage endCursor } }
      timelineItems(last: 1, itemTypes: [READY_FOR_REVIEW_EVENT]) {
        nodes { __typename ... on ReadyForReviewEvent { createdAt } }
      }
      statusCheckRollup {
        contexts(first: 100) {
          nodes { __typename ... on CheckRun { name conclusion } ... on StatusContext { context state } }
          pageInfo { hasNextPage endCursor }
        }
      }
      closingIssuesReferences(first: 5) {
        nodes { ${TASK} }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;

/** Issues that texts name, with what blocks them, by `$owner0`, `$repo0`, `$number0` and so on: 1 point for 50. */
export function taskBlockersQuery(count: number): string {
  const indices = Array.from({ length: count }, (_, n) => n);
  const variables = indices.map((n) => `$owner${n}: String!, $repo${n}: String!, $number${n}: Int!`).join(', ');
  const items = indices.map(
    (n) =>
      `item${n}: repository(owner: $owner${n}, name: $repo${n}) { issueOrPullRequest(number: $number${n}) { __typename ... on Issue { ${TASK} } } }`,
  );
  return `query TaskBlockers(${variables}) {
  rateLimit { cost }
  ${items.join('\n  ')}
}`;
}
