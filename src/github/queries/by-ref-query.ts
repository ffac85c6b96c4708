import { withFragments } from './fragments.ts';

const PLACE = 'id number repository { name owner { login } }';

const SELECTIONS = {
  issue: `issueOrPullRequest(number: $number) { __typename ... on Issue { ${PLACE} } }`,
  thing: `issueOrPullRequest(number: $number) {
      __typename ... on Issue { ${PLACE} state parent { ${PLACE} } } ... on PullRequest { ${PLACE} }
    }`,
  pullRequest: `pullRequest(number: $number) {
      ...PullRequestScalars ...PullRequestHistory
      closingIssuesReferences(first: 50) {
        nodes { ${PLACE} }
        pageInfo { hasNextPage endCursor }
      }
    }`,
} as const;

/**
 * Issues, things that may be either, or pull requests with the issues that GitHub says they close, by number and in any repository: item `n` is
 * `item<n>` with the variables `owner<n>`, `repo<n>` and `number<n>`.
 */
export function byRefQuery(kind: keyof typeof SELECTIONS, count: number): string {
  const numbers = Array.from({ length: count }, (_, n) => n);
  const variables = numbers.map((n) => `$owner${n}: String!, $repo${n}: String!, $number${n}: Int!`).join(', ');
  const items = numbers.map(
    (n) =>
      `item${n}: repository(owner: $owner${n}, name: $repo${n}) { ${SELECTIONS[kind].replace('$number', `$number${n}`)} }`,
  );
  return withFragments(`query ByRef(${variables}) {
  rateLimit { cost }
  ${items.join('\n  ')}
}`);
}
