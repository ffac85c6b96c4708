import { withFragments } from './fragments.ts';

/** A page of a repository's pull requests, last changed first, with commit messages: 2 points for 100. */
export const PULL_REQUEST_SWEEP =
  withFragments(`query PullRequestSweep($owner: String!, $repo: String!, $first: Int!, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    pullRequests(first: $first, after: $after, orderBy: { field: UPDATED_AT, direction: DESC }) {
      nodes { ...PullRequestScalars ...PullRequestHistory }
      pageInfo { hasNextPage endCursor }
    }
  }
}`);

/** A page of a repository's open pull requests with reviews and checks, last changed first: 3 points for 50. */
export const OPEN_WORK = withFragments(`query OpenWork($owner: String!, $repo: String!, $first: Int!, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    pullRequests(first: $first, after: $after, states: [OPEN], orderBy: { field: UPDATED_AT, direction: DESC }) {
      nodes { ...PullRequestScalars ...PullRequestDetails ...PullRequestReadiness }
      pageInfo { hasNextPage endCursor }
    }
  }
}`);

/** Everything about at most 100 pull requests: 5 points when full. */
export const PULL_REQUESTS_BY_ID = withFragments(`query PullRequests($ids: [ID!]!) {
  rateLimit { cost }
  nodes(ids: $ids) { __typename ...PullRequestScalars ...PullRequestDetails ...PullRequestHistory }
}`);

const CHANGED = 'nodes { path changeType } pageInfo { hasNextPage endCursor }';

/** Names of the files that at most 100 pull requests change, the first 100 of each: 1 point. */
export const CHANGED_PATHS = `query ChangedPaths($ids: [ID!]!) {
  rateLimit { cost }
  nodes(ids: $ids) { __typename ... on PullRequest { id files(first: 100) { ${CHANGED} } } }
}`;

/** Those that follow, of one pull request: 1 point. */
export const FURTHER_PATHS = `query FurtherPaths($id: ID!, $after: String) {
  rateLimit { cost }
  node(id: $id) { __typename ... on PullRequest { id files(first: 100, after: $after) { ${CHANGED} } } }
}`;

/** Messages on the default branch, newest first: 1 point for 100. */
export const BASE_COMMITS = `query BaseCommits($owner: String!, $repo: String!, $since: GitTimestamp!, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    defaultBranchRef {
      target {
        __typename
        ... on Commit {
          history(first: 100, since: $since, after: $after) {
            totalCount
            nodes { oid message committedDate }
            pageInfo { hasNextPage endCursor }
          }
        }
      }
    }
  }
}`;

/** The same of another branch. */
export const BRANCH_COMMITS = `query BranchCommits(
  $owner: String!, $repo: String!, $branch: String!, $since: GitTimestamp!, $after: String
) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    ref(qualifiedName: $branch) {
      target {
        __typename
        ... on Commit {
          history(first: 100, since: $since, after: $after) {
            nodes { oid message committedDate }
            pageInfo { hasNextPage endCursor }
          }
        }
      }
    }
  }
}`;

/** Issues by planned id; GitHub's search is loose, so the caller compares titles. */
export const SEARCH_ISSUES = `query SearchIssues($text: String!) {
  rateLimit { cost }
  search(query: $text, type: ISSUE, first: 50) {
    nodes { __typename ... on Issue { id number title state url repository { name owner { login } } } }
  }
}`;

/** Open pull requests of a repository with a given head: for commits of forks, which `commits/{sha}/pulls` may miss. */
export const OPEN_HEADS = `query OpenHeads($owner: String!, $repo: String!, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    pullRequests(first: 100, after: $after, states: [OPEN], orderBy: { field: UPDATED_AT, direction: DESC }) {
      nodes { number headRefOid }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;
