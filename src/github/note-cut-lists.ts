import { formatRef, type RepositoryRef } from '../core/task/identity.ts';
import type { Gathering } from './gathering.ts';
import type { PullReviewsNode } from './map-pull-reviews.ts';
import type { Connection, Maybe } from './nodes.ts';
import { truncated } from './unread.ts';

/**
 * Which lists of open pull requests go on beyond what one call reads: a gap for each kind. Files tell what is asked for, reviews
 * and steps who has reviewed or was taken off, commits who else wrote it; each could be beyond.
 */
export function noteCutLists(gathering: Gathering, repository: RepositoryRef, pulls: readonly PullReviewsNode[]): void {
  for (const [words, isCut] of CUTS) {
    const [first, ...more] = pulls.filter(isCut);
    if (first === undefined) continue;
    const others = more.length === 0 ? '' : ` and ${more.length} more`;
    gathering.gaps.push(truncated(`${words} of ${formatRef({ ...repository, number: first.number })}${others}`));
  }
}

export const isCutList = (list: Maybe<Pick<Connection<unknown>, 'nodes' | 'totalCount'>>): boolean =>
  (list?.totalCount ?? 0) > (list?.nodes?.length ?? 0);

const CUTS: readonly (readonly [words: string, isCut: (pull: PullReviewsNode) => boolean])[] = [
  ['files beyond the first 100', ({ files }) => isCutList(files)],
  ['reviews beyond the first 50', ({ reviews }) => isCutList(reviews)],
  ['review requests beyond the first 50', ({ reviewRequests }) => isCutList(reviewRequests)],
  ['steps before the last 50', ({ timelineItems }) => timelineItems?.pageInfo?.hasPreviousPage === true],
  ['commits before the last 20', ({ commits }) => isCutList(commits)],
];
