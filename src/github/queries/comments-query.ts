import { selectList } from './connections.ts';

const PAGE = selectList('comments', 'first: 100, after: $after');

/** A page of the comments under an issue or a pull request, oldest first: 1 point. */
export const COMMENTS_QUERY = `query Comments($owner: String!, $repo: String!, $number: Int!, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    issueOrPullRequest(number: $number) { __typename ... on Issue { ${PAGE} } ... on PullRequest { ${PAGE} } }
  }
}`;

/** The first comments under these pull requests, each as `p<number>`: 1 point for 20. */
export function commentsOfMany(numbers: readonly number[]): string {
  const list = selectList('comments', 'first: 30');
  return `query CommentsOfMany($owner: String!, $repo: String!) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    ${numbers.map((number) => `p${number}: pullRequest(number: ${number}) { ${list} }`).join('\n    ')}
  }
}`;
}

/** The last 100 comments of at most 100 issues and pull requests, with who wrote them: 1 point. */
export const LAST_COMMENTS = `query LastComments($ids: [ID!]!) {
  rateLimit { cost }
  nodes(ids: $ids) { __typename ... on Issue { id ...Last } ... on PullRequest { id ...LastOfPull } }
}
fragment Last on Issue { comments(last: 100) { nodes { ...Words } pageInfo { hasPreviousPage } } }
fragment LastOfPull on PullRequest { comments(last: 100) { nodes { ...Words } pageInfo { hasPreviousPage } } }
fragment Words on IssueComment { url body createdAt author { __typename login } }`;
