import { expect, onTestFinished, test } from 'vitest';
import { readinessReport } from '../../src/operations/readiness-report.ts';
import { label } from '../../src/sandbox/actions/label.ts';
import { mergePullRequest } from '../../src/sandbox/actions/merge-pull-request.ts';
import { openPullRequest } from '../../src/sandbox/actions/open-pull-request.ts';
import { setClock } from '../../src/sandbox/clock.ts';
import { ensureBranch } from '../../src/sandbox/commit.ts';
import { addLabel } from '../../src/sandbox/create-world.ts';
import type { World } from '../../src/sandbox/world.ts';
import { worldClones } from '../../src/surfaces/cli/world-clones.ts';
import { harborWorld, item, REPOSITORY, reach } from './harbor-world.ts';

const CONFIG = `
readiness: { release_branches: ['release/*'], backport_labels: ['needs backport', 'to {branch}'] }
`;

/** Opened by ravi with a file of its own, and merged by kim. */
function merge(world: World, title: string, marks: readonly string[], base = 'main', file = `${title}.txt`): number {
  const branch = `branch-${world.repositories.get(REPOSITORY)?.nextNumber}`;
  const files = [{ path: file, status: 'added', text: 'high\n' }] as const;
  const { number } = openPullRequest(world, 'ravi', { repository: REPOSITORY, title, branch, base, files });
  label(world, 'ravi', { item: item(number), labels: marks });
  mergePullRequest(world, 'kim', { item: item(number) });
  return number;
}

/** Of main, release/3.1 has #7 by a pick with the same changes and #8 by name; it lacks #6, and #9 is marked for 3.0 alone. */
function story(): World {
  const { world, repository } = harborWorld({ files: { '.github/parasol.yml': CONFIG } });
  for (const branch of ['release/3.0', 'release/3.1']) ensureBranch(repository, branch);
  setClock(world, '2026-03-03T09:00:00Z');
  merge(world, 'Tides', ['to release/3.1']);
  merge(world, 'Lamps', ['needs backport']);
  merge(world, 'Ropes', ['TO 3.1']);
  merge(world, 'Buoys', ['to 3.0']);
  merge(world, 'Cranes', []);
  merge(world, 'Lights up', [], 'release/3.1', 'Lamps.txt');
  merge(world, 'Ropes for captains (backport #8)', [], 'release/3.1');
  return world;
}

async function judged(scope: string, hasClone: boolean, world = story()) {
  const { sandbox, context } = await reach(world);
  const clones = worldClones(sandbox.url, 'kims-token');
  onTestFinished(async () => {
    await clones.close();
    await sandbox.close();
  });
  const machine = { cacheFolder: '/nowhere', ...(hasClone ? { fetchClone: clones.fetch } : {}) };
  const report = await readinessReport.run({ ...context, machine }, { scope, audience: 'viewer' });
  const [criterion] = report.criteria.filter(({ id }) => id === 'backports');
  const findings = report.findings.filter((one) => one.criterion === 'backports');
  const told = findings.map(({ kind, item: about, actor, why, action }) => [kind, about?.ref, actor.name, why, action]);
  const sources = report.coverage.filter(({ source }) => source === 'backport labels' || source === 'git history');
  return { criterion, told, coverage: sources.map(({ state }) => state), sandbox };
}

test('of a release branch as the scope, everything that is marked for it counts', async () => {
  const { criterion, told, coverage } = await judged('branch:release/3.1', true);
  expect(criterion).toMatchObject({ weight: 'informing', outcome: 'fail', measured: { text: '2 of 3 marked' } });
  expect(told).toEqual([
    [
      ...['missing_backport', 'octo/harbor#6', 'kim', 'it is marked to release/3.1, and release/3.1 lacks it'],
      {
        text: 'bring octo/harbor#6 to release/3.1',
        command: expect.stringMatching(/^git cherry-pick -x -m 1 [0-9a-f]{40}$/),
        url: expect.stringMatching(/\/octo\/harbor\/pull\/6$/),
      },
    ],
  ]);
  expect(coverage).toEqual(['ok', 'ok']);
});

test('of any other scope, its own pull requests count, for each release branch', async () => {
  const { criterion, told } = await judged('since:30d', true);
  expect(criterion).toMatchObject({ outcome: 'fail', measured: { text: '2 of 4 marked' } });
  expect(told.map(([, about, , why]) => [about, why])).toEqual([
    ['octo/harbor#6', 'it is marked to release/3.1, and release/3.1 lacks it'],
    ['octo/harbor#9', 'it is marked to 3.0, and release/3.0 lacks it'],
  ]);
});

test('a mark for a branch that is not there is told, and blocks nothing', async () => {
  const world = story();
  merge(world, 'Anchors', ['to 9.9']);
  const { criterion, told } = await judged('since:30d', true, world);
  expect(criterion).toMatchObject({ outcome: 'fail', measured: { text: '2 of 4 marked' } });
  expect(told.at(-1)).toEqual([
    ...['mark_without_branch', 'octo/harbor#13', 'kim', 'it is marked to 9.9, and no release branch is called so'],
    expect.objectContaining({ text: 'mend the label of octo/harbor#13, or make the branch that it names' }),
  ]);
});

test('a mark is told wherever its label stands among those that may name a branch', async () => {
  const world = story();
  const [repository] = world.repositories.values();
  if (repository === undefined) throw new Error('the story has a repository');
  for (let n = 1; n <= 250; n += 1) addLabel(world, repository, { name: `to 7.${n}` });
  merge(world, 'Anchors', ['to 9.9']);
  const { told, sandbox } = await judged('since:30d', true, world);
  expect(told.at(-1)?.slice(0, 2)).toEqual(['mark_without_branch', 'octo/harbor#13']);
  const asked = sandbox.requests.entries.map(({ operation }) => operation);
  expect(asked.filter((name) => name === 'MoreLabels')).toHaveLength(2);
});

test('labels that could not be read are a gap, and no mark is taken for none', async () => {
  const world = story();
  const [repository] = world.repositories.values();
  if (repository === undefined) throw new Error('the story has a repository');
  for (let n = 1; n <= 2_200; n += 1) addLabel(world, repository, { name: `to 7.${n}` });
  const { criterion, told } = await judged('since:30d', true, world);
  expect(criterion).toMatchObject({ outcome: 'fail' });
  expect(told.map(([kind, , , why]) => [kind, why])).toContainEqual([
    'unread_marks',
    expect.stringContaining('labels of octo/harbor'),
  ]);
});

test('without a clone nobody can tell, and it says who gives one', async () => {
  const { criterion, told, coverage } = await judged('branch:release/3.1', false);
  expect(criterion).toMatchObject({ outcome: 'unknown', measured: { text: '0 of 3 marked' } });
  expect(told.map(([kind, , actor]) => [kind, actor])).toEqual([
    ['unread_release_branches', 'whoever makes this report'],
  ]);
  expect(coverage).toEqual(['ok', 'unavailable']);
});

test('where nothing was merged in the scope, nothing is read and nothing judged', async () => {
  const { criterion, sandbox } = await judged('umbrella:#5', true);
  expect(criterion).toMatchObject({ outcome: 'not_applicable' });
  const asked = sandbox.requests.entries.map(({ operation }) => operation);
  expect(asked.filter((name) => name === 'ReleaseBranches' || name === 'MarkedPullRequests')).toEqual([]);
});
