import { LISTS, type ListName, selectList } from './connections.ts';
import { withFragments } from './fragments.ts';

/**
 * Further pages of several lists in one call: parent `n` is asked as `page<n>` with the variables `id<n>` and
 * `after<n>`; `$first` is common to all.
 */
export function followUpQuery(lists: readonly ListName[]): string {
  const variables = lists.map((_, n) => `$id${n}: ID!, $after${n}: String`).join(', ');
  const pages = lists.map((name, n) => {
    const { on, within } = LISTS[name];
    const selection = selectList(name, `first: $first, after: $after${n}`);
    return `page${n}: node(id: $id${n}) { __typename ... on ${on} { ${within === null ? selection : `${within} { ${selection} }`} } }`;
  });
  return withFragments(`query FurtherPages($first: Int!, ${variables}) {
  rateLimit { cost }
  ${pages.join('\n  ')}
}`);
}
