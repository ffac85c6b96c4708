import type { PullReviews } from '../core/reviewers/pull-reviews.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import type { GraphqlProblem } from './client.ts';
import type { Gathering } from './gathering.ts';
import { mapPullReviews, type PullReviewsNode } from './map-pull-reviews.ts';
import type { Connection, PlaceNode } from './nodes.ts';
import { noteGap } from './note-gap.ts';
import { elsewhereQuery } from './queries/review-queries.ts';
import { truncated } from './unread.ts';

const PEOPLE_PER_CALL = 10;
/** Four calls. GitHub's search is slow, and nobody waits for it longer. */
const MOST_PEOPLE = 40;

interface Found extends PullReviewsNode {
  readonly __typename: string;
  readonly repository: PlaceNode;
}

/**
 * What waits for people in the other repositories of the same owner, as far as the token sees it: by login, at most 30 pull
 * requests for each of 40 people, the first ones given, drafts left out. What was not looked for is a gap that says of whom.
 */
export async function loadReviewsElsewhere(
  gathering: Gathering,
  { owner, repo }: RepositoryRef,
  logins: readonly string[],
): Promise<ReadonlyMap<string, readonly PullReviews[]>> {
  const waiting = new Map<string, readonly PullReviews[]>();
  const wordsFor = (of: string): string => `review requests${of} in other repositories of ${owner}`;
  const what = wordsFor('');
  const asked = logins.slice(0, MOST_PEOPLE);
  const cut: string[] = [];
  await noteGap(gathering, { what, permission: 'pull_requests: read' }, async () => {
    // One of the pull requests that were found: the others are still told.
    let hidden: GraphqlProblem | null = null;
    for (let from = 0; from < asked.length; from += PEOPLE_PER_CALL) {
      const people = asked.slice(from, from + PEOPLE_PER_CALL);
      const searches = people.map((login, n) => [`p${n}`, searchFor({ owner, repo }, login)]);
      const reply = await gathering.client.graphql<Readonly<Record<string, Connection<Found> | null>>>(
        elsewhereQuery(people.length),
        Object.fromEntries(searches),
        { tried: `look for ${what}` },
      );
      for (const [n, login] of people.entries()) {
        const list = reply.data[`p${n}`];
        if (list != null) waiting.set(login, pullsOf(list));
        if (list?.pageInfo?.hasNextPage === true) cut.push(login);
      }
      const refused = reply.problems.find(({ path }) => path.length === 1);
      if (refused !== undefined) return refused;
      hidden ??= reply.problems.find(({ path }) => path.length === 3 && path[1] === 'nodes') ?? null;
    }
    return hidden;
  });
  const left = logins.length - asked.length;
  if (left > 0) gathering.gaps.push(truncated(wordsFor(` of ${left} of ${logins.length} people`)));
  if (cut.length > 0) gathering.gaps.push(truncated(wordsFor(` beyond the first 30 of ${cut.join(', ')}`)));
  return waiting;
}

const searchFor = ({ owner, repo }: RepositoryRef, login: string): string =>
  `is:pr is:open draft:false archived:false user:${owner} -repo:${owner}/${repo} review-requested:${login}`;

const pullsOf = ({ nodes }: Connection<Found>): readonly PullReviews[] =>
  (nodes ?? []).flatMap((node) => (node === null ? [] : toPull(node)));

function toPull(node: Found): readonly PullReviews[] {
  if (node.__typename !== 'PullRequest') return [];
  const { name, owner } = node.repository;
  return [mapPullReviews({ owner: owner.login, repo: name }, node, false)];
}
