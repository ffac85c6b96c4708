const PLACE = 'number repository { name owner { login } }';
const LINE = `id title url state body viewerDidAuthor ${PLACE}`;
const BELOW = `subIssuesSummary { total } subIssues(first: 100) { nodes { ${LINE} } }`;

/** `name` is the list's own in the answer: one query asks for several parts of a timeline. */
const events = (
  name: string,
  page: string,
  types: readonly string[],
): string => `${name}: timelineItems(${page}, itemTypes: [${types.join(', ')}]) {
      pageInfo { hasNextPage endCursor }
      nodes { __typename
        ... on ParentIssueAddedEvent { createdAt actor { login } other: parent { ${PLACE} } }
        ... on ParentIssueRemovedEvent { createdAt actor { login } other: parent { ${PLACE} } }
        ... on SubIssueAddedEvent { createdAt actor { login } other: subIssue { ${PLACE} } }
        ... on BlockedByAddedEvent { createdAt actor { login } other: blockingIssue { ${PLACE} } }
        ... on BlockingAddedEvent { createdAt actor { login } other: blockedIssue { ${PLACE} } }
      }
    }`;

const ADDED = events('parentEvents', 'last: 5', ['PARENT_ISSUE_ADDED_EVENT']);
const FAR = `parent { ${LINE} ${ADDED} `;

/** A task, eight levels above it, and what is around it; the two nearest ancestors with their children: 1 point. */
export const LINEAGE = `query Lineage($owner: String!, $repo: String!, $number: Int!) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    issue(number: $number) {
      ${LINE} createdAt
      ${BELOW}
      blockedBy(first: 100) { nodes { ${LINE} } }
      blocking(first: 100) { nodes { ${LINE} } }
      issueDependenciesSummary { totalBlockedBy totalBlocking }
      ${events('parentEvents', 'first: 100', ['PARENT_ISSUE_ADDED_EVENT', 'PARENT_ISSUE_REMOVED_EVENT'])}
      ${events('linkEvents', 'last: 100', ['SUB_ISSUE_ADDED_EVENT'])}
      ${events('blockerEvents', 'last: 100', ['BLOCKED_BY_ADDED_EVENT'])}
      ${events('blockedEvents', 'last: 100', ['BLOCKING_ADDED_EVENT'])}
      parent { ${LINE} ${ADDED} ${BELOW}
        parent { ${LINE} ${ADDED} ${BELOW}
          ${FAR.repeat(6)} ${'}'.repeat(6)}
        }
      }
    }
  }
}`;

/** What stands below batches and who put it there, by node id: 1 point. */
export const LINES_BELOW = `query LinesBelow($ids: [ID!]!) {
  rateLimit { cost }
  nodes(ids: $ids) { __typename ... on Issue { id ${BELOW}
    ${events('linkEvents', 'last: 100', ['SUB_ISSUE_ADDED_EVENT'])} } }
}`;
