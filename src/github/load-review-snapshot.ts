import type { ReviewSnapshot } from '../core/reviewers/review-snapshot.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import type { Gathering } from './gathering.ts';
import { loadCodeowners } from './load-codeowners.ts';
import { loadPullReviews } from './load-pull-reviews.ts';
import { loadReviewPeople, loadReviewTeams, loadReviewViewer } from './load-review-people.ts';

/** More open pull requests than anybody asks people to review. */
const MOST_OPEN = 1000;

interface Wanted {
  /** How many pull requests that have ended. */
  readonly last: number;
  readonly onProgress?: (label: string, done: number, total: number | null) => void;
}

/**
 * What the choice of reviewers of a repository goes by: a call for 20 open pull requests, one for 50 that have ended, and four
 * more for people, teams, CODEOWNERS and who asks. What may not be read is a gap; throws where there is no such repository.
 */
export async function loadReviewSnapshot(
  gathering: Gathering,
  repository: RepositoryRef,
  { last, onProgress = () => {} }: Wanted,
): Promise<ReviewSnapshot> {
  const onPage = (label: string, total: number | null) => (read: number) => onProgress(label, read, total);
  const open = await loadPullReviews(gathering, repository, {
    which: 'open',
    limit: MOST_OPEN,
    onPage: onPage('reading open pull requests', null),
  });
  const past = await loadPullReviews(gathering, repository, {
    which: 'past',
    limit: last,
    onPage: onPage('reading past pull requests', last),
  });
  const { viewer, defaultBranch } = await loadReviewViewer(gathering, repository);
  const bases = [...new Set([defaultBranch, ...open.map(({ base }) => base)])];
  return {
    ...{ repository, defaultBranch, open, past, viewer },
    codeowners: await loadCodeowners(gathering, repository, bases),
    people: await loadReviewPeople(gathering, repository),
    teams: await loadReviewTeams(gathering, repository),
    gaps: gathering.gaps,
  };
}
