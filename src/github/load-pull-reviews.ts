import type { PullReviews } from '../core/reviewers/pull-reviews.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import { askSmaller } from './ask-smaller.ts';
import type { GraphqlProblem, GraphqlReply } from './client.ts';
import { demandPart } from './demand-answer.ts';
import type { Gathering } from './gathering.ts';
import { mapPullReviews, type PullReviewsNode } from './map-pull-reviews.ts';
import { PULL_REQUESTS, whyEmpty } from './no-such-repository.ts';
import type { Connection, Maybe } from './nodes.ts';
import { noteCutLists } from './note-cut-lists.ts';
import { OPEN_REVIEWS, PAST_REVIEWS } from './queries/review-queries.ts';
import { gapOf, truncated } from './unread.ts';

interface Answer {
  readonly repository: Maybe<{ readonly pullRequests: Maybe<Connection<PullReviewsNode>> }>;
}

interface Wanted {
  readonly which: 'open' | 'past';
  /** At most so many; where there are more, that is a gap of the open ones. */
  readonly limit: number;
  readonly onPage: (read: number) => void;
}

const QUERIES = {
  open: { query: OPEN_REVIEWS, size: 20, words: 'open pull requests' },
  past: { query: PAST_REVIEWS, size: 50, words: 'past pull requests' },
} as const;

/**
 * Pull requests with their requests, reviews, files and who wrote them: the open ones, oldest first, or those that have ended,
 * the last changed first. Throws where there is no such repository or GitHub does not answer; parts that it refuses are gaps.
 */
export async function loadPullReviews(
  gathering: Gathering,
  { owner, repo }: RepositoryRef,
  { which, limit, onPage }: Wanted,
): Promise<readonly PullReviews[]> {
  const { query, words, ...first } = QUERIES[which];
  const what = `${words} of ${owner}/${repo}`;
  const found: PullReviews[] = [];
  const nodes: PullReviewsNode[] = [];
  let size: number = Math.min(first.size, limit);
  for (let after: string | null = null; ; ) {
    const variables = { owner, repo, after };
    const page: { readonly answer: GraphqlReply<Answer>; readonly size: number } = await askSmaller(
      size,
      (count, patience) =>
        gathering.client.graphql<Answer>(
          query,
          { ...variables, first: count },
          { tried: `read the ${what}`, ...patience },
        ),
    );
    const { data, problems } = page.answer;
    if (data.repository === null) throw whyEmpty({ owner, repo }, problems, PULL_REQUESTS);
    const list = demandPart(data.repository?.pullRequests, `read the ${what}`);
    found.push(...mapPage({ owner, repo }, list, problems));
    nodes.push(...(list.nodes ?? []).filter((node) => node !== null));
    noteProblems(gathering, what, problems);
    onPage(Math.min(found.length, limit));
    const hasMore = list.pageInfo?.hasNextPage === true;
    if (found.length >= limit && (hasMore || found.length > limit) && which === 'open')
      gathering.gaps.push(truncated(what));
    if (!hasMore || found.length >= limit) break;
    ({ size } = page);
    after = list.pageInfo?.endCursor ?? null;
  }
  if (which === 'open') noteCutLists(gathering, { owner, repo }, nodes.slice(0, limit));
  return found.slice(0, limit);
}

function mapPage(
  repository: RepositoryRef,
  { nodes }: Connection<PullReviewsNode>,
  problems: readonly GraphqlProblem[],
): readonly PullReviews[] {
  const isRefused = (place: number): boolean =>
    problems.some(({ path }) => path.includes('statusCheckRollup') && path.includes(place));
  return (nodes ?? []).flatMap((node, place) =>
    node === null ? [] : [mapPullReviews(repository, node, !isRefused(place))],
  );
}

/** A field that is refused is refused for all: once per field is enough. */
function noteProblems(gathering: Gathering, what: string, problems: readonly GraphqlProblem[]): void {
  for (const problem of problems) {
    const field = problem.path.findLast((part) => typeof part === 'string' && part in PERMISSIONS);
    const [part, permission] = PERMISSIONS[String(field ?? '')] ?? ['parts', 'pull_requests: read'];
    const gap = gapOf(problem, `${part} of the ${what}`, permission);
    if (!gathering.gaps.some((one) => one.what === gap.what)) gathering.gaps.push(gap);
  }
}

const PERMISSIONS: Readonly<Record<string, readonly [part: string, permission: string]>> = {
  statusCheckRollup: ['checks', 'checks: read, statuses: read'],
  comments: ['comments', 'pull_requests: read'],
  commits: ['commits', 'contents: read'],
  requestedReviewer: ['teams asked for review', 'members: read'],
  reviews: ['reviews', 'pull_requests: read'],
  files: ['files', 'pull_requests: read'],
};
