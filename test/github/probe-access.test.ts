import { expect, it } from 'vitest';
import { probeAccess } from '../../src/github/probe-access.ts';
import { ALL_PERMISSIONS, addAppToken, addPull, connect, HARBOR, umbrellaWorld } from './umbrella-world.ts';

const REPOSITORY = { owner: 'octo', repo: 'harbor' };

it('tells whose token it is and what is left of its limit, then tries each read; it writes nothing', async () => {
  const world = umbrellaWorld(2);
  addPull(world, { title: 'Gate', branch: 'gate' });
  const { sandbox, client } = await connect(world);
  const probes = await probeAccess(client, REPOSITORY);
  expect(probes.map(({ feature, ok, permission }) => ({ feature, ok, permission }))).toEqual(
    [
      'identity',
      'rate limit',
      'repository',
      'issues',
      'sub-issues',
      'dependencies',
      'pull requests',
      'contents',
      'checks',
      'statuses',
    ].map((feature) => ({ feature, ok: true, permission: null })),
  );
  expect(probes[0]?.detail).toMatch(/^kim \(/);
  expect(probes[2]?.detail).toBe('octo/harbor is public, default branch main');
  expect(probes[3]?.detail).toBe('3 issues');
  expect(sandbox.requests.writes()).toEqual([]);
});

it('names the permission that an App lacks', async () => {
  const world = umbrellaWorld(1);
  addPull(world, { title: 'Gate', branch: 'gate' });
  const { checks: _, statuses: __, contents: ___, ...granted } = ALL_PERMISSIONS;
  addAppToken(world, 'app-token', granted);
  const { client } = await connect(world, { token: 'app-token' });
  const probes = await probeAccess(client, REPOSITORY);
  expect(probes[0]).toMatchObject({
    feature: 'identity',
    ok: true,
    detail: "an App's installation token for 1 repositories",
  });
  expect(
    probes.filter(({ ok }) => !ok).map(({ feature, permission, detail }) => ({ feature, permission, detail })),
  ).toEqual([
    { feature: 'contents', permission: 'contents: read', detail: 'GitHub refuses it to this token' },
    {
      feature: 'checks',
      permission: 'checks: read',
      detail: 'GitHub does not let this token read checks of the default branch (403).',
    },
    {
      feature: 'statuses',
      permission: 'statuses: read',
      detail: 'GitHub does not let this token read statuses of the default branch (403).',
    },
  ]);
});

it('stops at a repository that it cannot see', async () => {
  const world = umbrellaWorld(1);
  const repository = world.repositories.get(HARBOR);
  if (repository !== undefined) repository.visibility = 'private';
  repository?.collaborators.delete('kim');
  const { client } = await connect(world);
  const probes = await probeAccess(client, REPOSITORY);
  expect(probes.map(({ feature, ok }) => [feature, ok])).toEqual([
    ['identity', true],
    ['rate limit', true],
    ['repository', false],
  ]);
});

it('says of a token that GitHub does not know that it is refused', async () => {
  const { client } = await connect(umbrellaWorld(1), { token: 'made-up' });
  const [identity] = await probeAccess(client, null);
  expect(identity).toMatchObject({
    ok: false,
    detail: 'GitHub did not accept the token (401) on the attempt to ask whose token this is.',
  });
});
