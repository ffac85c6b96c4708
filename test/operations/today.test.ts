import { join } from 'node:path';
import { expect, test } from 'vitest';
import { today as todayOperation } from '../../src/operations/today.ts';
import { requirePullRequest } from '../../src/sandbox/actions/place.ts';
import { deleteIssue } from '../../src/sandbox/actions/remove-issue.ts';
import { submitReview } from '../../src/sandbox/actions/submit-review.ts';
import { NOW, readinessWorld } from '../github/readiness-world.ts';
import { addPull, connect, harbor, operationsOf, umbrellaWorld } from '../github/umbrella-world.ts';
import { captureRun } from '../surfaces/cli/captured-run.ts';

const HARBOR = join(import.meta.dirname, '..', '..', 'fixtures', 'worlds', 'harbor.yml');
const today = (...flags: readonly string[]) => captureRun(['today', '--world', HARBOR, ...flags]);

test('today lists one thing for each that needs somebody, and says that no clone was looked into', {
  timeout: 60_000,
}, async () => {
  const { stdout, exitCode } = await today('--json');
  const { lines, remarks, ...rest } = JSON.parse(stdout);
  expect(exitCode).toBe(0);
  expect(
    lines.map(({ kind, actor, action }: { kind: string; actor: { name: string }; action: { text: string } }) => [
      kind,
      actor.name,
      action.text,
    ]),
  ).toEqual([
    ['missing', 'ravi', 'bring the reverted change back: tidewater/harbor#6'],
    ['conflict', 'ravi', 'resolve the conflicts of tidewater/harbor#53'],
    ['merge', 'ravi', 'merge tidewater/harbor#48'],
    ['start', 'whoever is free', 'start tidewater/harbor#13'],
    ['start', 'whoever is free', 'start tidewater/harbor#22'],
    ['start', 'whoever is free', 'start tidewater/harbor-web#4'],
  ]);
  expect(remarks).toEqual(['nobody looked which open pull requests collide with each other: no clone is at hand']);
  expect(rest).toMatchObject({ repository: 'tidewater/harbor', more: 0, hidden: 0, gaps: [] });
  expect((await today()).stdout.split('\n')[1]).toMatch(
    /^Merged, and missing +ravi +bring the reverted change back: #6 /,
  );
  expect((await today('--markdown')).stdout).toMatch(/^### Today in tidewater\/harbor\n/);
});

test('today tells the rest where there is no clone to look into', async () => {
  const { client } = await connect(readinessWorld());
  const context = {
    github: client,
    now: () => NOW,
    defaultRepository: { owner: 'octo', repo: 'harbor' },
    machine: { cacheFolder: '/srv/harbor/cache' },
  };
  const { repository, remarks } = await todayOperation.run(context, { clone: '/srv/harbor', audience: 'viewer' });
  expect(repository).toBe('octo/harbor');
  expect(remarks).toEqual([expect.stringMatching(/^nobody looked which open pull requests collide with each other: /)]);
});

test('pull requests count in a repository without any issue, at one call for all of them', async () => {
  const world = umbrellaWorld(0);
  deleteIssue(world, 'kim', { item: harbor(1) });
  const [approved, conflicting] = ['Raise the quay', 'Dredge the basin', 'Paint the pier'].map((title) =>
    addPull(world, { title, branch: title.toLowerCase().replaceAll(' ', '-') }),
  );
  if (approved === undefined || conflicting === undefined) throw new Error('no pull requests');
  submitReview(world, 'kim', { item: approved, state: 'approved' });
  Object.assign(requirePullRequest(world, conflicting).item, { mergeable: 'conflicting' });
  const { client, sandbox } = await connect(world);
  const context = { github: client, now: () => NOW, defaultRepository: { owner: 'octo', repo: 'harbor' } };
  const { lines, gaps } = await todayOperation.run(context, { audience: 'viewer' });
  expect(lines.map(({ kind, ref, actor }) => [kind, ref, actor.name])).toEqual([
    ['conflict', `octo/harbor#${conflicting.number}`, 'ravi'],
    ['merge', `octo/harbor#${approved.number}`, 'ravi'],
  ]);
  expect(gaps).toEqual([]);
  expect(operationsOf(sandbox)).toEqual(['Config', 'RepositoryTasks', 'OpenWork']);
});
