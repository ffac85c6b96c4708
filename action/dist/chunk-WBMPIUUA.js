import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{F as e}from"./chunk-KQ22AFY5.js";var s=e(`query PullRequestSweep($owner: String!, $repo: String!, $first: Int!, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    pullRequests(first: $first, after: $after, orderBy: { field: UPDATED_AT, direction: DESC }) {
      nodes { ...PullRequestScalars ...PullRequestHistory }
      pageInfo { hasNextPage endCursor }
    }
  }
}`),o=e(`query OpenWork($owner: String!, $repo: String!, $first: Int!, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    pullRequests(first: $first, after: $after, states: [OPEN], orderBy: { field: UPDATED_AT, direction: DESC }) {
      nodes { ...PullRequestScalars ...PullRequestDetails ...PullRequestReadiness }
      pageInfo { hasNextPage endCursor }
    }
  }
}`),i=e(`query PullRequests($ids: [ID!]!) {
  rateLimit { cost }
  nodes(ids: $ids) { __typename ...PullRequestScalars ...PullRequestDetails ...PullRequestHistory }
}`),t="nodes { path changeType } pageInfo { hasNextPage endCursor }",n=`query ChangedPaths($ids: [ID!]!) {
  rateLimit { cost }
  nodes(ids: $ids) { __typename ... on PullRequest { id files(first: 100) { ${t} } } }
}`,a=`query FurtherPaths($id: ID!, $after: String) {
  rateLimit { cost }
  node(id: $id) { __typename ... on PullRequest { id files(first: 100, after: $after) { ${t} } } }
}`,u=`query BaseCommits($owner: String!, $repo: String!, $since: GitTimestamp!, $after: String) {
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
}`,$=`query BranchCommits(
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
}`,p=`query SearchIssues($text: String!) {
  rateLimit { cost }
  search(query: $text, type: ISSUE, first: 50) {
    nodes { __typename ... on Issue { id number title state url repository { name owner { login } } } }
  }
}`;export{s as a,o as b,i as c,u as d,$ as e,p as f};
