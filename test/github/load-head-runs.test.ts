import { expect, test } from 'vitest';
import { reportCheckRun, reportStatus } from '../../src/sandbox/actions/report-checks.ts';
import { beginAttempt, endJobs, startWorkflowRun } from '../../src/sandbox/actions/run-workflow.ts';
import { setClock } from '../../src/sandbox/clock.ts';
import type { CheckRunRecord, World } from '../../src/sandbox/world.ts';
import { headOfMain, loadScope, readinessWorld, repositoryOf } from './readiness-world.ts';
import { ALL_PERMISSIONS, addAppToken, HARBOR, operationsOf } from './umbrella-world.ts';

type Conclusion = NonNullable<CheckRunRecord['conclusion']>;

/** One run of CI on a commit, with the job `test`; its attempts follow each other by an hour. */
function runCi(world: World, headSha: string, attempts: readonly Conclusion[]): number {
  const run = startWorkflowRun(world, 'ravi', {
    ...{ repository: HARBOR, workflow: 'CI', event: 'push', headSha, headBranch: 'gate-2' },
  });
  attempts.forEach((conclusion, hour) => {
    setClock(world, `2026-03-04T1${hour}:00:00Z`);
    beginAttempt(world, 'ravi', { repository: HARBOR, run, jobs: { test: 'in_progress', lint: 'in_progress' } });
    setClock(world, `2026-03-04T1${hour}:30:00Z`);
    endJobs(world, 'ravi', { repository: HARBOR, run, jobs: { test: conclusion, lint: 'success' } });
  });
  return run.id;
}

const headOf = (world: World, number: number): string => repositoryOf(world).pullRequests.get(number)?.headSha ?? '';

test('what ran on the heads of pull requests comes with the attempts before, and one call', async () => {
  const world = readinessWorld();
  runCi(world, headOf(world, 6), ['failure', 'timed_out', 'success']);
  reportStatus(world, 'ravi', { repository: HARBOR, sha: headOf(world, 6), context: 'deploy', state: 'failure' });
  reportCheckRun(world, 'ravi', {
    repository: HARBOR,
    sha: headOf(world, 6),
    name: 'parasol/risk',
    conclusion: 'failure',
  });
  const { loaded, sandbox } = await loadScope(world, '#1');
  const runs = loaded.headRuns.known ? loaded.headRuns.value.get(headOf(world, 6)) : null;
  const told = runs?.map(({ name, conclusion, attempt, earlier }) => [name, conclusion, attempt, earlier]);
  expect(told).toEqual([
    ['test', 'success', 3, ['failure', 'timed_out']],
    ['lint', 'success', 3, ['success', 'success']],
    ['deploy', 'failure', 1, []],
  ]);
  expect(operationsOf(sandbox).filter((name) => name === 'HeadRuns')).toHaveLength(1);
});

test('on the base the attempts are told too', async () => {
  const world = readinessWorld();
  runCi(world, headOfMain(world), ['failure', 'success']);
  const { loaded } = await loadScope(world, '#1');
  const [newest] = loaded.baseCommits.known ? loaded.baseCommits.value : [];
  const runs = newest?.runs.known ? newest.runs.value : [];
  expect(runs.map(({ name, attempt, earlier }) => [name, attempt, earlier])).toEqual([
    ['test', 1, []],
    ['test', 2, ['failure']],
    ['lint', 2, ['success']],
  ]);
});

test('jobs of one name in two workflows of the base are two checks, and runs of one workflow are one', async () => {
  const world = readinessWorld();
  const runs = [
    ['CI', 'success'],
    ['Nightly', 'failure'],
    ['CI', 'success'],
  ] as const;
  for (const [workflow, conclusion] of runs) {
    const place = { repository: HARBOR, workflow, event: 'push', headSha: headOfMain(world), headBranch: 'main' };
    const run = startWorkflowRun(world, 'ravi', place);
    beginAttempt(world, 'ravi', { repository: HARBOR, run, jobs: { build: 'in_progress' } });
    endJobs(world, 'ravi', { repository: HARBOR, run, jobs: { build: conclusion } });
  }
  const { loaded } = await loadScope(world, '#1');
  const [newest] = loaded.baseCommits.known ? loaded.baseCommits.value : [];
  const told = newest?.runs.known ? newest.runs.value.map(({ name, workflow }) => [name, workflow]) : [];
  expect(told).toEqual([
    ['test', null],
    ['build', 'CI'],
    ['build', 'Nightly'],
    ['build', 'CI'],
  ]);
});

test('nothing is asked where nothing reported', async () => {
  const quiet = await loadScope(readinessWorld(), 'label:Release Blocker');
  expect(operationsOf(quiet.sandbox)).not.toContain('HeadRuns');
});

/** What the source of attempts lacks for an App without some permissions; a pull request has a check, another a status. */
async function lackOf(...missing: readonly string[]) {
  const world = readinessWorld();
  runCi(world, headOf(world, 6), ['failure', 'success']);
  reportStatus(world, 'ravi', { repository: HARBOR, sha: headOf(world, 5), context: 'deploy', state: 'success' });
  const granted = Object.entries(ALL_PERMISSIONS).filter(([name]) => !missing.includes(name));
  addAppToken(world, 'app-token', Object.fromEntries(granted));
  const { loaded } = await loadScope(world, '#1', 'app-token');
  const gaps = loaded.sources.find(({ source }) => source === 'check attempts')?.gaps ?? [];
  return gaps.map(({ permission }) => permission);
}

test.each([
  ['checks', 'checks: read'],
  ['statuses', 'statuses: read'],
])('without %s the source says that %s lacks, and nothing else', async (missing, permission) => {
  expect(await lackOf(missing)).toEqual([permission]);
});
