const PLACE = 'number repository { name owner { login } }';

/** What stands above an issue: eight levels are all that GitHub nests. */
export const ABOVE = Array.from({ length: 8 }).reduce<string>((inner) => `parent { ${PLACE} ${inner} }`, '');

const END = `__typename
      ... on PullRequest { title url ${PLACE} }
      ... on Issue { id title url ${PLACE} subIssuesSummary { total } ${ABOVE} }`;

/** Issues or pull requests by number, with all that stands above them: item `n` is `item<n>`. 1 point. */
export function linkEndsQuery(count: number): string {
  const numbers = Array.from({ length: count }, (_, n) => n);
  const variables = numbers.map((n) => `$owner${n}: String!, $repo${n}: String!, $number${n}: Int!`).join(', ');
  const items = numbers.map(
    (n) => `item${n}: repository(owner: $owner${n}, name: $repo${n}) {
    item: issueOrPullRequest(number: $number${n}) { ${END} }
  }`,
  );
  return `query LinkEnds(${variables}) {
  rateLimit { cost }
  ${items.join('\n  ')}
}`;
}

/** What stands directly below issues, by node id, and whether something stands below that: 1 point per 100 issues. */
export const SUB_ISSUES_OF = `query SubIssuesOf($ids: [ID!]!) {
  rateLimit { cost }
  nodes(ids: $ids) {
    __typename
    ... on Issue { id subIssues(first: 100) { nodes { id body ${PLACE} subIssuesSummary { total } } } }
  }
}`;
