import { expect, onTestFinished, test } from 'vitest';
import { readinessReport } from '../../src/operations/readiness-report.ts';
import { openPullRequest } from '../../src/sandbox/actions/open-pull-request.ts';
import { pushCommits } from '../../src/sandbox/actions/push-commits.ts';
import { reportCheckRun } from '../../src/sandbox/actions/report-checks.ts';
import { beginAttempt, endJobs, startWorkflowRun } from '../../src/sandbox/actions/run-workflow.ts';
import { ensureBranch } from '../../src/sandbox/commit.ts';
import { harborWorld, REPOSITORY, reach } from './harbor-world.ts';

/** What is told of the base on which a check passed and the workflow run `Readiness` stands as given. */
async function baseWith(conclusion: 'failure' | null, isNamed: boolean) {
  const { world, repository } = harborWorld();
  const headSha = ensureBranch(repository, 'main');
  reportCheckRun(world, 'ravi', { repository: REPOSITORY, sha: headSha, name: 'test', conclusion: 'success' });
  const about = { repository: REPOSITORY, workflow: 'Readiness', event: 'push', headSha, headBranch: 'main' };
  const run = startWorkflowRun(world, 'ravi', about);
  beginAttempt(world, 'ravi', { repository: REPOSITORY, run, jobs: { report: 'in_progress' } });
  if (conclusion !== null) endJobs(world, 'ravi', { repository: REPOSITORY, run, jobs: { report: conclusion } });
  const { sandbox, context } = await reach(world);
  onTestFinished(() => sandbox.close());
  const asked = { scope: '#1', audience: 'viewer', ...(isNamed ? { ownRun: run.id } : {}) } as const;
  const report = await readinessReport.run(context, asked);
  const findings = report.findings.filter(({ criterion }) => criterion === 'base_ci');
  return [report.criteria.find(({ id }) => id === 'base_ci')?.outcome, findings.map(({ kind }) => kind)];
}

test('a job that goes on counts, but for those of the run that makes the report: one of them is the job that asks', async () => {
  expect(await baseWith(null, false)).toEqual(['unknown', ['pending_check']]);
  expect(await baseWith(null, true)).toEqual(['pass', []]);
});

test.each([false, true])('a job that failed counts, also in the run that makes the report: %s', async (isNamed) => {
  expect(await baseWith('failure', isNamed)).toEqual(['fail', ['failed_check']]);
});

test.each([
  [true, 'unknown', 'no check ran on the newest commits of release/3.1, while checks run on main'],
  [false, 'not_applicable', undefined],
])(
  'of a release branch on which nothing ran, main tells whether there are checks: %s',
  async (hasChecks, outcome, why) => {
    const { world, repository } = harborWorld({ files: { '.github/parasol.yml': 'readiness: { base: release/3.1 }' } });
    ensureBranch(repository, 'release/3.1');
    pushCommits(world, 'kim', { repository: REPOSITORY, branch: 'release/3.1', commits: ['Prepare the release'] });
    pushCommits(world, 'kim', { repository: REPOSITORY, branch: 'main', commits: ['Go on'] });
    const sha = ensureBranch(repository, 'main');
    if (hasChecks) reportCheckRun(world, 'ravi', { repository: REPOSITORY, sha, name: 'test', conclusion: 'success' });
    const { sandbox, context } = await reach(world);
    onTestFinished(() => sandbox.close());
    const report = await readinessReport.run(context, { scope: '#1', audience: 'viewer' });
    expect(report.criteria.find(({ id }) => id === 'base_ci')?.outcome).toBe(outcome);
    expect(report.findings.find(({ criterion }) => criterion === 'base_ci')?.why).toBe(why);
  },
);

/** What is told of a base on which `test` stands as given, if at all, and a job of a workflow that `event` started failed. */
async function baseBeside(event: string, job: string, test: 'success' | 'failure' | null) {
  const { world, repository } = harborWorld();
  const headSha = ensureBranch(repository, 'main');
  if (test !== null)
    reportCheckRun(world, 'ravi', { repository: REPOSITORY, sha: headSha, name: 'test', conclusion: test });
  const about = { repository: REPOSITORY, workflow: 'Triage', event, headSha, headBranch: 'main' };
  const run = startWorkflowRun(world, 'ravi', about);
  beginAttempt(world, 'ravi', { repository: REPOSITORY, run, jobs: { [job]: 'in_progress' } });
  endJobs(world, 'ravi', { repository: REPOSITORY, run, jobs: { [job]: 'failure' } });
  const { sandbox, context } = await reach(world);
  onTestFinished(() => sandbox.close());
  const report = await readinessReport.run(context, { scope: '#1', audience: 'viewer' });
  return report.criteria.find(({ id }) => id === 'base_ci')?.outcome;
}

test.each([
  ['issues', 'triage', 'pass', 'fail', 'not_applicable'],
  ['issue_comment', 'triage', 'pass', 'fail', 'not_applicable'],
  ['workflow_run', 'parasol/comment', 'pass', 'fail', 'not_applicable'],
  ['schedule', 'nightly', 'fail', 'fail', 'fail'],
  ['workflow_run', 'end to end', 'fail', 'fail', 'fail'],
])(
  'whether a failed job on %s, called %s, says anything of the commit it was put on',
  async (event, job, beside, besideFailure, alone) => {
    expect(await baseBeside(event, job, 'success')).toBe(beside);
    expect(await baseBeside(event, job, 'failure')).toBe(besideFailure);
    expect(await baseBeside(event, job, null)).toBe(alone);
  },
);

test('checks on heads that only make reports are no sign of checks that the base lacks', async () => {
  const { world, repository } = harborWorld();
  ensureBranch(repository, 'main');
  const { headSha } = openPullRequest(world, 'ravi', {
    ...{ repository: REPOSITORY, title: 'Raise the quay', body: 'Closes #3', branch: 'quay' },
  });
  for (const name of ['parasol/opened', 'parasol/rollup'])
    reportCheckRun(world, 'ravi', { repository: REPOSITORY, sha: headSha, name, conclusion: 'failure' });
  const { sandbox, context } = await reach(world);
  onTestFinished(() => sandbox.close());
  const report = await readinessReport.run(context, { scope: '#1', audience: 'viewer' });
  expect(report.criteria.find(({ id }) => id === 'base_ci')?.outcome).toBe('not_applicable');
});
