import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parseConfig } from '../../../src/core/config.ts';
import { UserError } from '../../../src/core/failure.ts';
import { loadWorldFile } from '../../../src/sandbox/load-world/load-world-file.ts';
import { parseWorldFile } from '../../../src/sandbox/load-world/parse-world-file.ts';
import { loadWorld } from '../../../src/sandbox/load-world.ts';
import type { World } from '../../../src/sandbox/world.ts';

const HEAD = `now: 2026-03-10T00:00:00Z
owners: { octo: Octo }
users: { kim: Kim, ravi: Ravi }
repositories:
  octo/home:
    created: -30d
    collaborators: { kim: admin, ravi: write }
    labels: { bug: 123456, big: 5319e7, told: { description: Said } }
    milestones: [{ title: One, due: +5d }]
`;
const load = (rest: string, now: string | null = null) => loadWorldFile({ path: 'w.yml', text: HEAD + rest, now });
const home = (world: World) => {
  const repository = world.repositories.get('octo/home');
  if (repository === undefined) throw new Error('no repository');
  return repository;
};

test('an issue is opened, linked, assigned, talked about and closed at the times that the file gives', () => {
  const world = load(`    issues:
      - { title: Parent, opened: -20d, children: [2] }
      - title: Child
        opened: -10d
        by: ravi
        labels: [bug]
        milestone: One
        assignees: { ravi: -5d }
        branch: ravi/child
        comments: [{ by: kim, at: -1d12h, body: Ready? }]
        closed: { as: not_planned, at: -1d, by: kim }
`);
  expect(home(world).issues.get(2)).toMatchObject({
    author: 'ravi',
    milestone: 1,
    createdAt: '2026-02-28T00:00:00Z',
    closedAt: '2026-03-09T00:00:00Z',
    closedBy: 'kim',
    stateReason: 'not_planned',
    parent: { repository: 'octo/home', number: 1 },
    linkedBranches: [{ name: 'ravi/child' }],
    comments: [{ author: 'kim', createdAt: '2026-03-08T12:00:00Z' }],
    timeline: [
      { kind: 'milestoned_event', createdAt: '2026-02-28T00:00:00Z', subject: { milestone: 'One' } },
      { kind: 'labeled_event', createdAt: '2026-02-28T00:00:00Z' },
      { kind: 'parent_issue_added_event', createdAt: '2026-02-28T00:00:00Z' },
      { kind: 'assigned_event', createdAt: '2026-03-05T00:00:00Z' },
      { kind: 'closed_event', createdAt: '2026-03-09T00:00:00Z' },
    ],
  });
  expect([home(world).issues.get(1)?.author, world.now()]).toEqual(['kim', '2026-03-10T00:00:00Z']);
});

test('a pull request lives through drafts, checks, reviews and its merge, and closes its issue', () => {
  const world = load(`    issues: [{ number: 1, title: Task, opened: -9d }]
    pull_requests:
      - number: 2
        title: Work
        by: ravi
        opened: -8d
        ready: -7d
        branch: work
        closes: [1]
        files: [a.ts, { path: b.ts, status: added, additions: 5, text: B }]
        requires: 1
        reviewers: [kim]
        reviews: [{ by: kim, at: -6d, state: changes_requested }, { by: kim, at: -5d, state: approved }]
        checks: { test: success, lint: pending }
        statuses: { deploy: failure }
        merged: { at: -4d, by: kim }
      - { number: 3, reverts: 2, by: kim, opened: -3d, branch: revert-2, merged: -3d }
      - { number: 4, reverts: 3, by: ravi, opened: -2d, branch: revert-3, conflicting: true }
`);
  const { issues, pullRequests, commits, files } = home(world);
  const [work, revert, again] = [2, 3, 4].map((number) => pullRequests.get(number));
  expect(issues.get(1)).toMatchObject({ state: 'closed', closedAt: '2026-03-06T00:00:00Z', closedBy: 'kim' });
  expect(work).toMatchObject({
    state: 'merged',
    isDraft: false,
    body: 'Closes #1',
    reviewRequests: [],
    reviews: [{ state: 'changes_requested' }, { state: 'approved', submittedAt: '2026-03-05T00:00:00Z' }],
    files: [
      { path: 'a.ts', status: 'modified' },
      { path: 'b.ts', additions: 5 },
    ],
  });
  expect(commits.get(work?.headSha ?? '')).toMatchObject({
    checkRuns: [
      { name: 'test', conclusion: 'success' },
      { name: 'lint', status: 'in_progress' },
    ],
    statuses: [{ context: 'deploy', state: 'failure' }],
  });
  expect([revert?.title, revert?.body, again?.title, again?.mergeable, files.get('b.ts')]).toEqual([
    'Revert "Work"',
    'Reverts octo/home#2',
    'Revert "Revert "Work""',
    'conflicting',
    'B',
  ]);
  expect(commits.get(revert?.headSha ?? '')?.message).toBe(
    `Revert "Work"\n\nThis reverts commit ${work?.mergeCommitSha}.`,
  );
});

test('an issue says in the fields of its organization what the file gives, since then', () => {
  const text = `${HEAD}    issues:
      - title: Task
        opened: -9d
        fields: { evidence: 'https://ci.example/7', Effort: { value: 3, at: -2d, by: ravi } }
issue_fields:
  octo: { Evidence: { visibility: all }, Effort: number, Size: { type: single_select, options: [small] } }
`;
  const world = loadWorldFile({ path: 'w.yml', text, now: null });
  expect(home(world).issues.get(1)).toMatchObject({
    updatedAt: '2026-03-08T00:00:00Z',
    fieldValues: [
      { value: 'https://ci.example/7', field: { name: 'Evidence', type: 'text', visibility: 'all' } },
      { value: 3, field: { name: 'Effort', type: 'number', visibility: 'org_only' } },
    ],
  });
});

test('relative times count from another moment when one is given', () => {
  const world = load('    issues: [{ title: A, opened: -1d }]\n', '2027-01-02T00:00:00Z');
  expect([home(world).issues.get(1)?.createdAt, world.now()]).toEqual(['2027-01-01T00:00:00Z', '2027-01-02T00:00:00Z']);
});

test('a repository merges in every way, with a merge commit first, unless the file says how', () => {
  const methods = [load(''), load('    merge_methods: [squash, rebase]\n')].map((world) => home(world).mergeMethods);
  expect(methods).toEqual([
    ['merge', 'squash', 'rebase'],
    ['squash', 'rebase'],
  ]);
});

test('colours that YAML would read as numbers stay colours', () => {
  const { labels, milestones } = home(load(''));
  expect([...labels.values()].map(({ name, color }) => [name, color])).toEqual([
    ['bug', '123456'],
    ['big', '5319e7'],
    ['told', 'ededed'],
  ]);
  expect(milestones.get(1)?.dueOn).toBe('2026-03-15T00:00:00Z');
});

test.each([
  ['    issues: [{ titel: A }]', 'w.yml:10: repositories.octo/home.issues[0] has the unknown key titel'],
  [
    '    issues:\n      - title: A\n        opened: yesterday',
    'w.yml:12: repositories.octo/home.issues[0].opened must be a time',
  ],
  [
    '    issues: [{ title: A, closed: yes }]',
    'issues[0].closed "yes" is none of completed, not_planned, duplicate, or: ',
  ],
  ['    issues: [{ title: A, by: nobody }]', 'issues[0].by nobody is called "nobody"'],
  ['    issues: [{ title: A, children: [9] }]', 'issues[0].children there is no octo/home#9'],
  ['    issues: [{ title: A, milestone: Two }]', 'there is no milestone "Two"'],
  ['    issues: [{ number: 1, title: A }, { number: 1, title: B }]', 'issues[1] the number 1 is taken'],
  ['    issues: [{ title: A, opened: -1d, closed: { as: completed, at: -2d } }]', 'happens before the item is opened'],
  ['    issues: [{ title: A, opened: -1d, closed: { as: completed, at: +2d } }]', 'happens in the future'],
  [
    '    issues: [{ title: A, children: [2, 3] }, { title: B }, { title: C, children: [2] }]',
    'GitHub would refuse: Sub issue may only have one parent',
  ],
  ['    pull_requests: [{ by: kim, opened: -1d, branch: b }]', 'pull_requests[0].title is missing'],
  [
    '    pull_requests: [{ title: A, by: kim, opened: -1d, branch: b, draft: true, merged: 0 }]',
    'GitHub would refuse: Pull Request is still a draft',
  ],
  ['    issues: [{ title: A, fields: { Effort: 3 } }]', 'GitHub would refuse: octo has no field "Effort"'],
  ['issue_fields: { kim: { Effort: number } }', 'w.yml:10: issue_fields.kim is a person'],
  ['    fork_of: octo/none', 'fork_of there is no octo/none yet'],
  ['    issues: [', 'w.yml:'],
])('%s is refused with line, place and fix', (rest, message) => {
  const error = catchError(() => load(rest));
  expect(error).toBeInstanceOf(UserError);
  expect(error).toMatchObject({
    code: 'world_invalid',
    message: expect.stringContaining(message),
    hint: expect.stringMatching(/\w/),
  });
});

test.each([
  ['is nested too deep', `issues: ${'['.repeat(5_000)}`, 'w.yml:1: the file is nested deeper than 20 levels'],
  ['repeats itself by aliases', `a: &a [x]\nb: [${'*a, '.repeat(1_001)}]`, 'uses aliases more than 1000 times'],
  ['is too long', '#'.repeat(4_096 * 1_024 + 1), 'w.yml:1: the file is larger than 4096 KB'],
  ['has a second document', 'repositories: {}\n---\na: 1', 'w.yml:2: a second document starts here'],
])('a file that %s is refused', (_what, text, message) => {
  const error = catchError(() => parseWorldFile('w.yml', text));
  expect(error).toMatchObject({ code: 'world_invalid', message: expect.stringContaining(message) });
});

test('the example in the description of world files fits the format', async () => {
  const page = await readFile('fixtures/worlds/README.md', 'utf8');
  const example = /```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
  const { file } = parseWorldFile('README.md', example);
  expect(Object.keys(file.repositories)).toEqual(['tidewater/harbor']);
});

test('the tiny world has one umbrella, three children, an App on it and a token', async () => {
  const world = await loadWorld('fixtures/worlds/tiny.yml');
  const tiny = world.repositories.get('octo/tiny');
  expect([tiny?.issues.size, tiny?.issues.get(1)?.children.length, tiny?.pullRequests.size]).toEqual([4, 3, 1]);
  expect([...world.installations.values()]).toMatchObject([{ account: 'octo', repositories: 'all' }]);
  expect([...world.apps.values()][0]?.privateKey).toMatch(/^-----BEGIN PRIVATE KEY-----/);
  expect(world.tokens.get('kim-token')).toMatchObject({ kind: 'user', login: 'kim', permissions: null });
});

test('commits that come after an approval leave it at the older head, and a squash keeps nothing of the branch', () => {
  const world = load(`    pull_requests:
      - number: 1
        title: Work
        by: ravi
        opened: -8d
        branch: work
        reviews: [{ by: kim, at: -7d, state: approved }]
        pushes: [{ at: -6d, commits: [More], files: [{ path: a.ts, status: added, text: A }] }]
        merged: { at: -4d, by: kim, method: squash }
`);
  const { pullRequests, commits, files } = home(world);
  const work = pullRequests.get(1);
  const messageOf = (sha: string | null | undefined) => commits.get(sha ?? '')?.message;
  const merge = commits.get(work?.mergeCommitSha ?? '');
  expect({
    approved: messageOf(work?.reviews[0]?.commitSha),
    head: messageOf(work?.headSha),
    merge: [merge?.message, merge?.parents.length],
    file: files.get('a.ts'),
  }).toEqual({ approved: 'Work', head: 'More', merge: ['Work (#1)', 1], file: 'A' });
});

test('the harbor world has what a coordinator meets in a normal week', async () => {
  const world = await loadWorld('fixtures/worlds/harbor.yml');
  const repositories = [...world.repositories.values()];
  const issues = repositories.flatMap((repository) => [...repository.issues.values()]);
  const pulls = repositories.flatMap((repository) => [...repository.pullRequests.values()]);
  const umbrellas = issues.filter(({ children }) => children.length > 0);
  expect({
    umbrellas: umbrellas.length,
    nested: umbrellas.filter(({ parent }) => parent !== null).length,
    tasks: issues.length - umbrellas.length,
    elsewhere: umbrellas
      .flatMap(({ children }) => children)
      .filter(({ repository }) => repository !== 'tidewater/harbor').length,
    drafts: pulls.filter(({ isDraft }) => isDraft).length,
    forks: pulls.filter(({ headRepository }) => headRepository === 'yuki/harbor').length,
    conflicting: pulls.filter(({ mergeable }) => mergeable === 'conflicting').length,
    onReleaseBranch: pulls.filter(({ baseRefName }) => baseRefName === 'release/3.1').length,
    reverts: pulls.filter(({ title }) => title.startsWith('Revert ')).length,
    conflicts: world.loadConflicts,
  }).toEqual({
    umbrellas: 6,
    nested: 1,
    tasks: 43,
    elsewhere: 13,
    drafts: 1,
    forks: 1,
    conflicting: 1,
    onReleaseBranch: 1,
    reverts: 3,
    conflicts: [],
  });
});

test('the configurations in the harbor world are valid', async () => {
  const world = await loadWorld('fixtures/worlds/harbor.yml');
  const read = (repository: string) => {
    const text = world.repositories.get(repository)?.files.get('.github/parasol.yml') ?? '';
    return parseConfig({ text, ownerText: null });
  };
  const { config, problems } = read('tidewater/harbor');
  const pilot = read('tidewater/harbor-pilot');
  expect([pilot.problems, pilot.config.readiness.criteria]).toEqual([
    [],
    { present_on_base: 'blocking', gate_backlog: 'blocking', backports: 'blocking' },
  ]);
  expect([problems, config.tasks.artifacts, Object.keys(config.lanes)]).toEqual([
    [],
    [{ field: 'Evidence', from: 'implemented', is: 'url' }],
    ['api', 'data', 'web', 'docs'],
  ]);
});

function catchError(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}
