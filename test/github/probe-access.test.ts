import nock from 'nock';
import { expect, it, onTestFinished } from 'vitest';
import { connectWithToken } from '../../src/github/connect-with-token.ts';
import { loadUmbrella } from '../../src/github/load-umbrella.ts';
import { probeAccess } from '../../src/github/probe-access.ts';
import { ALL_PERMISSIONS, addAppToken, addPull, connect, HARBOR, UMBRELLA, umbrellaWorld } from './umbrella-world.ts';

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

it('names what an older Enterprise Server does not have', async () => {
  const ghes = nock('https://ghe.example.com').persist();
  ghes.get('/api/v3/user').reply(200, { login: 'kim' });
  ghes.get('/api/v3/rate_limit').reply(404);
  ghes.get('/api/v3/repos/octo/harbor').reply(200, { full_name: 'octo/harbor', default_branch: 'main' });
  ghes.get(/commits/).reply(200, { total_count: 0 });
  const lacking = { code: 'undefinedField', typeName: 'Issue', fieldName: 'subIssues' };
  ghes
    .post('/api/graphql', ({ query }) => query.includes('subIssues'))
    .reply(200, { errors: [{ message: 'x', extensions: lacking }] });
  ghes
    .post('/api/graphql', ({ query }) => !query.includes('subIssues'))
    .reply(200, { data: { repository: { issues: { totalCount: 2 } } } });
  onTestFinished(() => nock.cleanAll());
  const client = connectWithToken({ token: 'kims-token', apiUrl: 'https://ghe.example.com/api/v3', pace: 'sandbox' });
  const probes = await probeAccess(client, REPOSITORY);
  expect(probes.filter(({ ok }) => !ok)).toEqual([
    {
      feature: 'sub-issues',
      ok: false,
      detail:
        'This GitHub server does not have Issue.subIssues, which Parasol needs to read sub-issues of octo/harbor.',
      permission: null,
      unlocks: 'umbrellas and their children',
    },
  ]);
  await expect(loadUmbrella(client, UMBRELLA)).rejects.toMatchObject({
    code: 'github_unavailable',
    message: 'This GitHub server does not have Issue.subIssues, which Parasol needs to read octo/harbor#1.',
    hint: expect.stringContaining('`parasol doctor`'),
  });
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

it('fails for a token that GitHub does not know', async () => {
  const { client } = await connect(umbrellaWorld(1), { token: 'made-up' });
  await expect(probeAccess(client, null)).rejects.toMatchObject({ code: 'unauthenticated' });
});

it('names no permission for what is not there', async () => {
  const { client } = await connect(umbrellaWorld(1));
  const probes = await probeAccess(client, { owner: 'octo', repo: 'nowhere' });
  expect(probes[2]).toMatchObject({ feature: 'repository', ok: false, permission: null });
});

it('stops at the first request that does not reach GitHub', async () => {
  const { sandbox, client } = await connect(umbrellaWorld(1));
  await sandbox.close();
  const before = client.usage().requests;
  await expect(probeAccess(client, REPOSITORY)).rejects.toMatchObject({
    code: 'github_unavailable',
    message: expect.stringContaining('ECONNREFUSED'),
  });
  expect(client.usage().requests - before).toBeLessThanOrEqual(3);
});
