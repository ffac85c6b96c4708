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

/** A task whose change went into the release branch; a commit that is pushed there straight takes it out again. */
async function judge(scope: string, { isReverted, config = '' }: { isReverted: boolean; config?: string }) {
  const { world, repository } = harborWorld({ files: { '.github/parasol.yml': config } });
  ensureBranch(repository, BRANCH);
  setClock(world, '2026-03-03T09:00:00Z');
  const task = openIssue(world, 'kim', { repository: REPOSITORY, title: 'Raise the quay' }).number;
  const body = `Closes #${task}`;
  const pull = { repository: REPOSITORY, title: 'Raise it', body, branch: 'quay', base: BRANCH };
  const { number } = openPullRequest(world, 'ravi', pull);
  mergePullRequest(world, 'kim', { item: item(number) });
  closeIssue(world, 'kim', { item: item(task) });
  setClock(world, '2026-03-04T09:00:00Z');
  const sha = repository.pullRequests.get(number)?.mergeCommitSha;
  const message = `Revert "Raise it"\n\nThis reverts commit ${sha}.`;
  if (isReverted) pushCommits(world, 'kim', { repository: REPOSITORY, branch: BRANCH, commits: [message] });
  const { sandbox, context } = await reach(world);
  onTestFinished(() => sandbox.close());
  const now = () => '2026-03-05T09:00:00Z';
  const asked = scope.replace('TASK', String(task));
  const report = await readinessReport.run({ ...context, now }, { scope: asked, audience: 'viewer' });
  const of = (id: string) => report.criteria.find((one) => one.id === id)?.outcome;
  return [report.verdict.decision, of('completion'), of('integration_outcomes')];
}

test.each([
  [`branch:${BRANCH}`, ''],
  ['query:in:title quay', `readiness: { base: ${BRANCH} }`],
])('of %s a commit on its base that is no default branch takes out what it reverts', async (scope, config) => {
  expect((await judge(scope, { isReverted: false, config })).slice(1)).toEqual(['pass', 'pass']);
  expect(await judge(scope, { isReverted: true, config })).toEqual(['no_go', 'fail', 'fail']);
});
