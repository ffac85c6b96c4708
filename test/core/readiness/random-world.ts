import fc from 'fast-check';
import type {
  ReadinessFacts,
  RequiredChecks,
  RunConclusion,
  WaiverFacts,
} from '../../../src/core/readiness/readiness-facts.ts';
import { CRITERION_IDS } from '../../../src/core/readiness/report-schema.ts';
import { known, unknown } from '../../../src/core/reading.ts';
import type { PullRequestFacts, TaskFacts } from '../../../src/core/task/facts.ts';
import { refKey } from '../../../src/core/task/identity.ts';
import { pullRequestFacts, ref, taskFacts } from '../build-facts.ts';
import { randomWork } from '../random-work.ts';
import { BASE_SHA, baseCommit, run, waiver, world } from './build-world.ts';

const UNREAD = unknown({ cause: 'forbidden', what: 'checks of main', permission: 'checks: read' });

const conclusion = fc.constantFrom<RunConclusion>(
  'success',
  'success',
  'failure',
  'skipped',
  'cancelled',
  'pending',
  'neutral',
);

const randomRuns = fc.array(
  fc.record({
    name: fc.constantFrom('test', 'lint'),
    conclusion,
    earlier: fc.array(conclusion, { maxLength: 2 }),
    completedAt: fc.constantFrom(null, '2026-05-09T09:05:00Z', '2026-05-09T09:10:00Z'),
  }),
  { maxLength: 3 },
);

const randomRequired: fc.Arbitrary<RequiredChecks> = fc.record({
  names: fc.subarray(['test', 'lint', 'sea-trial']),
  gaps: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    fc.constant([{ cause: 'rate_limited', what: 'required checks of main in octo/harbor' } as const]),
  ),
});

export const randomWaiver: fc.Arbitrary<WaiverFacts> = fc
  .record({
    item: fc.option(fc.constantFrom(...[100, 101, 102, 500, 501, 502].map((number) => ref(number)))),
    criterion: fc.option(fc.constantFrom(...CRITERION_IDS)),
    until: fc.constantFrom('2026-05-01T00:00:00Z', '2026-06-01T00:00:00Z'),
    isAuthorised: fc.boolean(),
    sha: fc.constantFrom(null, BASE_SHA, 'b'.repeat(40)),
  })
  .map((input) => waiver(input));

/** Tasks #100 on and pull requests #500 on in any condition, some unread, some waived, on a base in any condition. */
export const randomWorld: fc.Arbitrary<ReadinessFacts> = fc
  .tuple(
    randomWork({ maxChildren: 5 }),
    fc.array(
      fc.oneof(
        { weight: 6, arbitrary: randomRuns.map((runs) => known(runs.map((one) => run(one)))) },
        fc.constant(UNREAD),
      ),
      {
        maxLength: 2,
      },
    ),
    fc.array(randomWaiver, { maxLength: 3 }),
    fc.constantFrom('milestone', 'since', 'umbrella'),
    randomRequired,
  )
  .map(([{ children, pullRequests }, commits, waivers, kind, requiredChecks]) =>
    world({
      tasks: children,
      pullRequests,
      baseCommits: known(commits.map((runs, index) => baseCommit({ sha: `${index}${BASE_SHA.slice(1)}`, runs }))),
      waivers: known(waivers),
      scope: { kind },
      requiredChecks,
    }),
  );

/** The same with two tasks and a pull request of a private repository, whose every word begins with `vault`. */
export const withSecrets = (
  facts: ReadinessFacts,
  state: Pick<PullRequestFacts, 'mergeable' | 'mergedAt'>,
): ReadinessFacts => {
  const visibility = 'private';
  const tasks: readonly TaskFacts[] = [7, 8].map((number) =>
    taskFacts({
      ref: ref(number, 'octo/vault'),
      visibility,
      title: 'vault-title',
      body: 'vault-body',
      author: 'vault-author',
      assignees: ['vault-assignee'],
      labels: ['lane:vault-lane'],
      closedAt: number === 7 ? '2026-05-04T09:00:00Z' : null,
    }),
  );
  const pullRequest = pullRequestFacts({
    ref: ref(9, 'octo/vault'),
    visibility,
    title: 'vault-change',
    author: 'vault-author',
    headRefName: 'vault-branch',
    body: 'Closes #8',
    reviewRequests: known(['vault-reviewer']),
    state: state.mergedAt === null ? 'open' : 'merged',
    ...state,
  });
  const secrets = [...tasks, pullRequest].map((item) => refKey(item.ref));
  return {
    ...facts,
    work: {
      ...facts.work,
      tasks: new Map([...facts.work.tasks, ...tasks.map((task) => [refKey(task.ref), task] as const)]),
      pullRequests: new Map([...facts.work.pullRequests, [refKey(pullRequest.ref), pullRequest]]),
      gaps: [{ cause: 'forbidden', what: 'issues of octo/vault', permission: 'issues: read' }],
    },
    tasks: new Set([...facts.tasks, ...secrets.slice(0, 2)]),
    pullRequests: new Set([...facts.pullRequests, ...secrets.slice(2)]),
  };
};
