import { generateKeyPairSync } from 'node:crypto';
import { createEmulator, type Emulator } from 'emulate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  addApp,
  addCollaborator,
  addInstallation,
  addRepository,
  addUserToken,
  createWorld,
} from '../../../src/sandbox/create-world.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start-sandbox.ts';
import { signAppToken } from '../http/small-world.ts';
import { comparePaths } from './compare-shapes.ts';

/** `emulate` knows GitHub's REST API on its own: where both answer, statuses and the answers' structure agree. */
const PERMISSIONS = { metadata: 'read', issues: 'write', pull_requests: 'write', contents: 'write' } as const;

const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

interface Server {
  readonly url: string;
  readonly jwt: string;
  readonly installationId: number;
}

let sandbox: Sandbox;
let emulator: Emulator;
let ours: Server;
let theirs: Server;

beforeAll(async () => {
  const world = createWorld();
  const port = addRepository(world, { owner: 'harbor', name: 'port', files: { 'README.md': '# port\n' } });
  for (const login of ['kim', 'ravi']) addCollaborator(world, port, login, 'admin');
  addUserToken(world, { token: 'kim-token', login: 'kim' });
  const app = addApp(world, { slug: 'parasol', permissions: PERMISSIONS, events: [], publicKey });
  const installation = addInstallation(world, { appId: app.id, account: 'harbor' });
  sandbox = await startSandbox({ world });
  ours = { url: sandbox.url, jwt: await signAppToken(app, { privateKey }), installationId: installation.id };

  const appId = 12345;
  emulator = await createEmulator({ service: 'github', port: 0, seed: seedOf(appId) });
  const jwt = await signAppToken({ ...app, id: appId }, { privateKey });
  theirs = { url: emulator.url, jwt, installationId: 100 };
});

afterAll(async () => {
  await emulator.close();
  await sandbox.close();
});

function seedOf(appId: number) {
  return {
    tokens: { 'kim-token': { login: 'kim', scopes: ['repo'] } },
    github: {
      users: [{ login: 'kim' }, { login: 'ravi' }],
      orgs: [{ login: 'harbor', members: [{ login: 'kim', role: 'admin' as const }, { login: 'ravi' }] }],
      repos: [{ owner: 'harbor', name: 'port', auto_init: true }],
      apps: [
        {
          app_id: appId,
          slug: 'parasol',
          name: 'parasol',
          private_key: privateKey,
          permissions: PERMISSIONS,
          installations: [{ installation_id: 100, account: 'harbor' }],
        },
      ],
    },
  };
}

const ISSUES = '/repos/harbor/port/issues';
const PULLS = '/repos/harbor/port/pulls';

interface Call {
  readonly name: string;
  readonly method?: string;
  readonly path: string;
  readonly body?: unknown;
  readonly as?: 'kim' | 'app' | 'nobody' | 'stranger';
  /** Where the two are known to differ, and why ours stays as it is. */
  readonly differs?: Difference;
}

interface Difference {
  readonly why: string;
  readonly statuses?: readonly [ours: number, theirs: number];
  readonly missing?: readonly string[];
  readonly extra?: readonly string[];
  /** Do not compare the bodies at all. */
  readonly bodies?: 'not compared';
}

const NO_STATUS: Difference = { why: "GitHub's errors name their status; emulate leaves it out", extra: ['status'] };
const NO_LINKS: Difference = {
  why: 'emulate has no sub-issues, dependencies and issue types',
  extra: ['issue_dependencies_summary', 'sub_issues_summary', 'type'],
};
const NO_CLIENT_ID: Difference = { why: 'emulate has no client ids', extra: ['client_id', 'target_id'] };
const UNLOCKED: Difference = {
  why: 'emulate shows the reason of a lock only while there is one',
  extra: ['active_lock_reason'],
};

/** Compared on their own, and not again wherever they are nested. */
const NESTED = [
  // Organizations: emulate shows them in a form of their own, GitHub's description says simple user.
  /(^|\.|\])(owner|account|user|organization)\./,
  // Repositories at both ends of a pull request.
  /(^|\.|\])(head|base)\.repo\./,
];

const CALLS: readonly Call[] = [
  { name: 'the own account', path: '/user' },
  {
    name: 'an unknown token',
    path: '/user',
    as: 'stranger',
    differs: { why: 'emulate lets unknown tokens in as a fallback user', statuses: [401, 200], bodies: 'not compared' },
  },
  { name: 'the own account without a token', path: '/user', as: 'nobody', differs: NO_STATUS },
  {
    name: 'a repository',
    path: '/repos/harbor/port',
    differs: {
      why: 'emulate shows fewer fields; ours fits the description',
      extra: ['network_count', 'organization', 'subscribers_count', 'web_commit_signoff_required'],
    },
  },
  { name: 'an unknown repository', path: '/repos/harbor/nowhere', differs: NO_STATUS },
  { name: 'creating a label', path: '/repos/harbor/port/labels', body: { name: 'lane:api', color: '0e8a16' } },
  {
    name: 'creating a label twice',
    path: '/repos/harbor/port/labels',
    body: { name: 'lane:api', color: '0e8a16' },
    differs: { why: 'emulate does not say which field is taken', extra: ['errors', 'status'] },
  },
  { name: 'labels', path: '/repos/harbor/port/labels' },
  { name: 'creating a milestone', path: '/repos/harbor/port/milestones', body: { title: 'v1' } },
  { name: 'milestones', path: '/repos/harbor/port/milestones' },
  {
    name: 'opening an issue',
    path: ISSUES,
    body: { title: 'Quay', body: 'Build it', labels: ['lane:api'], assignees: ['kim'] },
    differs: NO_LINKS,
  },
  { name: 'opening an issue without a title', path: ISSUES, body: { body: 'x' }, differs: NO_STATUS },
  {
    name: 'issues',
    path: `${ISSUES}?state=all`,
    differs: { ...NO_LINKS, extra: (NO_LINKS.extra ?? []).map((key) => `[].${key}`) },
  },
  { name: 'an issue', path: `${ISSUES}/1`, differs: NO_LINKS },
  { name: 'an unknown issue', path: `${ISSUES}/99`, differs: NO_STATUS },
  {
    name: 'closing an issue',
    method: 'PATCH',
    path: `${ISSUES}/1`,
    body: { state: 'closed', state_reason: 'not_planned' },
    differs: NO_LINKS,
  },
  { name: 'reopening an issue', method: 'PATCH', path: `${ISSUES}/1`, body: { state: 'open' }, differs: NO_LINKS },
  { name: 'commenting', path: `${ISSUES}/1/comments`, body: { body: 'hello' } },
  { name: 'commenting on nothing', path: `${ISSUES}/99/comments`, body: { body: 'hello' }, differs: NO_STATUS },
  { name: 'comments', path: `${ISSUES}/1/comments` },
  { name: 'labelling', path: `${ISSUES}/1/labels`, body: { labels: ['lane:api'] } },
  { name: 'labels of an issue', path: `${ISSUES}/1/labels` },
  {
    name: 'assigning',
    path: `${ISSUES}/1/assignees`,
    body: { assignees: ['ravi'] },
    differs: { ...NO_LINKS, why: `${NO_LINKS.why}; GitHub describes 201 here`, statuses: [201, 200] },
  },
  {
    name: 'writing a file',
    method: 'PUT',
    path: '/repos/harbor/port/contents/a.txt',
    body: { message: 'a', content: 'YQo=' },
  },
  { name: 'a file', path: '/repos/harbor/port/contents/a.txt' },
  { name: 'an unknown file', path: '/repos/harbor/port/contents/nowhere.txt', differs: NO_STATUS },
  {
    name: 'a branch',
    path: '/repos/harbor/port/branches/main',
    differs: {
      why: 'emulate answers with the short form of lists; the description asks for all of the commit and its protection',
      extra: [
        ...['author', 'comments_url', 'commit', 'committer', 'html_url', 'node_id', 'parents'].map(
          (key) => `commit.${key}`,
        ),
        '_links',
        'protection',
      ],
    },
  },
  { name: 'a reference', path: '/repos/harbor/port/git/ref/heads/main' },
  { name: 'commits', path: '/repos/harbor/port/commits' },
  { name: 'the permission of a collaborator', path: '/repos/harbor/port/collaborators/kim/permission' },
  { name: 'creating a branch', path: '/repos/harbor/port/git/refs', body: { ref: 'refs/heads/crane', sha: 'MAIN' } },
  {
    name: 'opening a pull request',
    path: PULLS,
    body: { title: 'Crane', head: 'crane', base: 'main', body: 'Closes #1' },
    differs: UNLOCKED,
  },
  {
    name: 'pull requests',
    path: PULLS,
    differs: {
      why: 'emulate lists pull requests in the full form, which GitHub keeps for a single one',
      missing: [
        ...['additions', 'changed_files', 'comments', 'commits', 'deletions', 'maintainer_can_modify', 'mergeable'],
        ...['mergeable_state', 'merged', 'merged_by', 'rebaseable', 'review_comments'],
      ].map((key) => `[].${key}`),
      extra: ['[].active_lock_reason'],
    },
  },
  { name: 'a pull request', path: `${PULLS}/2`, differs: UNLOCKED },
  { name: 'files of a pull request', path: `${PULLS}/2/files` },
  {
    name: 'requesting a review',
    path: `${PULLS}/2/requested_reviewers`,
    body: { reviewers: ['ravi'] },
    differs: { why: 'GitHub describes 201 and a pull request here', statuses: [201, 200], bodies: 'not compared' },
  },
  {
    name: 'requested reviewers',
    path: `${PULLS}/2/requested_reviewers`,
    differs: { why: 'emulate does not list them', statuses: [200, 404], bodies: 'not compared' },
  },
  {
    name: 'reviewing',
    path: `${PULLS}/2/reviews`,
    body: { event: 'COMMENT', body: 'fine' },
    differs: {
      why: 'GitHub describes 200 here, and no times but that of submission',
      statuses: [200, 201],
      missing: ['created_at', 'updated_at'],
    },
  },
  {
    name: 'reviews',
    path: `${PULLS}/2/reviews`,
    differs: {
      why: 'GitHub describes no times but that of submission',
      missing: ['[].created_at', '[].updated_at'],
    },
  },
  {
    name: 'a pull request as an issue',
    path: `${ISSUES}/2`,
    differs: { why: 'emulate does not see pull requests as issues', statuses: [200, 404], bodies: 'not compared' },
  },
  { name: 'merging', method: 'PUT', path: `${PULLS}/2/merge`, body: {} },
  {
    name: 'merging twice',
    method: 'PUT',
    path: `${PULLS}/2/merge`,
    body: {},
    differs: { why: 'GitHub describes 405 here', statuses: [405, 422], bodies: 'not compared' },
  },
  { name: 'an unknown pull request', path: `${PULLS}/99`, differs: NO_STATUS },
  {
    name: 'the rate limit',
    path: '/rate_limit',
    differs: {
      why: 'the sandbox keeps three budgets',
      missing: [
        'actions_runner_registration',
        'code_scanning_upload',
        'integration_manifest',
        'scim',
        'source_import',
      ].map((key) => `resources.${key}`),
    },
  },
  { name: 'the App', path: '/app', as: 'app', differs: { why: 'emulate has no client ids', extra: ['client_id'] } },
  { name: 'the App without its JWT', path: '/app', differs: NO_STATUS },
  {
    name: 'installations',
    path: '/app/installations',
    as: 'app',
    differs: { ...NO_CLIENT_ID, extra: ['[].client_id', '[].target_id'] },
  },
  { name: "a repository's installation", path: '/repos/harbor/port/installation', as: 'app', differs: NO_CLIENT_ID },
  { name: 'an installation token', path: '/app/installations/ID/access_tokens', body: {}, as: 'app' },
  {
    name: 'an installation token for too much',
    path: '/app/installations/ID/access_tokens',
    body: { permissions: { administration: 'write' } },
    as: 'app',
    differs: { why: 'emulate answers the message alone', extra: ['documentation_url', 'status'] },
  },
  { name: 'an unknown installation', path: '/app/installations/7', as: 'app', differs: NO_STATUS },
];

/** What both refuse; everything else is there and succeeds, so that two empty hands never count as alike. */
const REFUSED = CALLS.filter(
  ({ name, path }) => /^an? unknown |without|twice|for too much/.test(name) || path.includes('/99'),
);

test.each(CALLS)('both answer alike: $name', async (call) => {
  const [mine, other] = [await ask(ours, call), await ask(theirs, call)];
  const { differs } = call;
  expect(mine.status >= 400).toBe(REFUSED.includes(call));
  expect([mine.status, other.status]).toEqual(differs?.statuses ?? [mine.status, mine.status]);
  if (differs?.bodies === 'not compared') return;
  expect(comparePaths(mine.body, other.body, NESTED)).toEqual({
    missing: [...(differs?.missing ?? [])].sort(),
    extra: [...(differs?.extra ?? [])].sort(),
  });
});

async function ask(server: Server, call: Call): Promise<{ status: number; body: unknown }> {
  const { as = 'kim', body, method = body === undefined ? 'GET' : 'POST' } = call;
  const token = { kim: 'kim-token', app: server.jwt, stranger: 'stranger', nobody: null }[as];
  const text = body === undefined ? undefined : JSON.stringify(body).replace('MAIN', await headOfMain(server, body));
  const answer = await fetch(server.url + call.path.replace('ID', String(server.installationId)), {
    method,
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
    ...(text === undefined ? {} : { body: text }),
  });
  return { status: answer.status, body: await answer.json() };
}

async function headOfMain(server: Server, body: unknown): Promise<string> {
  if (!JSON.stringify(body).includes('MAIN')) return '';
  const reference = await fetch(`${server.url}/repos/harbor/port/git/ref/heads/main`, {
    headers: { authorization: 'Bearer kim-token' },
  });
  return /"sha":\s*"([0-9a-f]{40})"/.exec(await reference.text())?.[1] ?? '';
}
