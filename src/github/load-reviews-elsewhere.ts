import type { PullReviews } from '../core/reviewers/pull-reviews.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
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
 * requests for each of 40 people, drafts left out. What was not looked for is a gap.
 */
export async function loadReviewsElsewhere(
  gathering: Gathering,
  { owner, repo }: RepositoryRef,
  logins: readonly string[],
): Promise<ReadonlyMap<string, readonly PullReviews[]>> {
  const waiting = new Map<string, readonly PullReviews[]>();
  const what = `review requests in other repositories of ${owner}`;
  const asked = logins.slice(0, MOST_PEOPLE);
  await noteGap(gathering, { what, permission: 'pull_requests: read' }, async () => {
    let isCut = asked.length < logins.length;
    for (let from = 0; from < asked.length; from += PEOPLE_PER_CALL) {
      const people = asked.slice(from, from + PEOPLE_PER_CALL);
      const searches = people.map((login, n) => [
        `p${n}`,
        `is:pr is:open draft:false archived:false user:${owner} -repo:${owner}/${repo} review-requested:${login}`,
      ]);
      const reply = await gathering.client.graphql<Readonly<Record<string, Connection<Found> | null>>>(
        elsewhereQuery(people.length),
        Object.fromEntries(searches),
        { tried: `look for ${what}` },
      );
      const refused = reply.problems.find(({ path }) => path.length === 1);
      if (refused !== undefined) return refused;
      for (const [n, login] of people.entries()) {
        const list = reply.data[`p${n}`];
        waiting.set(
          login,
          (list?.nodes ?? []).flatMap((node) => (node === null ? [] : toPull(node))),
        );
        isCut ||= list?.pageInfo?.hasNextPage === true;
      }
    }
    if (isCut) gathering.gaps.push(truncated(what));
    return null;
  });
  return waiting;
}

function toPull(node: Found): readonly PullReviews[] {
  if (node.__typename !== 'PullRequest') return [];
  const { name, owner } = node.repository;
  return [mapPullReviews({ owner: owner.login, repo: name }, node, false)];
}
