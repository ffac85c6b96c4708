import { expect, it } from 'vitest';
import { gateBacklog } from '../../../../src/core/readiness/criteria/gate-backlog.ts';
import { known, unknown } from '../../../../src/core/reading.ts';
import type { ReviewFacts } from '../../../../src/core/task/facts.ts';
import { pullRequestFacts, shaOf } from '../../build-facts.ts';
import { viewOf, world } from '../build-world.ts';

const judge = (input: Parameters<typeof world>[0]) => gateBacklog.judge(viewOf(world(input)));
const review = (input: Partial<ReviewFacts>): ReviewFacts => ({
  author: 'lena',
  state: 'approved',
  submittedAt: '2026-05-05T09:00:00Z',
  commitSha: shaOf(1041),
  url: 'https://github.com/octo/harbor/pull/41#pullrequestreview-1',
  ...input,
});

it('tells whose review is over its time, and whose is only waited for', () => {
  const { findings, measured, threshold } = judge({
    pullRequests: [pullRequestFacts({ reviewRequests: known(['noor', 'octo/dock', 'kim']) })],
    reviewRequests: new Map([
      [
        'octo/harbor#41',
        [
          { reviewer: 'noor', requestedAt: '2026-05-03T09:00:00Z' },
          { reviewer: 'octo/dock', requestedAt: '2026-05-10T09:00:00Z' },
          { reviewer: 'kim', requestedAt: null },
        ],
      ],
    ]),
  });
  expect({ measured, threshold }).toEqual({
    measured: { text: '3 waited for, 1 over 2d', count: 3 },
    threshold: 'every review within 2d, of the present head',
  });
  expect(findings.map(({ kind, effect, actor, why }) => [kind, effect, actor, why])).toEqual([
    ['review_over_time', 'fails', { name: 'noor', kind: 'person' }, 'it waits for the review of noor, longer than 2d'],
    ['review_requested', 'informs', { name: 'octo/dock', kind: 'team' }, 'it waits for the review of octo/dock'],
    ['review_requested', 'informs', { name: 'kim', kind: 'person' }, 'it waits for the review of kim'],
  ]);
});

it('tells an approval of an older head, unless another is for the present one', () => {
  const old = review({ commitSha: shaOf(7) });
  const { findings } = judge({
    pullRequests: [
      pullRequestFacts({ reviews: known([old]) }),
      pullRequestFacts({ number: 42, reviews: known([old, review({ commitSha: shaOf(1042) })]) }),
      pullRequestFacts({ number: 43, reviews: known([review({ commitSha: null })]) }),
    ],
  });
  expect(findings).toEqual([
    expect.objectContaining({
      kind: 'stale_approval',
      effect: 'fails',
      item: expect.objectContaining({ ref: 'octo/harbor#41' }),
      why: `it was approved at ${shaOf(7).slice(0, 7)}, and its head is ${shaOf(1041).slice(0, 7)} now`,
      actor: { name: 'lena', kind: 'person' },
      action: {
        text: 'look at octo/harbor#41 again, and approve its present head',
        command: 'gh pr diff 41 --repo=octo/harbor',
        url: 'https://github.com/octo/harbor/pull/41',
      },
    }),
  ]);
});

it('asks the author where changes were asked for, and says what it may not read', () => {
  const gap = { cause: 'forbidden', what: 'reviews of octo/harbor#42', permission: 'pull_requests: read' } as const;
  const { findings } = judge({
    pullRequests: [
      pullRequestFacts({ reviews: known([review({ state: 'changes_requested' })]) }),
      pullRequestFacts({ number: 42, reviews: unknown(gap) }),
    ],
  });
  expect(findings.map(({ kind, effect, actor }) => [kind, effect, actor.name])).toEqual([
    ['unanswered_review', 'informs', 'ravi'],
    ['unread_reviews', 'unknown', 'an administrator of octo/harbor'],
  ]);
});

it('does not apply where nothing is open, and leaves drafts aside', () => {
  const pullRequests = [pullRequestFacts({ isDraft: true, reviewRequests: known(['noor']) })];
  expect(judge({ pullRequests })).toMatchObject({ applies: false, findings: [] });
});
