import { CONFIG_FILE } from './config-queries.ts';
import { selectList } from './connections.ts';
import { withFragments } from './fragments.ts';

/**
 * One umbrella of up to 100 children in one call.
 *
 * Points by GitHub's formula: every list counts once per parent that it can have, and the sum is divided by 100.
 *
 *     lists of the umbrella: labels, assignedActors, blockedBy, closing, linkedBranches, timeline      6
 *     its subIssues and comments                                                                  2
 *     three lists (review requests, reviews, checks) of its 2 closing pull requests               6
 *     the six lists of each of 100 children                                                     600
 *     the three lists of each of their 2 × 100 closing pull requests                            600
 *                                                                              1,214 / 100 = 12 points
 *
 * A list that does not fit its page is completed afterwards (`complete-lists.ts`).
 * Source: https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
 */
export const UMBRELLA_QUERY =
  withFragments(`query Umbrella($owner: String!, $repo: String!, $number: Int!, $children: Int!) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    ${CONFIG_FILE}
    issue(number: $number) {
      ...TaskFields
      ${selectList('subIssues', 'first: $children')}
      ${selectList('comments')}
    }
  }
  ownerDefaults: repository(owner: $owner, name: ".github") { ${CONFIG_FILE} }
}`);
