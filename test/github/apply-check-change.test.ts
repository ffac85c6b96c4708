import { expect, it } from 'vitest';
import type { CheckChange } from '../../src/core/change.ts';
import { applyChange } from '../../src/github/apply-change.ts';
import { reportCheckRun } from '../../src/sandbox/actions/report-checks.ts';
import type { World } from '../../src/sandbox/world.ts';
import { ALL_PERMISSIONS, addAppToken, addPull, connect, HARBOR, umbrellaWorld } from './umbrella-world.ts';

const REPOSITORY = { owner: 'octo', repo: 'harbor' };

function worldWithPull() {
  const world = umbrellaWorld(1);
  addPull(world, { title: 'P1.M1.T1 Gate 1', branch: 'gate-1' });
  addAppToken(world, 'app-token', { ...ALL_PERMISSIONS, checks: 'write' });
  const change: CheckChange = {
    kind: 'report_check',
    repository: REPOSITORY,
    sha: headOf(world),
    name: 'parasol/risk',
    conclusion: 'failure',
    title: 'Conflicts with #4',
    summary: 'Both change `src/gate.ts`.',
  };
  return { world, change };
}

const headOf = (world: World): string => world.repositories.get(HARBOR)?.pullRequests.get(3)?.headSha ?? '';

const runsOf = (world: World, sha: string) =>
  (world.repositories.get(HARBOR)?.commits.get(sha)?.checkRuns ?? []).map(({ app, name, conclusion, output }) => ({
    app,
    name,
    conclusion,
    title: output.title,
  }));

it('a check run is made once, changed in place, and left alone where it says the same', async () => {
  const { world, change } = worldWithPull();
  const { sandbox, client } = await connect(world, { token: 'app-token' });
  expect(await applyChange(client, change)).toMatchObject({ outcome: 'applied' });
  expect(await applyChange(client, change)).toMatchObject({ outcome: 'already_there' });
  expect(sandbox.requests.writes()).toHaveLength(1);
  const cleared: CheckChange = { ...change, conclusion: 'neutral', title: 'No conflict any more' };
  expect(await applyChange(client, cleared)).toMatchObject({ outcome: 'applied' });
  expect(runsOf(world, change.sha)).toEqual([
    { app: 'parasol', name: 'parasol/risk', conclusion: 'neutral', title: 'No conflict any more' },
  ]);
});

it("another App's check of that name is neither changed nor taken for ours", async () => {
  const { world, change } = worldWithPull();
  reportCheckRun(world, 'ravi', { repository: HARBOR, sha: change.sha, name: change.name, conclusion: 'success' });
  const { client } = await connect(world, { token: 'app-token' });
  await applyChange(client, change);
  expect(runsOf(world, change.sha)).toEqual([
    { app: 'github-actions', name: 'parasol/risk', conclusion: 'success', title: null },
    { app: 'parasol', name: 'parasol/risk', conclusion: 'failure', title: 'Conflicts with #4' },
  ]);
});

it("a person's token is told that Apps alone make check runs", async () => {
  const { world, change } = worldWithPull();
  const { client } = await connect(world);
  await expect(applyChange(client, change)).rejects.toMatchObject({
    code: 'forbidden',
    hint: 'Only an App with the permission `checks: write` may make check runs.',
  });
});
