import { expect, it } from 'vitest';
import { DEFAULT_CONFIG } from '../../src/core/config.ts';
import { agentOfPull } from '../../src/core/reviewers/agent-of-pull.ts';
import type { ReviewSnapshot } from '../../src/core/reviewers/review-snapshot.ts';
import type { GitHubClient } from '../../src/github/client.ts';
import { connectWithToken } from '../../src/github/connect-with-token.ts';
import { startGathering } from '../../src/github/gathering.ts';
import { loadOpenPullRequests } from '../../src/github/load-open-pull-requests.ts';
import { loadReviewSnapshot } from '../../src/github/load-review-snapshot.ts';
import { loadReviewsElsewhere } from '../../src/github/load-reviews-elsewhere.ts';
import { addUserToken } from '../../src/sandbox/create-world.ts';
import { loadWorldFile } from '../../src/sandbox/load-world/load-world-file.ts';
import type { World } from '../../src/sandbox/world.ts';
import { addAppToken, connect, operationsOf } from './umbrella-world.ts';

const REPOSITORY = { owner: 'octo', repo: 'harbor' };

const WORLD = `now: 2026-03-10T12:00:00Z
owners: { octo: Octo }
users: { kim: Kim, ravi: { name: Ravi, busy: true }, noor: Noor, 'helper[bot]': Helper, guest: Guest }
repositories:
  octo/harbor:
    collaborators: { kim: admin, ravi: write, noor: write, 'helper[bot]': write }
    teams: { tides: [noor, ravi] }
    branches: [release/1]
    labels: { 'agent:ada': cccccc }
    files: { .github/CODEOWNERS: '* @kim', CODEOWNERS: '* @noor' }
    pull_requests:
      - number: 1
        title: Old
        by: noor
        opened: -9d
        branch: old
        commits: ["Work\\n\\nAgent: ada", Word]
        files: [{ path: src/a.ts, additions: 5, deletions: 2 }]
        reviewers: [kim]
        reviews: [{ by: kim, at: -8d, state: approved }]
        merged: -7d
      - number: 2
        title: Older
        by: kim
        opened: -20d
        branch: older
        closed: -19d
      - number: 3
        title: Tide tables
        by: ravi
        opened: -3d
        branch: tides
        ready: -2d
        labels: ['agent:ada']
        body: 'Agent: ada'
        commits: ["Work\\n\\nCo-authored-by: Noor <noor@users.noreply.github.com>"]
        files: [{ path: tides/a.ts, additions: 10 }]
        requests: [{ at: -1d12h, by: kim, ask: [noor, 'team:tides'] }, { at: -1d, by: noor, remove: [noor] }, { at: -20h, by: kim, ask: ['helper[bot]'] }]
        reviews: [{ by: kim, at: -1d, state: changes_requested }]
        checks: { test: pending }
        comments: [{ by: noor, at: -18h, body: I am on it. }, { by: 'helper[bot]', at: -17h, body: Built. }]
      - { number: 4, title: Backport, by: noor, opened: -1d, branch: backport, base: release/1 }
  octo/web:
    visibility: private
    collaborators: { kim: admin }
    pull_requests:
      - { title: Web, by: kim, opened: -2d, branch: web, files: [{ path: x.ts, additions: 3 }] }
tokens: { kims-token: kim }
`;

const load = (world: World = loadWorldFile({ path: 'w.yml', text: WORLD, now: null }), token = 'kims-token') =>
  connect(world, { token });

const snapshot = (client: GitHubClient, last = 10): Promise<ReviewSnapshot> =>
  loadReviewSnapshot(startGathering(client), REPOSITORY, { last });

it('an open pull request is told with who was asked and taken off, who wrote it, and what it waits for', async () => {
  const { client, sandbox } = await load();
  const { open } = await snapshot(client);
  expect(open.map(({ ref }) => ref.number)).toEqual([3, 4]);
  expect(open[0]).toEqual({
    ref: { ...REPOSITORY, number: 3 },
    title: 'Tide tables',
    url: `${sandbox.url}/octo/harbor/pull/3`,
    body: 'Agent: ada',
    state: 'open',
    isDraft: false,
    author: 'ravi',
    isBot: false,
    base: 'main',
    labels: ['agent:ada'],
    openedAt: '2026-03-07T12:00:00Z',
    endedAt: null,
    changedLines: 10,
    files: [{ path: 'tides/a.ts', changedLines: 10 }],
    asked: ['octo/tides'],
    assigned: [],
    reviews: [{ login: 'kim', isBot: false, at: '2026-03-09T12:00:00Z', state: 'changes_requested' }],
    comments: [{ login: 'noor', at: '2026-03-09T18:00:00Z', body: 'I am on it.' }],
    steps: [
      { kind: 'ready', at: '2026-03-08T12:00:00Z' },
      { kind: 'asked', at: '2026-03-09T00:00:00Z', actor: 'kim', isByBot: false, reviewer: 'noor' },
      { kind: 'asked', at: '2026-03-09T00:00:00Z', actor: 'kim', isByBot: false, reviewer: 'octo/tides' },
      { kind: 'removed', at: '2026-03-09T12:00:00Z', actor: 'noor', isByBot: false, reviewer: 'noor' },
      { kind: 'asked', at: '2026-03-09T16:00:00Z', actor: 'kim', isByBot: false, reviewer: null },
    ],
    commits: [
      {
        message: 'Work\n\nCo-authored-by: Noor <noor@users.noreply.github.com>',
        author: 'ravi',
        authoredAt: '2026-03-07T12:00:00Z',
        committedAt: '2026-03-07T12:00:00Z',
        authors: ['ravi', 'noor'],
      },
    ],
    standing: { checks: 'pending', mergeable: 'mergeable', decision: null },
  });
});

it('past ones are told with their last commits, which may name an agent, for 3 points per 50', async () => {
  const { client, sandbox } = await load();
  const { past } = await snapshot(client, 50);
  expect(past.map(({ ref, commits }) => [ref.number, commits.map(({ message }) => message)])).toEqual([
    [1, ['Work\n\nAgent: ada', 'Word']],
    [2, expect.any(Array)],
  ]);
  expect(past.map((pull) => agentOfPull(pull, DEFAULT_CONFIG.reviewers.agents))).toEqual(['ada', null]);
  const costs = sandbox.requests.entries.map(({ operation, points }) => ({ operation, points }));
  expect(costs).toContainEqual({ operation: 'PastReviews', points: 3 });
});

it('past ones come last changed first, people with their busy status, teams with their members, CODEOWNERS by base', async () => {
  const { client, sandbox } = await load();
  const { past, people, teams, codeowners, viewer, defaultBranch, gaps } = await snapshot(client);
  expect(past.map(({ ref, state, endedAt, standing }) => [ref.number, state, endedAt, standing])).toEqual([
    [1, 'merged', '2026-03-03T12:00:00Z', null],
    [2, 'closed', '2026-02-19T12:00:00Z', null],
  ]);
  expect(people).toEqual({
    known: true,
    value: [
      { login: 'kim', isBusy: false, canApprove: true },
      { login: 'ravi', isBusy: true, canApprove: true },
      { login: 'noor', isBusy: false, canApprove: true },
    ],
  });
  expect(teams).toEqual({ known: true, value: [{ name: 'octo/tides', members: ['noor', 'ravi'], isHere: true }] });
  expect(codeowners).toEqual({
    known: true,
    value: new Map([
      ['main', { path: '.github/CODEOWNERS', text: '* @kim', byteSize: 6 }],
      ['release/1', { path: '.github/CODEOWNERS', text: '* @kim', byteSize: 6 }],
    ]),
  });
  expect([viewer, defaultBranch, gaps]).toEqual([{ login: 'kim', role: 'admin' }, 'main', []]);
  expect(operationsOf(sandbox)).toEqual([
    'OpenReviews',
    'PastReviews',
    'ReviewViewer',
    'Codeowners',
    'ReviewPeople',
    'ReviewTeams',
  ]);
});

const ownersWith = async (files: string) => {
  const text = WORLD.replace(/files: \{ \.github.*\}/, `files: ${files}`);
  const { client } = await load(loadWorldFile({ path: 'w.yml', text, now: null }));
  const { codeowners, gaps } = await snapshot(client);
  return { found: codeowners.known ? codeowners.value.get('main') : codeowners, gaps };
};

it.each([
  ['the first of three places', "{ CODEOWNERS: '* @noor', docs/CODEOWNERS: '* @kim' }", 'CODEOWNERS'],
  ['the last where there is no other', "{ docs/CODEOWNERS: '* @kim' }", 'docs/CODEOWNERS'],
  [
    'one without a word before one with rules',
    "{ .github/CODEOWNERS: '', CODEOWNERS: '* @kim' }",
    '.github/CODEOWNERS',
  ],
])('CODEOWNERS is read from %s', async (_, files, path) => {
  expect(await ownersWith(files)).toMatchObject({ found: { path }, gaps: [] });
});

it('a CODEOWNERS that GraphQL cuts is a gap, and one that GitHub itself does not read is told with its size', async () => {
  const fileOf = (bytes: number) => `{ CODEOWNERS: '${'* @kim'.padEnd(bytes)}' }`;
  expect(await ownersWith(fileOf(600 * 1024))).toEqual({
    found: undefined,
    gaps: [
      { cause: 'truncated', what: 'CODEOWNERS of octo/harbor on main' },
      { cause: 'truncated', what: 'CODEOWNERS of octo/harbor on release/1' },
    ],
  });
  const large = await ownersWith(fileOf(3 * 1024 * 1024));
  expect(large).toMatchObject({ found: { path: 'CODEOWNERS', byteSize: 3 * 1024 * 1024 }, gaps: [] });
});

it('lists of open pull requests and of teams that go on are gaps, one for each kind', async () => {
  const range = (count: number): readonly number[] => Array.from({ length: count }, (_, n) => n);
  const files = range(101).map((n) => `src/${n}.ts`);
  const reviews = range(51).map(() => '{ by: kim, at: -1d, state: commented }');
  const requests = range(26).flatMap(() => [
    '{ at: -1d, by: noor, ask: [kim] }',
    '{ at: -1d, by: noor, remove: [kim] }',
  ]);
  const commits = range(21).map((n) => `Part ${n}`);
  const crowd = range(101).map((n) => `person${n}`);
  const long = `{ title: Long, by: noor, opened: -3d, branch: long, files: [${files}], reviews: [${reviews}], requests: [${requests}], commits: [${commits}] }`;
  const wide = `{ title: Wide, by: noor, opened: -2d, branch: wide, files: [${files}] }`;
  const text = WORLD.replace('guest: Guest }', `guest: Guest, ${crowd.map((login) => `${login}: P`).join(', ')} }`)
    .replace('tides: [noor, ravi]', `tides: [${crowd}]`)
    .replace('  octo/web:', `      - ${long}\n      - ${wide}\n  octo/web:`);
  const { client } = await load(loadWorldFile({ path: 'w.yml', text, now: null }));
  const { gaps, teams } = await snapshot(client);
  expect(gaps.map(({ cause, what }) => `${cause}: ${what}`)).toEqual([
    'truncated: files beyond the first 100 of octo/harbor#5 and 1 more',
    'truncated: reviews beyond the first 50 of octo/harbor#5',
    'truncated: steps before the last 50 of octo/harbor#5',
    'truncated: commits before the last 20 of octo/harbor#5',
    'truncated: members of octo/tides beyond the first 100',
  ]);
  expect(teams.known && teams.value[0]?.members).toHaveLength(100);
});

it('of the past no more is read than was asked for', async () => {
  const { client } = await load();
  expect((await snapshot(client, 1)).past.map(({ ref }) => ref.number)).toEqual([1]);
});

it('what a token may not read is named with the permission that would help', async () => {
  const world = loadWorldFile({ path: 'w.yml', text: WORLD, now: null });
  addAppToken(world, 'app-token', { metadata: 'read', pull_requests: 'read' });
  const { client } = await load(world, 'app-token');
  const { open, teams, codeowners, gaps, viewer } = await snapshot(client);
  expect(open[0]?.standing?.checks).toBe('unknown');
  expect([teams.known, codeowners.known, viewer.role]).toEqual([false, false, null]);
  expect(gaps).toEqual([
    {
      cause: 'forbidden',
      what: 'teams asked for review of the open pull requests of octo/harbor',
      permission: 'members: read',
    },
    {
      cause: 'forbidden',
      what: 'checks of the open pull requests of octo/harbor',
      permission: 'checks: read, statuses: read',
    },
    { cause: 'forbidden', what: 'CODEOWNERS of octo/harbor', permission: 'contents: read' },
    { cause: 'forbidden', what: 'teams of octo', permission: 'members: read' },
  ]);
});

it('to an outsider the teams of an organization are unknown, and not none', async () => {
  const world = loadWorldFile({ path: 'w.yml', text: WORLD, now: null });
  addUserToken(world, { token: 'guests-token', login: 'guest' });
  const { client } = await load(world, 'guests-token');
  const { teams, viewer } = await snapshot(client);
  expect([teams, viewer]).toEqual([
    { known: false, gap: { cause: 'forbidden', what: 'teams of octo', permission: 'members: read' } },
    { login: 'guest', role: 'read' },
  ]);
});

it('whether an approval would count is told with the people, in no call more; to whom GitHub shows no roles it is unknown', async () => {
  const world = loadWorldFile({ path: 'w.yml', text: WORLD.replace('noor: write', 'noor: triage'), now: null });
  addUserToken(world, { token: 'guests-token', login: 'guest' });
  const roles = async (token?: string) => {
    const { client, sandbox } = await load(world, token);
    const { people, gaps } = await snapshot(client);
    const calls = operationsOf(sandbox).filter((operation) => operation === 'ReviewPeople').length;
    const of = people.known ? people.value.map(({ login, canApprove }) => [login, canApprove]) : [];
    return { of, calls, gaps: gaps.filter(({ what }) => what.startsWith('who may approve')) };
  };
  expect(await roles()).toEqual({
    of: [
      ['kim', true],
      ['ravi', true],
      ['noor', false],
    ],
    calls: 1,
    gaps: [],
  });
  expect(await roles('guests-token')).toEqual({
    of: [
      ['kim', null],
      ['ravi', null],
      ['noor', null],
    ],
    calls: 1,
    gaps: [{ cause: 'forbidden', what: 'who may approve in octo/harbor', permission: 'write access' }],
  });
});

it('what waits for people in other repositories is found in one call for ten of them', async () => {
  const world = loadWorldFile({
    path: 'w.yml',
    text: WORLD.replace('{ kim: admin }', '{ kim: admin, noor: write }').replace(
      'branch: web,',
      'branch: web, reviewers: [noor],',
    ),
    now: null,
  });
  const { client, sandbox } = await load(world);
  const found = await loadReviewsElsewhere(startGathering(client), REPOSITORY, ['noor', 'ravi']);
  expect(
    [...found].map(([login, pulls]) => [login, pulls.map(({ ref, changedLines }) => [ref.repo, changedLines])]),
  ).toEqual([
    ['noor', [['web', 3]]],
    ['ravi', []],
  ]);
  expect(operationsOf(sandbox)).toEqual(['ReviewsElsewhere']);
});

it('what waits on its author in other repositories is told with the changes, the pushes and who is asked again', async () => {
  const text = WORLD.replace('{ kim: admin }', '{ kim: admin, noor: write, ravi: write }').replace(
    /\n {6}- \{ title: Web.*/,
    `
      - title: Web
        by: kim
        opened: -3d
        branch: web
        requests: [{ at: -3d, by: kim, ask: [noor, ravi] }, { at: -1d, by: kim, ask: [ravi] }]
        reviews: [{ by: ravi, at: -2d, state: changes_requested }]
        pushes: [{ at: -1d, commits: [Fix], files: [x.ts] }]
      - title: Owed
        by: kim
        opened: -3d
        branch: owed
        requests: [{ at: -3d, by: kim, ask: [noor, ravi] }]
        reviews: [{ by: ravi, at: -2d, state: changes_requested }]`,
  );
  const { client, sandbox } = await load(loadWorldFile({ path: 'w.yml', text, now: null }));
  const found = await loadReviewsElsewhere(startGathering(client), REPOSITORY, ['noor']);
  const told = found.get('noor')?.map(({ title, asked, reviews, commits }) => ({
    ...{ title, asked },
    reviews: reviews.map(({ login, at }) => [login, at]),
    pushedAt: commits.at(-1)?.committedAt,
  }));
  const reviews = [['ravi', '2026-03-08T12:00:00Z']];
  expect(told?.toSorted((one, other) => one.title.localeCompare(other.title))).toEqual([
    { title: 'Owed', asked: ['noor'], reviews, pushedAt: '2026-03-07T12:00:00Z' },
    { title: 'Web', asked: ['noor', 'ravi'], reviews, pushedAt: '2026-03-09T12:00:00Z' },
  ]);
  expect(operationsOf(sandbox)).toEqual(['ReviewsElsewhere']);
});

it('changes requested elsewhere are told only with the commits that may answer them', async () => {
  const author = { __typename: 'User', login: 'ravi' };
  const review = {
    __typename: 'PullRequestReview',
    author,
    state: 'CHANGES_REQUESTED',
    submittedAt: '2026-03-08T12:00:00Z',
  };
  const found = { __typename: 'PullRequest', state: 'OPEN', repository: { name: 'web', owner: { login: 'octo' } } };
  const graphql = async () => ({
    data: {
      p0: { nodes: [{ ...found, author: null, answers: { nodes: [review, null] } }], pageInfo: { hasNextPage: false } },
    },
    problems: [],
  });
  const gathering = startGathering({ ...connectWithToken({ token: null }), graphql } as unknown as GitHubClient);
  const [pull] = (await loadReviewsElsewhere(gathering, REPOSITORY, ['noor'])).get('noor') ?? [];
  expect(pull?.reviews).toEqual([]);
});

it('of whom it was not looked, or not looked to the end, is a gap with how many and who', async () => {
  const many = Array.from(
    { length: 31 },
    (_, n) => `      - { title: Web, by: kim, opened: -2d, branch: web${n}, reviewers: [noor] }`,
  );
  const text = WORLD.replace('{ kim: admin }', '{ kim: admin, noor: write, ravi: write }').replace(
    /\n {6}- \{ title: Web.*/,
    `\n${many.join('\n')}\n      - { title: One, by: kim, opened: -2d, branch: one, reviewers: [ravi] }`,
  );
  const { client, sandbox } = await load(loadWorldFile({ path: 'w.yml', text, now: null }));
  const gathering = startGathering(client);
  const others = Array.from({ length: 41 }, (_, n) => (n === 38 ? 'ravi' : `somebody${n}`));
  const found = await loadReviewsElsewhere(gathering, REPOSITORY, ['noor', ...others]);
  expect([found.size, found.get('noor')?.length, found.get('ravi')?.length]).toEqual([40, 30, 1]);
  expect(gathering.gaps).toEqual([
    { cause: 'truncated', what: 'review requests of 2 of 42 people in other repositories of octo' },
    { cause: 'truncated', what: 'review requests beyond the first 30 of noor in other repositories of octo' },
  ]);
  expect(operationsOf(sandbox)).toEqual(Array(4).fill('ReviewsElsewhere'));
});

it('a pull request elsewhere that is refused is a gap, and the others are told', async () => {
  const path = ['p0', 'nodes', 0];
  const graphql = async () => ({
    data: { p0: { nodes: [null], pageInfo: { hasNextPage: false } } },
    problems: [{ type: 'FORBIDDEN', message: 'protected by single sign-on', path }],
  });
  const gathering = startGathering({ ...connectWithToken({ token: null }), graphql } as GitHubClient);
  const logins = Array.from({ length: 11 }, (_, n) => `somebody${n}`);
  expect([...(await loadReviewsElsewhere(gathering, REPOSITORY, logins)).keys()]).toEqual(['somebody0', 'somebody10']);
  expect(gathering.gaps).toEqual([
    { cause: 'forbidden', what: 'review requests in other repositories of octo', permission: 'pull_requests: read' },
  ]);
});

it('a repository that nobody may see fails and is not empty', async () => {
  const { client } = await load();
  await expect(
    loadReviewSnapshot(startGathering(client), { owner: 'octo', repo: 'hidden' }, { last: 1 }),
  ).rejects.toMatchObject({ code: 'not_found' });
});

it('pull requests that a token may not read are refused with the permission, and not called no repository', async () => {
  const world = loadWorldFile({ path: 'w.yml', text: WORLD, now: null });
  addAppToken(world, 'app-token', { metadata: 'read' });
  const { client } = await load(world, 'app-token');
  const refused = {
    code: 'forbidden',
    message: 'GitHub does not let this token read the pull requests of octo/harbor.',
    hint: 'It needs the permission pull_requests: read.',
  };
  await expect(snapshot(client)).rejects.toMatchObject(refused);
  await expect(loadOpenPullRequests(client, REPOSITORY)).rejects.toMatchObject(refused);
});
