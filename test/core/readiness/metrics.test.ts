import { describe, expect, it } from 'vitest';
import { burnUp } from '../../../src/core/readiness/burn-up.ts';
import { longestChain } from '../../../src/core/readiness/longest-chain.ts';
import { metricsOf } from '../../../src/core/readiness/metrics.ts';
import { known } from '../../../src/core/reading.ts';
import { audienceOfRepository } from '../../../src/core/umbrella/audience.ts';
import { blockerFacts, closedBy, NOW, pullRequestFacts, ref, taskFacts } from '../build-facts.ts';
import { viewOf, world } from './build-world.ts';

const AT = '2026-05-04T09:00:00Z';
const blockedBy = (...numbers: readonly number[]) => ({
  blockers: known(numbers.map((number) => blockerFacts(number))),
});

/** In review for so many seconds by now. */
const waiting = (number: number, seconds: number) =>
  pullRequestFacts({ number, readyAt: new Date(Date.parse(NOW) - seconds * 1_000).toISOString() });

function metrics(input: Parameters<typeof world>[0], kind: 'viewer' | 'umbrella_readers' = 'viewer') {
  const facts = world(input);
  const audience = audienceOfRepository(facts.work, facts.scope.repository, kind);
  return metricsOf(viewOf(facts), audience);
}

describe('metricsOf', () => {
  it('counts states and outcomes, dropped tasks aside', () => {
    const found = metrics({
      tasks: [
        taskFacts({ number: 2, closedAt: AT, ...closedBy(41) }),
        taskFacts({ number: 3 }),
        taskFacts({ number: 4, closedAt: AT, stateReason: 'not_planned' }),
      ],
      pullRequests: [pullRequestFacts({ mergedAt: AT }), pullRequestFacts({ number: 42 })],
    });
    expect(found.complete).toEqual({ num: 1, den: 2, value: 0.5 });
    expect(Object.entries(found.states).filter(([, count]) => count > 0)).toEqual([
      ['dropped', 1],
      ['done', 1],
      ['unblocked', 1],
    ]);
    expect(Object.entries(found.outcomes).filter(([, count]) => count > 0)).toEqual([
      ['merged', 1],
      ['open', 1],
    ]);
  });

  it('knows no share of nothing', () => expect(metrics({}).complete).toEqual({ num: 0, den: 0, value: null }));

  it('takes waits by nearest rank, of pull requests before tasks', () => {
    const waits = Array.from({ length: 20 }, (_, i) => waiting(100 + i, 20 - i));
    const ofTask = { tasks: [taskFacts({ number: 2, ...closedBy(41) })], outside: [waiting(41, 5)] };
    const found = metrics({ ...ofTask, pullRequests: [...waits, pullRequestFacts({ number: 42, isDraft: true })] });
    expect(found.review_wait).toEqual({ count: 20, p50_seconds: 10, p95_seconds: 19 });
    expect(found.merge_wait).toEqual({ count: 0, p50_seconds: null, p95_seconds: null });
    expect(metrics(ofTask).review_wait).toEqual({ count: 1, p50_seconds: 5, p95_seconds: 5 });
  });

  it('counts reviews that wait by reviewer, those over their time apart, and names nobody of what is private', () => {
    const secret = pullRequestFacts({
      ref: ref(9, 'octo/vault'),
      visibility: 'private',
      reviewRequests: known(['tomas']),
    });
    const input = {
      pullRequests: [
        pullRequestFacts({ number: 41, reviewRequests: known(['noor', 'octo/db']) }),
        pullRequestFacts({ number: 42, reviewRequests: known(['noor']) }),
        pullRequestFacts({ number: 43, reviewRequests: known(['noor']), isDraft: true }),
        secret,
      ],
      reviewRequests: new Map([['octo/harbor#41', [{ reviewer: 'noor', requestedAt: '2026-05-08T11:59:59Z' }]]]),
    };
    expect(metrics(input).review_backlog).toEqual([
      { reviewer: 'noor', open: 2, over_sla: 1 },
      { reviewer: 'tomas', open: 1, over_sla: 0 },
    ]);
    expect(metrics(input, 'umbrella_readers')).toMatchObject({
      review_backlog: [{ reviewer: 'noor' }, { reviewer: 'reviewers of private pull requests', open: 1, over_sla: 0 }],
      private_items: 1,
    });
  });
});

describe('longestChain', () => {
  const chain = (...tasks: Parameters<typeof taskFacts>[0][]) =>
    longestChain(viewOf(world({ tasks: tasks.map((input) => taskFacts(input)) }))).map(({ number }) => number);

  it('follows open tasks, each blocked by the one before it', () => {
    expect(
      chain(
        { number: 5, ...blockedBy(3) },
        { number: 4, ...blockedBy(2) },
        { number: 3, ...blockedBy(2) },
        { number: 2, ...blockedBy(99) },
      ),
    ).toEqual([2, 3, 5]);
  });

  it('takes the first by name of chains that are as long', () => {
    expect(chain({ number: 9, ...blockedBy(8, 7) }, { number: 8 }, { number: 7 })).toEqual([7, 9]);
    expect(chain({ number: 4, ...blockedBy(2) }, { number: 3, ...blockedBy(2) }, { number: 2 })).toEqual([2, 3]);
  });

  it('ends at circles and at what is done', () => {
    const circle = [
      { number: 2, ...blockedBy(3) },
      { number: 3, ...blockedBy(2) },
    ];
    expect(chain(...circle)).toEqual([]);
    expect(chain(...circle, { number: 4, ...blockedBy(3) })).toEqual([3, 4]);
    expect(chain({ number: 2, closedAt: AT }, { number: 3, ...blockedBy(2) })).toEqual([]);
  });
});

describe('burnUp', () => {
  const days = (input: Parameters<typeof world>[0]) =>
    burnUp(viewOf(world(input))).map(({ day, scope, complete }) => `${day} ${complete}/${scope}`);

  it('tells scope and completion at the end of each day, until now', () => {
    const tasks = [
      taskFacts({ number: 2, createdAt: '2026-05-07T23:59:59Z', closedAt: '2026-05-09T00:00:00Z', ...closedBy(41) }),
      taskFacts({ number: 3, createdAt: '2026-05-01T00:00:00Z' }),
      taskFacts({
        number: 4,
        createdAt: '2026-05-07T00:00:00Z',
        closedAt: '2026-05-10T09:00:00Z',
        stateReason: 'not_planned',
      }),
    ];
    const scopedAt = new Map([['octo/harbor#3', '2026-05-08T00:00:00Z']]);
    expect(days({ tasks, scopedAt, pullRequests: [pullRequestFacts({ mergedAt: AT })] })).toEqual([
      '2026-05-07 0/2',
      '2026-05-08 0/3',
      '2026-05-09 1/3',
      '2026-05-10 1/2',
    ]);
  });

  it('keeps to 90 days, in the first of which what was before counts', () => {
    const found = days({ tasks: [taskFacts({ number: 2, createdAt: '2025-01-01T00:00:00Z' })] });
    expect([found.length, found[0], found.at(-1)]).toEqual([90, '2026-02-10 0/1', '2026-05-10 0/1']);
  });

  it('is empty without tasks', () => expect(days({})).toEqual([]));
});
