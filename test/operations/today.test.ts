import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { unknown } from '../../src/core/reading.ts';
import type { GitHubClient } from '../../src/github/client.ts';
import { connectWithToken } from '../../src/github/connect-with-token.ts';
import { today as todayOperation } from '../../src/operations/today.ts';
import { requirePullRequest } from '../../src/sandbox/actions/place.ts';
import { deleteIssue } from '../../src/sandbox/actions/remove-issue.ts';
import { reportCheckRun } from '../../src/sandbox/actions/report-checks.ts';
import { submitReview } from '../../src/sandbox/actions/submit-review.ts';
import { addUserToken } from '../../src/sandbox/create-world.ts';
import { loadWorld } from '../../src/sandbox/load-world.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { worldClones } from '../../src/surfaces/cli/world-clones.ts';
import { NOW, readinessWorld } from '../github/readiness-world.ts';
import {
  ALL_PERMISSIONS,
  addAppToken,
  addPull,
  connect,
  harbor,
  operationsOf,
  umbrellaWorld,
} from '../github/umbrella-world.ts';
import { captureRun } from '../surfaces/cli/captured-run.ts';

const HARBOR = join(import.meta.dirname, '..', '..', 'fixtures', 'worlds', 'harbor.yml');
const today = (...flags: readonly string[]) => captureRun(['today', '--world', HARBOR, ...flags]);

test('today lists one thing for each that needs somebody, and looks into a clone of the world', {
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
    ['missing', 'ravi', 'bring tidewater/harbor#42 back, or close tidewater/harbor#6 as not planned'],
    ['conflict', 'ravi', 'resolve the conflicts of tidewater/harbor#53'],
    ['merge', 'ravi', 'merge tidewater/harbor#48'],
    ['start', 'whoever is free', 'start tidewater/harbor#13'],
    ['start', 'whoever is free', 'start tidewater/harbor#22'],
    ['start', 'whoever is free', 'start tidewater/harbor-web#4'],
  ]);
  expect(remarks).toEqual([]);
  expect(rest).toMatchObject({ repository: 'tidewater/harbor', more: 0, hidden: 0, gaps: [] });
  expect((await today()).stdout.split('\n')[1]).toMatch(
    /^Merged, and missing +ravi +bring #42 back, or close #6 as not planned /,
  );
  expect((await today('--markdown')).stdout).toMatch(/^### Today in tidewater\/harbor\n/);
});

test('of a world, what was undone though nobody said so is missing, as a clone fetched from it tells', {
  timeout: 60_000,
}, async () => {
  const { stdout } = await today('tidewater/harbor-pilot', '--json');
  const { lines, remarks } = JSON.parse(stdout);
  const missing = lines.filter(({ kind }: { kind: string }) => kind === 'missing');
  expect([missing.map(({ ref }: { ref: string }) => ref), remarks]).toEqual([['tidewater/harbor-pilot#13'], []]);
});

test('a clone that cannot be fetched is told, and keeps nothing else from being told', async () => {
  const { client } = await connect(readinessWorld());
  const what = 'the history of octo/harbor in git (unavailable)';
  const fetchClone = async () => unknown({ cause: 'unavailable', what });
  const context = {
    github: client,
    now: () => NOW,
    defaultRepository: { owner: 'octo', repo: 'harbor' },
    machine: { cacheFolder: '/srv/harbor/cache', fetchClone },
  };
  const { remarks } = await todayOperation.run(context, { audience: 'viewer' });
  expect(remarks).toEqual([
    expect.stringMatching(/^nobody looked which .*: the history of octo\/harbor in git \(unav/),
  ]);
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
  expect(remarks).toEqual([
    expect.stringMatching(/^nobody looked which .* each other, and whether .* there: there is no git repository at /),
  ]);
});

test('with a clone, what was undone though nobody said so is missing; without one nobody looked', async () => {
  const world = await loadWorld(HARBOR);
  addUserToken(world, { token: 'kims-token', login: 'kim' });
  const sandbox = await startSandbox({ world });
  const clones = worldClones(sandbox.url, 'kims-token');
  onTestFinished(async () => {
    await clones.close();
    await sandbox.close();
  });
  const pilot = { owner: 'tidewater', repo: 'harbor-pilot' };
  const clone = await clones.fetch(pilot, ['main']);
  if (!clone.known) throw new Error(clone.gap.what);
  const { apiUrl, graphqlUrl } = sandbox;
  const context = {
    github: connectWithToken({ token: 'kims-token', apiUrl, graphqlUrl, pace: 'sandbox' }),
    ...{ now: () => world.now(), defaultRepository: pilot, machine: { cacheFolder: '/nowhere' } },
  };
  const told = await todayOperation.run(context, { audience: 'viewer', clone: clone.value });
  const without = await todayOperation.run(context, { audience: 'viewer' });
  const missing = ({ lines }: typeof without) =>
    lines.flatMap(({ kind, ref, actor }) => (kind === 'missing' ? [[ref, actor.name]] : []));
  expect([missing(told), missing(without)]).toEqual([[['tidewater/harbor-pilot#13', 'tomas']], []]);
  expect(without.remarks).toEqual([
    expect.stringMatching(/whether what was merged is still there: no clone is at hand$/),
  ]);
  expect(told.remarks.filter((remark) => remark.includes('still there'))).toEqual([]);
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

test.each([
  ['checks', 'checks of octo/harbor#6 and 1 more', 'checks: read, statuses: read'],
  ['pull_requests', 'open pull requests of octo/harbor', 'pull_requests: read'],
])('without the permission %s it says what it could not read', async (permission, what, needed) => {
  const { client } = await connect(worldWithout(permission), { token: 'app-token' });
  const { gaps } = await todayOperation.run(contextOf(client), { audience: 'viewer' });
  expect(gaps).toContainEqual({ cause: 'forbidden', what, permission: needed });
});

test('without the permission issues there is no list, and it is not the repository that lacks', async () => {
  const { client } = await connect(worldWithout('issues'), { token: 'app-token' });
  await expect(todayOperation.run(contextOf(client), { audience: 'viewer' })).rejects.toMatchObject({
    code: 'forbidden',
    hint: 'It needs the permission issues: read.',
  });
});

function worldWithout(permission: string) {
  const world = readinessWorld();
  const { number } = addPull(world, { title: 'Paint the pier', branch: 'paint' });
  for (const item of [harbor(6), harbor(number)]) {
    const sha = requirePullRequest(world, item).item.headSha;
    reportCheckRun(world, 'ravi', { repository: 'octo/harbor', sha, name: 'test', conclusion: 'failure' });
  }
  const granted = Object.entries(ALL_PERMISSIONS).filter(([name]) => name !== permission);
  addAppToken(world, 'app-token', Object.fromEntries(granted));
  return world;
}

const contextOf = (github: GitHubClient) => ({
  github,
  now: () => NOW,
  defaultRepository: { owner: 'octo', repo: 'harbor' },
});
