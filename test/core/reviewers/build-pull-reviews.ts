import { DEFAULT_CONFIG } from '../../../src/core/config.ts';
import { known } from '../../../src/core/reading.ts';
import type { PullReviews } from '../../../src/core/reviewers/pull-reviews.ts';
import type { ReviewModelOptions } from '../../../src/core/reviewers/review-base.ts';
import type { ReviewSnapshot } from '../../../src/core/reviewers/review-snapshot.ts';

export const REPOSITORY = { owner: 'octo', repo: 'harbor' };
export const NOW = '2026-03-18T14:00:00Z';

/** An open pull request of kim, ready, asked of nobody. */
export function pull(number: number, more: Partial<PullReviews> = {}): PullReviews {
  return {
    ref: { ...REPOSITORY, number },
    title: `Change ${number}`,
    url: `https://github.example/octo/harbor/pull/${number}`,
    body: '',
    state: 'open',
    isDraft: false,
    author: 'kim',
    isBot: false,
    base: 'main',
    labels: [],
    openedAt: '2026-03-18T10:00:00Z',
    endedAt: null,
    changedLines: 60,
    files: [{ path: 'src/tides/table.ts', changedLines: 60 }],
    asked: [],
    reviews: [],
    assigned: [],
    comments: [],
    steps: [],
    commits: [],
    standing: { checks: 'success', mergeable: 'mergeable', decision: null },
    ...more,
  };
}

/** One that was merged after a review. */
export const merged = (number: number, reviewer: string, more: Partial<PullReviews> = {}): PullReviews =>
  pull(number, {
    state: 'merged',
    openedAt: '2026-03-10T10:00:00Z',
    endedAt: '2026-03-11T12:00:00Z',
    reviews: [{ login: reviewer, isBot: false, at: '2026-03-11T10:00:00Z', state: 'approved' }],
    standing: null,
    ...more,
  });

/** One of kim's, where nothing else is said. */
export const commit = (more: Partial<PullReviews['commits'][number]> = {}) => ({
  message: 'Work',
  author: 'kim',
  authoredAt: '2026-03-18T10:00:00Z',
  committedAt: more.authoredAt ?? '2026-03-18T10:00:00Z',
  authors: ['kim'],
  ...more,
});

export const asked = (login: string, at: string, actor = 'kim') =>
  ({ kind: 'asked', at, actor, isByBot: isBot(actor), reviewer: login }) as const;
export const removed = (login: string, at: string, actor = 'kim') =>
  ({ kind: 'removed', at, actor, isByBot: isBot(actor), reviewer: login }) as const;

/** GraphQL shows the App without `[bot]`. */
const isBot = (actor: string): boolean => actor === 'parasol';

/** `octo/harbor` with kim, ravi, noor and lena, no teams and no CODEOWNERS. */
export function snapshot(more: Partial<ReviewSnapshot> = {}): ReviewSnapshot {
  return {
    repository: REPOSITORY,
    defaultBranch: 'main',
    open: [],
    past: [],
    codeowners: known(new Map([['main', null]])),
    people: known(['kim', 'ravi', 'noor', 'lena'].map((login) => ({ login, isBusy: false, canApprove: true }))),
    teams: known([]),
    viewer: { login: 'kim', role: 'write' },
    gaps: [],
    ...more,
  };
}

export const options = (
  config: Partial<ReviewModelOptions['config']> = {},
  more: Partial<ReviewModelOptions> = {},
): ReviewModelOptions => ({
  config: { ...DEFAULT_CONFIG.reviewers, ...config },
  slaSeconds: 2 * 86_400,
  now: NOW,
  ...more,
});
