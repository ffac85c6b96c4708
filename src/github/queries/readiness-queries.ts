import { REVIEWER } from './connections.ts';
import { withFragments } from './fragments.ts';

/** `LATEST` would leave out what was run again. */
const RUNS_OF_SUITES = `nodes {
                  checkRuns(first: 50, filterBy: { checkType: ALL }) {
                    nodes { databaseId name status conclusion startedAt completedAt url }
                    pageInfo { hasNextPage endCursor }
                  }
                }
                pageInfo { hasNextPage endCursor }`;

/** What ran on the newest commits of a branch, with all attempts: 3 points for up to 25 of them. */
export const BASE_RUNS = `query BaseRuns($owner: String!, $repo: String!, $branch: String!, $first: Int!) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    ref(qualifiedName: $branch) {
      target {
        __typename oid
        ... on Commit {
          history(first: $first) {
            nodes {
              oid messageHeadline committedDate url
              parents(first: 1) { nodes { oid } }
              checkSuites(first: 10) { ${RUNS_OF_SUITES} }
              statusCheckRollup {
                state
                contexts(first: 100) {
                  nodes {
                    __typename
                    ... on CheckRun {
                      name status conclusion completedAt url
                      checkSuite { workflowRun { event workflow { name } } }
                    }
                    ... on StatusContext { context state createdAt targetUrl }
                  }
                  pageInfo { hasNextPage endCursor }
                }
              }
            }
          }
        }
      }
    }
  }
}`;

/** The milestones whose title holds a text, and the one of a number: 1 point. */
export const MILESTONES = `query Milestones($owner: String!, $repo: String!, $text: String!, $number: Int!) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    named: milestones(first: 100, query: $text) { nodes { number title } }
    numbered: milestone(number: $number) { number title }
    open: milestones(first: 20, states: [OPEN]) { nodes { number title } }
  }
}`;

/** A page of the issues that pass a filter, with all that belongs to a task: 12 points for 100. */
export const FILTERED_TASKS = withFragments(
  `query FilteredTasks($owner: String!, $repo: String!, $filter: IssueFilters, $first: Int!, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    issues(first: $first, after: $after, filterBy: $filter, orderBy: { field: CREATED_AT, direction: ASC }) {
      totalCount
      nodes { ...TaskFields }
      pageInfo { hasNextPage endCursor }
    }
  }
}`,
);

/** A page of a search for issues: 12 points for 100. GitHub shows the first 1,000 that it finds. */
export const SEARCH_TASKS =
  withFragments(`query SearchTasks($owner: String!, $repo: String!, $text: String!, $first: Int!, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) { name owner { login } }
  search(query: $text, type: ISSUE, first: $first, after: $after) {
    issueCount
    nodes { __typename ...TaskFields }
    pageInfo { hasNextPage endCursor }
  }
}`);

/**
 * The issues that at most 100 pull requests close: 1 point. Those that may not be read are missing there without a word, so
 * the same call asks for the repository's issues, which is refused.
 */
export const CLOSED_ISSUES = `query ClosedIssues($owner: String!, $repo: String!, $ids: [ID!]!) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) { issues(first: 1) { totalCount } }
  nodes(ids: $ids) {
    __typename
    ... on PullRequest {
      id
      closingIssuesReferences(first: 50) {
        nodes { id number repository { name owner { login } } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;

/** When a tag's commit was made, and the latest release: 1 point. */
export const RELEASES = `query Releases($owner: String!, $repo: String!, $tag: String!) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    latestRelease { tagName }
    named: ref(qualifiedName: $tag) { name }
    tags: refs(refPrefix: "refs/tags/", first: 20, orderBy: { field: TAG_COMMIT_DATE, direction: DESC }) { nodes { name } }
  }
}`;

/** Who was asked for a review when, of at most 100 pull requests: 1 point. */
export const REVIEW_REQUESTS = `query ReviewRequests($ids: [ID!]!) {
  rateLimit { cost }
  nodes(ids: $ids) {
    __typename
    ... on PullRequest {
      id
      timelineItems(last: 100, itemTypes: [REVIEW_REQUESTED_EVENT]) {
        nodes { __typename ... on ReviewRequestedEvent { createdAt ${REVIEWER} } }
      }
    }
  }
}`;

/** When at most 100 tasks got their milestones and their parents: 1 point. */
export const SCOPE_EVENTS = `query ScopeEvents($ids: [ID!]!) {
  rateLimit { cost }
  nodes(ids: $ids) {
    __typename
    ... on Issue {
      id
      timelineItems(last: 100, itemTypes: [MILESTONED_EVENT, PARENT_ISSUE_ADDED_EVENT]) {
        nodes {
          __typename
          ... on MilestonedEvent { createdAt milestoneTitle }
          ... on ParentIssueAddedEvent { createdAt parent { number repository { name owner { login } } } }
        }
      }
    }
  }
}`;

const LABELS = 'nodes { name } pageInfo { hasNextPage endCursor }';

/** The main branch, and the branches and labels whose names hold a text each: 1 point. */
export const RELEASE_BRANCHES = `query ReleaseBranches(
  $owner: String!, $repo: String!, $main: String!, $text: String!, $label: String!
) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    main: ref(qualifiedName: $main) { name target { oid } }
    labels(first: 100, query: $label) { ${LABELS} }
    refs(refPrefix: "refs/heads/", first: 100, query: $text) {
      nodes { name target { oid } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

/** A further page of the labels whose names hold a text: 1 point. */
export const MORE_LABELS = `query MoreLabels($owner: String!, $repo: String!, $label: String!, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) { labels(first: 100, query: $label, after: $after) { ${LABELS} } }
}`;

/** A page of the pull requests that were merged to a branch and carry any of these labels: 2 points for 100. */
export const MARKED_PULL_REQUESTS = `query MarkedPullRequests(
  $owner: String!, $repo: String!, $base: String!, $labels: [String!]!, $first: Int!, $after: String
) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    pullRequests(
      first: $first, after: $after, states: [MERGED], baseRefName: $base, labels: $labels
      orderBy: { field: UPDATED_AT, direction: DESC }
    ) {
      nodes {
        number title url updatedAt mergedAt
        author { login } mergedBy { login } mergeCommit { oid }
        repository { name owner { login } }
        labels(first: 100) { nodes { name } }
        commits(last: 50) { nodes { commit { message } } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

/** All that ran on the heads of at most 100 pull requests, every attempt: 12 points for 100. */
export const HEAD_RUNS = `query HeadRuns($ids: [ID!]!) {
  rateLimit { cost }
  nodes(ids: $ids) {
    __typename
    ... on PullRequest {
      id
      commits(last: 1) {
        nodes {
          commit {
            oid
            checkSuites(first: 10) { ${RUNS_OF_SUITES} }
            status { contexts { context state createdAt targetUrl } }
          }
        }
      }
    }
  }
}`;

/** Whether the issues of a repository may be read at all, which no search tells: 1 point. */
export const ISSUES_READABLE = `query IssuesReadable($owner: String!, $repo: String!) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) { issues(first: 1) { totalCount } }
}`;
