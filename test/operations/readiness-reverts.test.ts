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

interface Course {
  /** What happens on the default branch before the release branch leaves it, and after. */
  readonly before: readonly Step[];
  readonly after: readonly Step[];
  readonly isDown?: boolean;
}

type Step = 'merge' | 'revert' | 'revert of the revert' | 'revert by a commit';

/** A task of the default branch, judged for a release branch that leaves it somewhere in between. */
async function judgeRelease({ before, after, isDown = false }: Course) {
  const { world, repository } = harborWorld({ files: { '.github/parasol.yml': `readiness: { base: ${BRANCH} }` } });
  setClock(world, '2026-03-03T09:00:00Z');
  const task = openIssue(world, 'kim', { repository: REPOSITORY, title: 'Raise the quay' }).number;
  let hour = 9;
  let last = 0;
  const merge = (title: string, body: string): void => {
    const pull = { repository: REPOSITORY, title, body, branch: `quay-${hour}` };
    last = openPullRequest(world, 'ravi', pull).number;
    mergePullRequest(world, 'kim', { item: item(last) });
  };
  const take: Record<Step, () => void> = {
    merge: () => merge('Raise it', `Closes #${task}`),
    revert: () => merge('Revert "Raise it"', `Reverts octo/harbor#${last}`),
    'revert of the revert': () => merge('Reapply "Raise it"', `Reverts octo/harbor#${last}`),
    'revert by a commit': () => {
      const sha = repository.pullRequests.get(last)?.mergeCommitSha;
      const message = `Revert "Raise it"\n\nThis reverts commit ${sha}.`;
      pushCommits(world, 'kim', { repository: REPOSITORY, branch: repository.defaultBranch, commits: [message] });
    },
  };
  const run = (steps: readonly Step[]): void => {
    for (const step of steps) {
      hour += 1;
      setClock(world, `2026-03-03T${hour}:00:00Z`);
      take[step]();
    }
  };
  run(before);
  ensureBranch(repository, BRANCH);
  run(after);
  if (repository.issues.get(task)?.state === 'open') closeIssue(world, 'kim', { item: item(task) });
  const { sandbox, context } = await reach(world);
  onTestFinished(() => sandbox.close());
  if (isDown) sandbox.faults.failNext({ status: 500, match: { path: /\/compare\// }, times: 50 });
  const now = () => '2026-03-05T09:00:00Z';
  const report = await readinessReport.run({ ...context, now }, { scope: 'query:in:title quay', audience: 'viewer' });
  const of = (id: string) => report.criteria.find((one) => one.id === id)?.outcome;
  return [of('completion'), of('integration_outcomes')];
}

test.each<[string, Course, string]>([
  ['has what was reverted after it left', { before: ['merge'], after: ['revert'] }, 'pass'],
  ['has what a commit reverted after it left', { before: ['merge'], after: ['revert by a commit'] }, 'pass'],
  ['lost what was reverted before it left', { before: ['merge', 'revert'], after: [] }, 'fail'],
  ['lost what came back only after it left', { before: ['merge', 'revert'], after: ['revert of the revert'] }, 'fail'],
  ['has what came back before it left', { before: ['merge', 'revert', 'revert of the revert'], after: [] }, 'pass'],
  ['never had what was merged and reverted after it left', { before: [], after: ['merge', 'revert'] }, 'fail'],
  [
    'may have lost what was reverted, where GitHub compares no commits',
    { before: ['merge'], after: ['revert'], isDown: true },
    'unknown',
  ],
])('a release branch %s', async (_, course, outcome) => {
  expect(await judgeRelease(course)).toEqual([outcome, outcome]);
});
