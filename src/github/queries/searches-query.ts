/** As many as issues in a call by number. */
export const SEARCHES_PER_CALL = 20;

/** Several searches for issues in one call: search `n` is `found<n>` with the variable `text<n>`; 1 point. */
export function searchesQuery(count: number): string {
  const numbers = Array.from({ length: count }, (_, n) => n);
  const variables = numbers.map((n) => `$text${n}: String!`).join(', ');
  const searches = numbers.map(
    (n) =>
      `found${n}: search(query: $text${n}, type: ISSUE, first: 10) { nodes { __typename ... on Issue { id title } } }`,
  );
  return `query Searches(${variables}) {
  rateLimit { cost }
  ${searches.join('\n  ')}
}`;
}
