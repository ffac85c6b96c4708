/**
 * Every list that Parasol reads, once: the first call asks for its first page inside a fragment, and a follow-up call
 * asks for further pages of exactly the same fields (`complete-lists.ts`).
 */
interface ListQuery {
  readonly on: 'Issue' | 'PullRequest';
  readonly field: string;
  /** Page size within a call that reads many parents; a follow-up page has 100. */
  readonly first: number;
  readonly args: string;
  readonly nodes: string;
  /** Counts and the like, beside `nodes`. */
  readonly extra: string;
  /** The object between parent and list, where there is one. */
  readonly within: string | null;
}

const list = (on: ListQuery['on'], field: string, first: number, rest: Partial<ListQuery>): ListQuery => ({
  on,
  field,
  first,
  args: '',
  nodes: '',
  extra: '',
  within: null,
  ...rest,
});

export const ASSIGNEE = '__typename ... on User { login } ... on Bot { login } ... on Mannequin { login }';

const TIMELINE = `__typename
      ... on AssignedEvent { createdAt assignee { ${ASSIGNEE} } }
      ... on LabeledEvent { createdAt label { name } }
      ... on BlockedByAddedEvent { createdAt blockingIssue { id } }
      ... on CrossReferencedEvent { createdAt source { __typename ... on PullRequest { ...PullRequestScalars } } }`;

/** The one selection that a classic token may not send without the scope `read:org`. */
const TEAM = '... on Team { combinedSlug }';

export const REVIEWER = `requestedReviewer { __typename
        ... on User { login } ... on Bot { login } ... on Mannequin { login } ${TEAM} }`;

const CONTEXT = `__typename
        ... on CheckRun { name status conclusion url }
        ... on StatusContext { context state targetUrl }`;

/** Number fields answer with a float, which may not share a name with the others' text. */
const FIELD_VALUE = `__typename
        ... on IssueFieldValueCommon { field { __typename ... on IssueFieldCommon { name visibility } } }
        ... on IssueFieldTextValue { value }
        ... on IssueFieldDateValue { value }
        ... on IssueFieldSingleSelectValue { value }
        ... on IssueFieldNumberValue { number: value }`;

export const LISTS = {
  labels: list('Issue', 'labels', 20, { nodes: 'name' }),
  // `assignees` lists people alone; an agent that is a bot stands only here.
  assignedActors: list('Issue', 'assignedActors', 10, { nodes: ASSIGNEE }),
  blockedBy: list('Issue', 'blockedBy', 20, { nodes: '...BlockerScalars' }),
  closedByPullRequestsReferences: list('Issue', 'closedByPullRequestsReferences', 2, {
    args: 'includeClosedPrs: true',
    nodes: '...ClosingPullRequest',
  }),
  linkedBranches: list('Issue', 'linkedBranches', 5, { nodes: 'ref { name repository { name owner { login } } }' }),
  timelineItems: list('Issue', 'timelineItems', 100, {
    args: 'itemTypes: [ASSIGNED_EVENT, LABELED_EVENT, BLOCKED_BY_ADDED_EVENT, CROSS_REFERENCED_EVENT]',
    nodes: TIMELINE,
  }),
  issueFieldValues: list('Issue', 'issueFieldValues', 100, { nodes: FIELD_VALUE }),
  comments: list('Issue', 'comments', 100, { nodes: 'id url viewerDidAuthor body author { __typename login }' }),
  subIssues: list('Issue', 'subIssues', 100, { nodes: '...TaskFields' }),
  reviewRequests: list('PullRequest', 'reviewRequests', 20, { nodes: REVIEWER }),
  latestOpinionatedReviews: list('PullRequest', 'latestOpinionatedReviews', 20, {
    // Anyone may review a public pull request; only those who may write decide.
    args: 'writersOnly: true',
    nodes: 'author { login } state submittedAt url commit { oid }',
  }),
  contexts: list('PullRequest', 'contexts', 20, { within: 'statusCheckRollup', nodes: CONTEXT, extra: 'totalCount' }),
  commits: list('PullRequest', 'commits', 50, { nodes: 'commit { oid message committedDate }' }),
} as const satisfies Record<string, ListQuery>;

export type ListName = keyof typeof LISTS;

/** `labels(first: 20) { nodes { name } pageInfo { hasNextPage endCursor } }`; `page` replaces the page's arguments. */
export function selectList(name: ListName, page?: string): string {
  const { field, first, args, nodes, extra } = LISTS[name];
  const all = [page ?? `first: ${first}`, args].filter((part) => part !== '').join(', ');
  return `${field}(${all}) { ${extra} nodes { ${nodes} } pageInfo { hasNextPage endCursor } }`;
}

/** The query without the names of teams; the same text where it asks for none. */
export function withoutTeams(query: string): string {
  return query.replaceAll(TEAM, '');
}
