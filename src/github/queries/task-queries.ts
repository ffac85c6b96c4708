import { selectList } from './connections.ts';
import { withFragments } from './fragments.ts';

/** Tasks by their node ids, at most 100: 12 points when full, as for an umbrella's children. */
export const TASKS_BY_ID = withFragments(`query Tasks($ids: [ID!]!) {
  rateLimit { cost }
  nodes(ids: $ids) { __typename ...TaskFields }
}`);

/** Ids of the children of at most 100 nested umbrellas: 1 point. */
export const CHILD_IDS = `query ChildIds($ids: [ID!]!) {
  rateLimit { cost }
  nodes(ids: $ids) {
    __typename
    ... on Issue { id subIssues(first: 100) { nodes { id } pageInfo { hasNextPage endCursor } } }
  }
}`;

/** Who works on blockers that are not among the tasks read, and what blocks those: 2 points per 100. */
export const OUTSIDE_BLOCKERS = `query OutsideBlockers($ids: [ID!]!) {
  rateLimit { cost }
  nodes(ids: $ids) {
    __typename
    ... on Issue {
      id
      ${selectList('assignedActors')}
      blockedBy(first: 20) { nodes { number state repository { name owner { login } } } }
    }
  }
}`;

/** What stands in the issue fields of at most 100 tasks: 1 point. */
export const ISSUE_FIELDS = `query IssueFields($ids: [ID!]!) {
  rateLimit { cost }
  nodes(ids: $ids) { __typename ... on Issue { id ${selectList('issueFieldValues')} } }
}`;

/** A page of a repository's tasks: 6 points for 100. Pull requests come without their reviews and checks. */
export const REPOSITORY_TASKS = withFragments(
  `query RepositoryTasks($owner: String!, $repo: String!, $first: Int!, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    issues(first: $first, after: $after, orderBy: { field: CREATED_AT, direction: ASC }) {
      totalCount
      nodes { ...TaskFields }
      pageInfo { hasNextPage endCursor }
    }
  }
}`,
  'scalars',
);

const PLACE_FRAGMENT = 'fragment Place on Issue { id number repository { name owner { login } } }';

/** For each issue: its parents upwards, and those of the tasks that it blocks. 1 point per 100 issues. */
export const UMBRELLAS_ABOVE = `query UmbrellasAbove($ids: [ID!]!) {
  rateLimit { cost }
  nodes(ids: $ids) {
    __typename
    ... on Issue {
      ...Ancestors
      blocking(first: 50) { nodes { ...Ancestors } pageInfo { hasNextPage endCursor } }
    }
  }
}
fragment Ancestors on Issue {
  ...Place subIssuesSummary { total }
  parent { ...Place parent { ...Place parent { ...Place parent { ...Place parent { ...Place
    parent { ...Place parent { ...Place parent { ...Place } } } } } } } }
}
${PLACE_FRAGMENT}`;

/** At most 100 issues and the two above each, with the texts that tell which of them are batches: 1 point. */
export const UMBRELLAS_NEAR = `query UmbrellasNear($ids: [ID!]!) {
  rateLimit { cost }
  nodes(ids: $ids) {
    __typename
    ... on Issue { ...Place body subIssuesSummary { total } parent { ...Place body parent { ...Place } } }
  }
}
${PLACE_FRAGMENT}`;

/** A page of a repository's issues with their words and links alone: 2 points for 100. */
export const ISSUE_HISTORY =
  withFragments(`query IssueHistory($owner: String!, $repo: String!, $first: Int!, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    issues(first: $first, after: $after, orderBy: { field: CREATED_AT, direction: ASC }) {
      totalCount
      nodes {
        ...IssueWords
        ${selectList('labels')}
        ${selectList('blockedBy')}
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`);
