/** A page of 50 open pull requests with their commits: 1 point. */
export const OPEN_PULL_REQUESTS = `query OpenPullRequests($owner: String!, $repo: String!, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    pullRequests(first: 50, after: $after, states: [OPEN], orderBy: { field: CREATED_AT, direction: ASC }) {
      nodes {
        id number title url headRefOid baseRefName isDraft createdAt updatedAt additions deletions changedFiles
        author { __typename login }
        labels(first: 100) { nodes { name } }
        commits(first: 100) { nodes { commit { oid } } pageInfo { hasNextPage endCursor } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;
