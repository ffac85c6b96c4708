import { Probot, ProbotOctokit } from 'probot';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openIssue } from '../../../src/sandbox/actions/open-issue.ts';
import { advanceClock } from '../../../src/sandbox/create-world.ts';
import { APP_KEYS, type Running, runSmallWorld, send, signAppToken } from '../http/small-world.ts';

const PORT = { owner: 'harbor', repo: 'port' };

let running: Running;

beforeEach(async () => {
  running = await runSmallWorld();
});

afterEach(() => running.sandbox.close());

const tokenPath = () => `/app/installations/${running.installation.id}/access_tokens`;
const issue = async (body: object) => {
  const token = await signAppToken(running.app);
  return send(running.sandbox, tokenPath(), { method: 'POST', token, body: JSON.stringify(body) });
};

describe('an unmodified Probot', () => {
  test('signs in as the App and comments as its bot, also long after the story has moved on', async () => {
    openIssue(running.world, 'kim', { repository: 'harbor/port', title: 'Quay' });
    const probot = new Probot({
      appId: running.app.id,
      privateKey: APP_KEYS.privateKey,
      baseUrl: running.sandbox.apiUrl,
      logLevel: 'fatal',
      Octokit: ProbotOctokit.defaults((options: { throttle?: object }) => ({
        ...options,
        throttle: { ...options.throttle, enabled: false },
        retry: { enabled: false },
      })),
    });
    const app = await probot.auth();
    const { data: installations } = await app.rest.apps.listInstallations();
    const bot = await probot.auth(installations[0]?.id);
    const first = await bot.rest.issues.createComment({ ...PORT, issue_number: 1, body: 'rollup' });
    advanceClock(running.world, 7 * 86_400);
    await bot.rest.issues.updateComment({ ...PORT, comment_id: first.data.id, body: 'newer rollup' });
    const written = running.port.issues.get(1)?.comments.map(({ author, body }) => ({ author, body }));
    expect(written).toEqual([{ author: 'parasol[bot]', body: 'newer rollup' }]);
    const operations = running.sandbox.requests.entries.map(({ operation }) => operation);
    expect(operations).toEqual([
      'apps/list-installations',
      'apps/create-installation-access-token',
      'issues/create-comment',
      'issues/update-comment',
    ]);
  });
});

describe('installation tokens', () => {
  test('last an hour and carry all that was granted', async () => {
    const { status, body } = await issue({});
    expect([status, body]).toEqual([
      201,
      {
        token: expect.stringMatching(/^ghs_[0-9a-f]{36}$/),
        expires_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        permissions: running.installation.permissions,
        repository_selection: 'all',
      },
    ]);
  });

  test('are narrowed to repositories by name or id, and to permissions', async () => {
    const { id } = running.port;
    const byName = await issue({ repositories: ['port'], permissions: { issues: 'read' } });
    const byId = await issue({ repository_ids: [id] });
    const narrowed = { repository_selection: 'selected', repositories: [expect.objectContaining({ id })] };
    expect(byName.body).toMatchObject({ ...narrowed, permissions: { issues: 'read', metadata: 'read' } });
    expect(byId.body).toMatchObject(narrowed);
  });

  test('reach only what they were narrowed to', async () => {
    const { body } = await issue({ repositories: ['port'], permissions: { issues: 'read' } });
    const token = /"token":"([^"]+)"/.exec(JSON.stringify(body))?.[1] ?? '';
    const ask = (path: string) => send(running.sandbox, path, { token });
    const listed = await ask('/installation/repositories');
    const statuses = [
      (await ask('/repos/harbor/port/issues')).status,
      (await ask('/repos/harbor/port/pulls')).status,
      (await ask('/repos/harbor/vault/issues')).status,
    ];
    expect([listed.body, statuses]).toEqual([
      { total_count: 1, repository_selection: 'selected', repositories: [expect.objectContaining({ name: 'port' })] },
      [200, 403, 404],
    ]);
  });

  test.each([
    [
      'a permission',
      { permissions: { administration: 'write' } },
      'The permissions requested are not granted to this installation.',
    ],
    [
      'a level',
      { permissions: { metadata: 'write' } },
      'The permissions requested are not granted to this installation.',
    ],
    [
      'a repository',
      { repositories: ['elsewhere'] },
      'There is at least one repository that does not exist or is not accessible to the parent installation.',
    ],
    [
      'a word that is no level',
      { permissions: { issues: 'all' } },
      'Invalid request.\n\n"all" is not a level of "issues".',
    ],
  ])('are refused for %s that the installation does not have', async (_, body, message) => {
    const answer = await issue(body);
    expect([answer.status, answer.body]).toEqual([422, expect.objectContaining({ message })]);
  });

  test('are for the App alone: other tokens and bad JWTs get 401', async () => {
    const early = await signAppToken(running.app, { issuedIn: 300 });
    const answers = await Promise.all(
      [early, 'kim-token', undefined].map((token) =>
        send(running.sandbox, tokenPath(), { method: 'POST', body: '{}', ...(token === undefined ? {} : { token }) }),
      ),
    );
    expect(answers.map(({ status, body }) => [status, body])).toEqual([
      [401, expect.objectContaining({ message: expect.stringContaining("'Issued at' claim") })],
      [401, expect.objectContaining({ message: 'A JSON web token could not be decoded' })],
      [401, expect.objectContaining({ message: 'A JSON web token could not be decoded' })],
    ]);
  });
});

describe('finding an installation', () => {
  test('by repository, organization and id; 404 where the App is not installed', async () => {
    const token = await signAppToken(running.app);
    const { id } = running.installation;
    const ask = async (path: string) => (await send(running.sandbox, path, { token })).body;
    const found = expect.objectContaining({ id, app_id: running.app.id, repository_selection: 'all' });
    expect([
      await ask('/repos/harbor/port/installation'),
      await ask('/orgs/harbor/installation'),
      await ask(`/app/installations/${id}`),
      await ask('/users/kim/installation'),
      await ask('/repos/harbor/nowhere/installation'),
    ]).toEqual([found, found, found, ...Array(2).fill(expect.objectContaining({ message: 'Not Found' }))]);
  });
});
