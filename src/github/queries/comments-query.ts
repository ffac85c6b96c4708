import { selectList } from './connections.ts';

const PAGE = selectList('comments', 'first: 100, after: $after');

/** A page of the comments under an issue or a pull request, oldest first: 1 point. */
export const COMMENTS_QUERY = `query Comments($owner: String!, $repo: String!, $number: Int!, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    issueOrPullRequest(number: $number) { __typename ... on Issue { ${PAGE} } ... on PullRequest { ${PAGE} } }
  }
}`;
