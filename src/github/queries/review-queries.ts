import { ASSIGNEE, REVIEWER } from './connections.ts';

const WORDS = `number title url body state isDraft createdAt mergedAt closedAt baseRefName additions deletions
        author { __typename login }`;

const STEPS = `__typename
          ... on ReadyForReviewEvent { createdAt }
          ... on ConvertToDraftEvent { createdAt }
          ... on ReviewRequestedEvent { createdAt actor { __typename login } ${REVIEWER} }
          ... on ReviewRequestRemovedEvent { createdAt actor { __typename login } ${REVIEWER} }`;

const STEP_TYPES =
  '[REVIEW_REQUESTED_EVENT, REVIEW_REQUEST_REMOVED_EVENT, READY_FOR_REVIEW_EVENT, CONVERT_TO_DRAFT_EVENT]';

const ASSIGNMENT = `__typename
          ... on AssignedEvent { actor { login } assignee { ${ASSIGNEE} } }
          ... on UnassignedEvent { assignee { ${ASSIGNEE} } }`;

const REVIEW = 'author { __typename login } state submittedAt';
const COMMIT = 'message committedDate authoredDate author { user { login } }';
const COMMENT = 'author { __typename login } createdAt body';

const ANSWERS = `__typename
          ... on PullRequestReview { ${REVIEW} }
          ... on PullRequestCommit { commit { ${COMMIT} } }`;

const LISTS = `files(first: 100) { totalCount nodes { path additions deletions } }
        labels(first: 50) { nodes { name } }
        reviews(first: 50) { totalCount nodes { ${REVIEW} } }
        timelineItems(last: 50, itemTypes: ${STEP_TYPES}) { nodes { ${STEPS} } pageInfo { hasPreviousPage } }`;

/** A page of open pull requests with their requests, reviews, comments, files and authors: 5 points for 20. */
export const OPEN_REVIEWS = `query OpenReviews($owner: String!, $repo: String!, $first: Int!, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    pullRequests(first: $first, after: $after, states: [OPEN], orderBy: { field: CREATED_AT, direction: ASC }) {
      nodes {
        ${WORDS} mergeable reviewDecision
        ${LISTS}
        reviewRequests(first: 50) { totalCount nodes { ${REVIEWER} } }
        assignments: timelineItems(last: 30, itemTypes: [ASSIGNED_EVENT, UNASSIGNED_EVENT]) { nodes { ${ASSIGNMENT} } }
        statusCheckRollup { state }
        commits(last: 20) { totalCount nodes { commit { ${COMMIT} authors(first: 5) { nodes { user { login } } } } } }
        comments(last: 20) { nodes { ${COMMENT} } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

/** A page of pull requests that have ended, last changed first: 3 points for 50. */
export const PAST_REVIEWS = `query PastReviews($owner: String!, $repo: String!, $first: Int!, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    pullRequests(first: $first, after: $after, states: [MERGED, CLOSED], orderBy: { field: UPDATED_AT, direction: DESC }) {
      nodes {
        ${WORDS}
        ${LISTS}
        commits(last: 5) { nodes { commit { ${COMMIT} } } }
        comments(last: 5) { nodes { ${COMMENT} } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

/** Who can be assigned, and whether they say that they are busy: 1 point for 100. */
export const REVIEW_PEOPLE = `query ReviewPeople($owner: String!, $repo: String!, $after: String, $rolesAfter: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    assignableUsers(first: 100, after: $after) {
      nodes { login status { indicatesLimitedAvailability } }
      pageInfo { hasNextPage endCursor }
    }
    collaborators(first: 100, after: $rolesAfter) {
      edges { permission node { login } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

/** What the one who asks may do here: 1 point. */
export const REVIEW_VIEWER = `query ReviewViewer($owner: String!, $repo: String!) {
  rateLimit { cost }
  viewer { login }
  repository(owner: $owner, name: $repo) { viewerPermission defaultBranchRef { name } }
}`;

/** Teams of an organization, and whether they have access to a repository of that name: 1 point for 50. */
export const REVIEW_TEAMS = `query ReviewTeams($owner: String!, $repo: String!, $after: String) {
  rateLimit { cost }
  repositoryOwner(login: $owner) {
    __typename
    ... on Organization {
      viewerIsAMember
      teams(first: 50, after: $after) {
        nodes {
          combinedSlug
          members(first: 100) { totalCount nodes { login } }
          repositories(first: 20, query: $repo) { totalCount nodes { nameWithOwner } }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;

/** Where GitHub looks for CODEOWNERS, first match wins: https://docs.github.com/articles/about-code-owners */
export const CODEOWNERS_PATHS = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'] as const;

/** The CODEOWNERS of several branches, each place of branch `n` as `b<n>_<place>` by the variable of that name: 1 point. */
export function codeownersQuery(branches: number): string {
  const names = Array.from({ length: branches }, (_, n) =>
    CODEOWNERS_PATHS.map((_path, place) => `b${n}_${place}`),
  ).flat();
  return `query Codeowners($owner: String!, $repo: String!, ${names.map((name) => `$${name}: String!`).join(', ')}) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    ${names.map((name) => `${name}: object(expression: $${name}) { __typename ... on Blob { text byteSize isTruncated } }`).join('\n    ')}
  }
}`;
}

/** What waits for several people in other repositories, each `p<n>` by the search `$p<n>`: 6 points for 10. */
export function elsewhereQuery(people: number): string {
  const names = Array.from({ length: people }, (_, n) => `p${n}`);
  const fields = `nodes { __typename
      ... on PullRequest {
        ${WORDS} mergeable reviewDecision
        repository { name owner { login } }
        timelineItems(last: 20, itemTypes: ${STEP_TYPES}) { nodes { ${STEPS} } }
        answers: timelineItems(last: 50, itemTypes: [PULL_REQUEST_REVIEW, PULL_REQUEST_COMMIT]) { nodes { ${ANSWERS} } }
        statusCheckRollup { state }
      } } pageInfo { hasNextPage endCursor }`;
  return `query ReviewsElsewhere(${names.map((name) => `$${name}: String!`).join(', ')}) {
  rateLimit { cost }
  ${names.map((name) => `${name}: search(type: ISSUE, query: $${name}, first: 30) { ${fields} }`).join('\n  ')}
}`;
}
