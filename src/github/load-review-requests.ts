import type { ReviewRequestFacts } from '../core/readiness/readiness-facts.ts';
import type { PullRequestFacts } from '../core/task/facts.ts';
import { refKey } from '../core/task/identity.ts';
import { askInBatches } from './ask-smaller.ts';
import type { Gathering } from './gathering.ts';
import type { Connection, Maybe, ReviewRequestNode } from './nodes.ts';
import { noteGap } from './note-gap.ts';
import { REVIEW_REQUESTS } from './queries/readiness-queries.ts';

interface RequestsNode {
  readonly id?: string;
  readonly timelineItems?: Maybe<Connection<RequestedEvent>>;
}

interface RequestedEvent extends ReviewRequestNode {
  readonly createdAt?: string;
}

/** When the reviewers of open requests were asked last, by pull request; null where its timeline does not say. */
export async function loadReviewRequests(
  gathering: Gathering,
  pullRequests: readonly PullRequestFacts[],
): Promise<ReadonlyMap<string, readonly ReviewRequestFacts[]>> {
  const asked = pullRequests.filter(
    ({ state, reviewRequests }) => state === 'open' && reviewRequests.known && reviewRequests.value.length > 0,
  );
  const times = new Map<string, ReadonlyMap<string, string>>();
  const what = `times of the review requests of ${asked.length} pull requests`;
  await noteGap(gathering, { what, permission: 'pull_requests: read' }, async () => {
    const ids = asked.map(({ nodeId }) => nodeId);
    await askInBatches(ids, 100, async (batch, patience) => {
      const reply = await gathering.client.graphql<{ nodes: (RequestsNode | null)[] }>(
        REVIEW_REQUESTS,
        { ids: batch },
        { tried: `read the ${what}`, ...patience },
      );
      for (const node of reply.data.nodes) {
        if (node?.id !== undefined) times.set(node.id, timesOf(node.timelineItems?.nodes ?? []));
      }
    });
    return null;
  });
  return new Map(
    asked.map(({ ref, nodeId, reviewRequests }) => {
      const reviewers = reviewRequests.known ? reviewRequests.value : [];
      const found = times.get(nodeId);
      return [
        refKey(ref),
        reviewers.map((reviewer) => ({ reviewer, requestedAt: found?.get(reviewer.toLowerCase()) ?? null })),
      ];
    }),
  );
}

/** Events come oldest first: the last one stays. */
function timesOf(events: readonly (RequestedEvent | null)[]): ReadonlyMap<string, string> {
  return new Map(
    events.flatMap((event) => {
      const name = event?.requestedReviewer?.login ?? event?.requestedReviewer?.combinedSlug;
      return name === undefined || event?.createdAt === undefined ? [] : [[name.toLowerCase(), event.createdAt]];
    }),
  );
}
