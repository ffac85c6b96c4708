import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
var e="number repository { name owner { login } }",t=`query StandingOfIssue($owner: String!, $repo: String!, $number: Int!) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    issue(number: $number) {
      ${e} title body state stateReason(enableDuplicate: true)
      labels(first: 100) { nodes { name } }
      assignedActors(first: 20) { nodes { __typename ... on User { login } ... on Bot { login } ... on Mannequin { login } } }
      blockedBy(first: 100) { nodes { ${e} } }
      blocking(first: 100) { nodes { ${e} } }
      milestone { title }
      issueType { name }
      closedByPullRequestsReferences(first: 1, includeClosedPrs: true) { totalCount }
      linkedBranches(first: 1) { totalCount }
      comments(first: 1) { totalCount }
      subIssuesSummary { total }
      parent { ${e} subIssues(first: 100) { nodes { ${e} } } }
    }
  }
}`,n=`query LabelOfRepository($owner: String!, $repo: String!, $name: String!) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    label(name: $name) {
      color description
      issues(first: 100) { totalCount nodes { ${e} } }
      pullRequests(first: 1) { totalCount }
    }
  }
}`,r="query Viewer { viewer { login } }";export{r as a};
