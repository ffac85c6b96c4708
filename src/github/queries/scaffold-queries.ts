import { CONFIG_FILE } from './config-queries.ts';
import { ABOVE } from './link-queries.ts';

const PLACE = 'repository { name owner { login } }';

const CHILD = `fragment ScaffoldChild on Issue {
  number title body state viewerDidAuthor ${PLACE}
  labels(first: 50) { nodes { name } }
  blockedBy(first: 50) { nodes { number ${PLACE} } }
  dropped: timelineItems(last: 50, itemTypes: [BLOCKED_BY_REMOVED_EVENT]) {
    nodes { __typename ... on BlockedByRemovedEvent { blockingIssue { number ${PLACE} } } }
  }
}`;

/** Who made, closed and took it out: `plan undo` leaves all three in one name. */
const FORMER = `fragment FormerChild on Issue {
  author { login } stateReason
  closings: timelineItems(last: 1, itemTypes: [CLOSED_EVENT]) { nodes { __typename ... on ClosedEvent { actor { login } } } }
}`;

const BLOB = '... on Blob { text byteSize isBinary isTruncated }';

/**
 * An umbrella with all that may stand for a task of a template, the configuration, and the files of `.github/lanes`:
 * 3 lists of 100 children and of the last 100 that were taken out, so 7 points.
 */
export const SCAFFOLD_QUERY = `query Scaffold($owner: String!, $repo: String!, $number: Int!, $first: Int!, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    ${CONFIG_FILE}
    lanes: object(expression: "HEAD:.github/lanes") {
      __typename
      ... on Tree { entries { path object { __typename ${BLOB} } } }
    }
    issue(number: $number) {
      number title body state url ${PLACE}
      milestone { title }
      subIssuesSummary { total }
      ${ABOVE}
      subIssues(first: $first, after: $after) { nodes { ...ScaffoldChild } pageInfo { hasNextPage endCursor } }
      taken: timelineItems(last: 100, itemTypes: [SUB_ISSUE_REMOVED_EVENT]) {
        nodes { __typename ... on SubIssueRemovedEvent { actor { login } subIssue { ...ScaffoldChild ...FormerChild } } }
      }
    }
  }
  ownerDefaults: repository(owner: $owner, name: ".github") { ${CONFIG_FILE} }
}
${CHILD}
${FORMER}`;

/** Files of the default branch; the one at variable `path<n>` is `file<n>`. */
export function filesQuery(count: number): string {
  const indices = Array.from({ length: count }, (_, n) => n);
  const variables = indices.map((n) => `$path${n}: String!`).join(', ');
  const files = indices.map((n) => `file${n}: object(expression: $path${n}) { __typename ${BLOB} }`).join('\n    ');
  return `query Files($owner: String!, $repo: String!, ${variables}) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    ${files}
  }
}`;
}

interface NameCounts {
  readonly labels: number;
  readonly assignees: number;
  readonly milestones: number;
  readonly issueTypes: number;
}

/** Whether a repository has what templates name: label `n` is `label<n>`, and so on. */
export function namesQuery(counts: NameCounts): string {
  const each = (count: number, text: (n: number) => string) => Array.from({ length: count }, (_, n) => text(n));
  const variables = (['label', 'assignee', 'milestone', 'issueType'] as const).flatMap((kind) =>
    each(counts[`${kind}s`], (n) => `, $${kind}${n}: String!`),
  );
  const fields = [
    ...each(counts.labels, (n) => `label${n}: label(name: $label${n}) { name }`),
    ...each(
      counts.assignees,
      (n) => `assignee${n}: assignableUsers(first: 20, query: $assignee${n}) { nodes { login } }`,
    ),
    ...each(
      counts.milestones,
      (n) => `milestone${n}: milestones(first: 100, states: OPEN, query: $milestone${n}) { nodes { title } }`,
    ),
    ...each(counts.issueTypes, (n) => `issueType${n}: issueType(name: $issueType${n}) { name }`),
  ];
  return `query Names($owner: String!, $repo: String!${variables.join('')}) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    viewerPermission
    labels(first: 100) { nodes { name } }
    ${fields.join('\n    ')}
  }
}`;
}

/** Issues and pull requests by number, with the parent of each: item `n` has the variables `owner<n>`, `repo<n>`, `number<n>`. */
export function namedIssuesQuery(count: number): string {
  const indices = Array.from({ length: count }, (_, n) => n);
  const variables = indices.map((n) => `$owner${n}: String!, $repo${n}: String!, $number${n}: Int!`).join(', ');
  const item = `__typename ... on Issue { number ${PLACE} parent { number ${PLACE} } } ... on PullRequest { number ${PLACE} }`;
  const items = indices.map(
    (n) =>
      `item${n}: repository(owner: $owner${n}, name: $repo${n}) { issueOrPullRequest(number: $number${n}) { ${item} } }`,
  );
  return `query NamedIssues(${variables}) {
  rateLimit { cost }
  ${items.join('\n  ')}
}`;
}
