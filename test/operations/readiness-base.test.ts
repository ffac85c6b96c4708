import { expect, onTestFinished, test } from 'vitest';
import { readinessReport } from '../../src/operations/readiness-report.ts';
import { closeIssue } from '../../src/sandbox/actions/close-issue.ts';
import { mergePullRequest } from '../../src/sandbox/actions/merge-pull-request.ts';
import { openIssue } from '../../src/sandbox/actions/open-issue.ts';
import { openPullRequest } from '../../src/sandbox/actions/open-pull-request.ts';
import { pushCommits } from '../../src/sandbox/actions/push-commits.ts';
import { setClock } from '../../src/sandbox/clock.ts';
import { ensureBranch } from '../../src/sandbox/commit.ts';
import { harborWorld, item, REPOSITORY, reach } from './harbor-world.ts';

const BRANCH = 'release/3.1';
const MERGES = 9;

interface Course {
  /** How many were merged before the release branch left. */
  readonly before: number;
  readonly commits: number;
  /** GitHub compares no commits. */
  readonly isDown?: boolean;
}

/** Tasks merged into the default branch, a release branch that left it after some of them, and commits on that since. */
async function judge({ before, commits, isDown = false }: Course) {
  const files = { '.github/parasol.yml': `readiness: { base: ${BRANCH} }` };
  const { world, repository } = harborWorld({ files });
  for (let place = 0; place < MERGES; place += 1) {
    setClock(world, `2026-03-03T0${place}:00:00Z`);
    if (place === before) ensureBranch(repository, BRANCH);
    const task = openIssue(world, 'kim', { repository: REPOSITORY, title: `Raise quay ${place}` }).number;
    const pull = { repository: REPOSITORY, title: 'Raise it', body: `Closes #${task}`, branch: `quay-${place}` };
    const { number } = openPullRequest(world, 'ravi', pull);
    mergePullRequest(world, 'kim', { item: item(number) });
    if (repository.issues.get(task)?.state === 'open') closeIssue(world, 'kim', { item: item(task) });
  }
  ensureBranch(repository, BRANCH);
  setClock(world, '2026-03-04T09:00:00Z');
  const own = Array.from({ length: commits }, (_, place) => `Prepare the release, step ${place}`);
  pushCommits(world, 'kim', { repository: REPOSITORY, branch: BRANCH, commits: own });
  const { sandbox, context } = await reach(world);
  onTestFinished(() => sandbox.close());
  if (isDown) sandbox.faults.failNext({ status: 500, match: { path: /\/compare\// }, times: 50 });
  const now = () => '2026-03-05T09:00:00Z';
  const report = await readinessReport.run({ ...context, now }, { scope: 'query:in:title quay', audience: 'viewer' });
  const elsewhere = report.findings.filter(({ kind }) => kind === 'merged_elsewhere');
  const outcomes = report.criteria.find(({ id }) => id === 'integration_outcomes');
  const coverage = report.coverage.find(({ source }) => source === 'base branch');
  return { coverage, elsewhere: elsewhere.length, outcome: outcomes?.outcome, measured: outcomes?.measured?.text };
}

test.each([
  ['all', MERGES, 'pass'],
  ['four', 4, 'fail'],
  ['none', 0, 'fail'],
])(
  'a release branch with many commits of its own has %s of what was merged before it left',
  async (_, before, outcome) => {
    expect(await judge({ before, commits: 40 })).toMatchObject({
      coverage: { state: 'ok' },
      elsewhere: MERGES - before,
      outcome,
      measured: `${before} of ${MERGES} pull requests are merged and still in`,
    });
  },
);

test('where GitHub compares no commits, nobody knows whether the branch has them', async () => {
  const { coverage, ...told } = await judge({ before: MERGES, commits: 40, isDown: true });
  const measured = `0 of ${MERGES} pull requests are merged and still in`;
  expect(told).toEqual({ elsewhere: 0, outcome: 'unknown', measured });
  expect(coverage).toMatchObject({
    state: 'partial',
    missing: expect.stringContaining('whether release/3.1 has octo/harbor#'),
  });
});
