const MARKED = 'nodes { number createdAt viewerDidAuthor body repository { name owner { login } } }';

interface NewIssueShape {
  readonly labels: number;
  readonly assignees: number;
  readonly hasMilestone: boolean;
  readonly hasIssueType: boolean;
  readonly hasParent: boolean;
}

/**
 * Everything that `createIssue` names by id, and the issues among which this one may stand already: the parent's
 * children, or without a parent the 100 newest of the repository. Label `n` is `label<n>`, assignee `n` is `assignee<n>`.
 */
export function newIssueQuery({ labels, assignees, hasMilestone, hasIssueType, hasParent }: NewIssueShape): string {
  const each = (count: number, text: (n: number) => string) => Array.from({ length: count }, (_, n) => text(n));
  const variables = [
    '$owner: String!, $repo: String!',
    ...each(labels, (n) => `$label${n}: String!`),
    ...each(assignees, (n) => `$assignee${n}: String!`),
    ...(hasIssueType ? ['$issueType: String!'] : []),
    ...(hasParent ? ['$parentOwner: String!, $parentRepo: String!, $parentNumber: Int!'] : []),
  ];
  const fields = [
    'id',
    ...each(labels, (n) => `label${n}: label(name: $label${n}) { id }`),
    ...each(assignees, (n) => `assignee${n}: assignableUsers(first: 20, query: $assignee${n}) { nodes { id login } }`),
    ...(hasMilestone ? ['milestones(first: 100, states: OPEN) { nodes { id title } }'] : []),
    ...(hasIssueType ? ['issueType(name: $issueType) { id }'] : []),
    ...(hasParent ? [] : [`issues(first: 100, orderBy: { field: CREATED_AT, direction: DESC }) { ${MARKED} }`]),
  ];
  const parent = `parent: repository(owner: $parentOwner, name: $parentRepo) {
    issue(number: $parentNumber) { id state subIssuesSummary { total } subIssues(first: 100) { ${MARKED} } }
  }`;
  return `query NewIssueParts(${variables.join(', ')}) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    ${fields.join('\n    ')}
  }
  ${hasParent ? parent : ''}
}`;
}

/** Where an issue stands that was made under its parent. */
export const CHILDREN_WITH_MARKERS = `query ChildrenWithMarkers($owner: String!, $repo: String!, $number: Int!) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) { issue(number: $number) { subIssues(first: 100) { ${MARKED} } } }
}`;

/** Where it stands if people have moved or unlinked it since, or it has no parent. */
export const NEWEST_ISSUES = `query NewestIssues($owner: String!, $repo: String!, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    issues(first: 100, after: $after, orderBy: { field: CREATED_AT, direction: DESC }) {
      pageInfo { hasNextPage endCursor }
      ${MARKED}
    }
  }
}`;

export const CREATE_ISSUE = `mutation CreateIssue($input: CreateIssueInput!) {
  createIssue(input: $input) { issue { number url fullDatabaseId repository { name owner { login } } } }
}`;
