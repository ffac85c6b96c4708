import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { clocksOfTask } from '../../../../src/core/readiness/clocks.ts';
import { implementedAge } from '../../../../src/core/readiness/criteria/implemented-age.ts';
import { known } from '../../../../src/core/reading.ts';
import { blockerFacts, closedBy, pullRequestFacts, taskFacts } from '../../build-facts.ts';
import { configured, run, viewOf, world } from '../build-world.ts';

const HOUR = 3_600;
const approval = (submittedAt: string) =>
  known([{ author: 'lena', state: 'approved' as const, submittedAt, commitSha: null, url: 'https://x' }]);

it('takes the time under an open blocker out of the age, and shows it', () => {
  const task = taskFacts({
    number: 2,
    ...closedBy(41),
    blockers: known([
      blockerFacts(8, { addedAt: '2026-05-03T09:00:00Z', closedAt: '2026-05-05T09:00:00Z' }),
      blockerFacts(9, { addedAt: '2026-05-04T09:00:00Z', closedAt: '2026-05-06T09:00:00Z' }),
      blockerFacts(10, { addedAt: null, closedAt: '2026-05-09T09:00:00Z' }),
    ]),
  });
  const view = viewOf(world({ tasks: [task], pullRequests: [pullRequestFacts()] }));
  expect(clocksOfTask(task, view)).toEqual({
    implemented_at: '2026-05-02T09:00:00Z',
    approved_at: null,
    green_at: null,
    mergeable_at: null,
    merged_at: null,
    present_at: null,
    review_wait_seconds: 195 * HOUR,
    merge_wait_seconds: null,
    excused_seconds: 72 * HOUR,
    age_seconds: 123 * HOUR,
  });
});

it('keeps the wait for the review apart from the wait for the merge', () => {
  const task = taskFacts({ number: 2, closedAt: '2026-05-08T09:00:00Z', ...closedBy(41) });
  const pullRequest = pullRequestFacts({
    readyAt: '2026-05-03T09:00:00Z',
    mergedAt: '2026-05-08T09:00:00Z',
    reviews: approval('2026-05-05T09:00:00Z'),
  });
  const headRuns = known(new Map([[pullRequest.headSha, [run(), run({ completedAt: '2026-05-09T10:00:00Z' })]]]));
  const view = viewOf(world({ tasks: [task], pullRequests: [pullRequest], headRuns }));
  expect(clocksOfTask(task, view)).toMatchObject({
    implemented_at: '2026-05-03T09:00:00Z',
    approved_at: '2026-05-05T09:00:00Z',
    green_at: '2026-05-09T10:00:00Z',
    merged_at: '2026-05-08T09:00:00Z',
    review_wait_seconds: 48 * HOUR,
    merge_wait_seconds: 72 * HOUR,
    age_seconds: 120 * HOUR,
  });
});

it('fails what waits longer than configured; without that it only tells what waits longer than a review may', () => {
  const tasks = [taskFacts({ number: 2, ...closedBy(41) }), taskFacts({ number: 3, ...closedBy(42) })];
  const pullRequests = [pullRequestFacts(), pullRequestFacts({ number: 42, createdAt: '2026-05-10T09:00:00Z' })];
  const facts = world({ tasks, pullRequests });
  const kinds = (text: string) =>
    implementedAge
      .judge(viewOf(facts, configured(text)))
      .findings.map(({ kind, effect, item, since }) => [kind, effect, item?.ref, since]);
  const old = ['octo/harbor#2', '2026-05-02T09:00:00Z'];
  expect(kinds('readiness: { implemented_age: { blocking: 5d } }')).toEqual([['waiting_work', 'fails', ...old]]);
  expect(kinds('readiness: { implemented_age: { blocking: 9d } }')).toEqual([]);
  expect(kinds('version: 1')).toEqual([['waiting_work', 'informs', ...old]]);
});

it('says which limit it measures by, and that nothing fails where none is configured', () => {
  const tasks = [taskFacts({ number: 2, ...closedBy(41) })];
  const facts = world({ tasks, pullRequests: [pullRequestFacts()] });
  const words = (text: string, of = facts) => {
    const { threshold, reason } = implementedAge.judge(viewOf(of, configured(text)));
    return [threshold, reason];
  };
  const always = 'always: no limit is configured (implemented_age)';
  expect([
    words('version: 1'),
    words('version: 1', world()),
    words('readiness: { implemented_age: { blocking: 5d } }'),
    words('readiness: { implemented_age: { blocking: 9d } }'),
  ]).toEqual([
    [always, '1 older than 2d (review_sla)'],
    [always, 'nothing has waited longer than 2d (review_sla)'],
    ['merged within 5d', '1 waiting work'],
    ['merged within 9d', 'nothing has waited longer than 9d'],
  ]);
});

it('excuses no more time than there was, however blockers overlap', () => {
  const day = fc.integer({ min: 1, max: 28 }).map((at) => `2026-05-${String(at).padStart(2, '0')}T09:00:00Z`);
  const blocker = fc.record({ addedAt: day, closedAt: fc.option(day) }).map((times) => blockerFacts(9, times));
  fc.assert(
    fc.property(fc.array(blocker, { maxLength: 6 }), (blockers) => {
      const task = taskFacts({ number: 2, ...closedBy(41), blockers: known(blockers) });
      const clocks = clocksOfTask(task, viewOf(world({ tasks: [task], pullRequests: [pullRequestFacts()] })));
      expect((clocks?.age_seconds ?? -1) + (clocks?.excused_seconds ?? 0)).toBe(195 * HOUR);
    }),
  );
});
