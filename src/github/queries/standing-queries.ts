const PLACE = 'number repository { name owner { login } }';

/** Every list fits one page: GitHub allows 100 labels, 10 assignees, 50 blockers and 100 sub-issues. */
export const STANDING_OF_ISSUE = `query StandingOfIssue($owner: String!, $repo: String!, $number: Int!) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    issue(number: $number) {
      ${PLACE} title body state stateReason(enableDuplicate: true)
      labels(first: 100) { nodes { name } }
      assignedActors(first: 20) { nodes { __typename ... on User { login } ... on Bot { login } ... on Mannequin { login } } }
      blockedBy(first: 100) { nodes { ${PLACE} } }
      blocking(first: 100) { nodes { ${PLACE} } }
      milestone { title }
      issueType { name }
      closedByPullRequestsReferences(first: 1, includeClosedPrs: true) { totalCount }
      linkedBranches(first: 1) { totalCount }
      comments(first: 1) { totalCount }
      subIssuesSummary { total }
      parent { ${PLACE} subIssues(first: 100) { nodes { ${PLACE} } } }
    }
  }
}`;

export const LABEL_OF_REPOSITORY = `query LabelOfRepository($owner: String!, $repo: String!, $name: String!) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    label(name: $name) {
      color description
      issues(first: 100) { totalCount nodes { ${PLACE} } }
      pullRequests(first: 1) { totalCount }
    }
  }
}`;

export const VIEWER = 'query Viewer { viewer { login } }';

interface PeopleShape {
  readonly issues: number;
  readonly repositories: number;
}

/**
 * Who takes part in issues, each `i<n>` and named by `$owner<n>`, `$repo<n>` and `$number<n>`, and how many watch
 * repositories, each `w<n>` and named by `$watchedOwner<n>` and `$watchedRepo<n>`.
 */
export function peopleQuery({ issues, repositories }: PeopleShape): string {
  const each = (count: number, text: (n: number) => string) => Array.from({ length: count }, (_, n) => text(n));
  const variables = [
    ...each(issues, (n) => `$owner${n}: String!, $repo${n}: String!, $number${n}: Int!`),
    ...each(repositories, (n) => `$watchedOwner${n}: String!, $watchedRepo${n}: String!`),
  ];
  const fields = [
    ...each(
      issues,
      (n) => `i${n}: repository(owner: $owner${n}, name: $repo${n}) {
    issue(number: $number${n}) { participants(first: 100) { totalCount nodes { login } } }
  }`,
    ),
    ...each(
      repositories,
      (n) =>
        `w${n}: repository(owner: $watchedOwner${n}, name: $watchedRepo${n}) { watchers(first: 1) { totalCount } }`,
    ),
  ];
  return `query People(${variables.join(', ')}) {\n  rateLimit { cost }\n  ${fields.join('\n  ')}\n}`;
}
