import { expect, test } from 'vitest';
import { addUserToken } from '../../../src/sandbox/create-world.ts';
import { loadWorldFile } from '../../../src/sandbox/load-world/load-world-file.ts';
import { startSandbox } from '../../../src/sandbox/start-sandbox.ts';
import { ask, dataOf, person } from '../graphql/ask.ts';
import { send } from '../http/small-world.ts';

const FILE = `now: 2026-03-10T00:00:00Z
owners: { octo: Octo }
users: { kim: Kim, ravi: Ravi }
repositories:
  octo/home:
    created: -30d
    collaborators: { kim: admin, ravi: write }
    branches: [release/1]
    required_checks: [test]
    required_approvals: 1
    pull_requests:
      - { number: 1, title: First, by: ravi, opened: -9d, branch: first, reviews: [{ by: kim, at: -8d, state: approved }], checks: { test: [failure, success], lint: skipped }, merged: -8d }
      - { number: 2, title: Second, by: ravi, opened: -2d, branch: second, requires: 0, checks: { test: pending }, statuses: { test: success, deploy: success } }
    runs:
      - { workflow: CI, at: -8d, attempts: [failure, { as: success, at: -7d }], checks: { test: success, lint: [success, success] } }
      - { workflow: CI, at: -6d, attempts: [cancelled] }
      - { workflow: Nightly, at: 0, event: schedule, branch: release/1, attempts: [pending], by: kim }
      - { workflow: Docs, at: -1d, pull_request: 2, checks: { build: neutral } }
`;
const load = (text = FILE) => {
  const world = loadWorldFile({ path: 'w.yml', text, now: null });
  const home = world.repositories.get('octo/home');
  if (home === undefined) throw new Error('no repository');
  return { world, home };
};

test('runs are tried at their times, on the heads that there were', () => {
  const { home } = load();
  const merge = home.pullRequests.get(1)?.mergeCommitSha;
  const told = home.workflowRuns.map(({ workflow, runNumber, event, headSha, headBranch, attempts }) => [
    ...[
      workflow,
      runNumber,
      event,
      headBranch,
      headSha === merge ? 'merge' : headSha === home.branches.get('release/1') ? 'root' : 'head',
    ],
    attempts.map(({ conclusion, startedAt, completedAt, jobs }) => [
      ...[conclusion, startedAt.slice(5, 16), completedAt?.slice(5, 16)],
      jobs.map((job) => `${job.name} ${job.conclusion}`).join(),
    ]),
  ]);
  expect(told).toEqual([
    [
      ...['CI', 1, 'pull_request', 'first', 'head'],
      [
        ['failure', '03-01T00:00', '03-01T00:00', 'test failure,lint skipped'],
        ['success', '03-01T00:10', '03-01T00:10', 'test success,lint skipped'],
      ],
    ],
    [
      ...['CI', 2, 'push', 'main', 'merge'],
      [
        ['failure', '03-02T00:00', '03-02T00:05', 'test failure,lint success'],
        ['success', '03-03T00:00', '03-03T00:05', 'test success,lint success'],
      ],
    ],
    [...['CI', 3, 'push', 'main', 'merge'], [['cancelled', '03-04T00:00', '03-04T00:05', 'CI cancelled']]],
    [...['CI', 4, 'pull_request', 'second', 'head'], [[null, '03-08T00:00', undefined, 'test null']]],
    [...['Docs', 1, 'pull_request', 'second', 'head'], [['neutral', '03-09T00:00', '03-09T00:05', 'build neutral']]],
    [...['Nightly', 1, 'schedule', 'release/1', 'root'], [[null, '03-10T00:00', undefined, 'Nightly null']]],
  ]);
});

test('REST lists runs by what is asked for, with attempts and jobs, for those who may read Actions', async () => {
  const { world, home } = load();
  const sandbox = await startSandbox({ world });
  addUserToken(world, { token: 'blind', login: 'kim', permissions: { checks: 'read' } });
  const read = async (path: string) =>
    (await send(sandbox, `/repos/octo/home/actions${path}`)).body as Record<string, unknown>;
  const names = async (query: string) => {
    const { total_count, workflow_runs } = await read(`/runs?${query}`);
    const shown = workflow_runs as {
      name: string;
      run_number: number;
      run_attempt: number;
      conclusion: string | null;
    }[];
    return [total_count, shown.map((run) => `${run.name} ${run.run_number}.${run.run_attempt} ${run.conclusion}`)];
  };
  expect(await names('per_page=2')).toEqual([6, ['Nightly 1.1 null', 'Docs 1.1 neutral']]);
  expect(await names('branch=main')).toEqual([2, ['CI 3.1 cancelled', 'CI 2.2 success']]);
  expect(await names(`head_sha=${home.pullRequests.get(2)?.headSha}`)).toEqual([
    2,
    ['Docs 1.1 neutral', 'CI 4.1 null'],
  ]);
  expect(await names('event=schedule&actor=kim')).toEqual([1, ['Nightly 1.1 null']]);
  expect(await names('status=success')).toEqual([2, ['CI 2.2 success', 'CI 1.2 success']]);
  expect(await names('status=in_progress&created=>=2026-03-09')).toEqual([1, ['Nightly 1.1 null']]);
  const id = home.workflowRuns[1]?.id;
  const first = await read(`/runs/${id}/attempts/1`);
  expect([first.run_attempt, first.conclusion, first.previous_attempt_url]).toEqual([1, 'failure', null]);
  expect(await read(`/runs/${id}/attempts/3`)).toMatchObject({ message: 'Not Found' });
  expect(await read(`/runs/${id}/jobs`)).toMatchObject({
    total_count: 2,
    jobs: [{ name: 'test', run_attempt: 2, conclusion: 'success' }, { name: 'lint' }],
  });
  const refused = await send(sandbox, '/repos/octo/home/actions/runs', { token: 'blind' });
  expect([refused.status, refused.headers.get('x-accepted-github-permissions')]).toEqual([403, 'actions=read']);
  await sandbox.close();
});

const SUITES = `{ repository(owner: "octo", name: "home") { defaultBranchRef { target { ... on Commit { history(first: 1) { nodes {
  statusCheckRollup { state }
  checkSuites(first: 5) { nodes { conclusion workflowRun { databaseId runNumber event workflow { name } url } checkRuns(first: 5) { nodes { name conclusion completedAt } } } }
} } } } } } }`;

test('GraphQL tells which run a check suite belongs to, each run having its own', () => {
  const { world, home } = load();
  const path = (index: number) => `/octo/home/actions/runs/${home.workflowRuns[index]?.id}`;
  const run = (index: number, number: number) => ({
    ...{ databaseId: home.workflowRuns[index]?.id, runNumber: number, event: 'push', workflow: { name: 'CI' } },
    url: expect.stringMatching(`${path(index)}$`),
  });
  const check = (name: string, conclusion: string, completedAt: string) => ({ name, conclusion, completedAt });
  expect(dataOf(world, SUITES)).toEqual({
    repository: {
      defaultBranchRef: {
        target: {
          history: {
            nodes: [
              {
                statusCheckRollup: { state: 'FAILURE' },
                checkSuites: {
                  nodes: [
                    {
                      conclusion: 'SUCCESS',
                      workflowRun: run(1, 2),
                      checkRuns: {
                        nodes: [
                          check('test', 'FAILURE', '2026-03-02T00:05:00Z'),
                          check('lint', 'SUCCESS', '2026-03-02T00:05:00Z'),
                          check('test', 'SUCCESS', '2026-03-03T00:05:00Z'),
                          check('lint', 'SUCCESS', '2026-03-03T00:05:00Z'),
                        ],
                      },
                    },
                    {
                      conclusion: 'CANCELLED',
                      workflowRun: run(2, 3),
                      checkRuns: { nodes: [check('CI', 'CANCELLED', '2026-03-04T00:05:00Z')] },
                    },
                  ],
                },
              },
            ],
          },
        },
      },
    },
  });
});

test('rules say which checks are required and how many approvals', async () => {
  const { world, home } = load();
  const contexts =
    'contexts(first: 9) { nodes { __typename ... on CheckRun { name isRequired(pullRequestNumber: 2) } ... on StatusContext { context isRequired(pullRequestNumber: 2) } } }';
  const query = `{ repository(owner: "octo", name: "home") { pullRequest(number: 2) { statusCheckRollup { ${contexts} } } } }`;
  expect(JSON.stringify(dataOf(world, query)).match(/"(?:name|context)":"\w+","isRequired":\w+/g)).toEqual([
    '"name":"test","isRequired":true',
    '"name":"build","isRequired":false',
    '"context":"test","isRequired":true',
    '"context":"deploy","isRequired":false',
  ]);
  const unnamed = ask(world, person('kim'), query.replaceAll('isRequired(pullRequestNumber: 2)', 'isRequired'));
  expect(JSON.stringify(unnamed)).toContain('Please provide a pull request ID');
  expect([1, 2].map((number) => home.pullRequests.get(number)?.requiredApprovals)).toEqual([1, 0]);
  const sandbox = await startSandbox({ world });
  const { body } = await send(sandbox, '/repos/octo/home/rules/branches/main');
  expect(body).toMatchObject([
    { type: 'pull_request', parameters: { required_approving_review_count: 1 } },
    { type: 'required_status_checks', parameters: { required_status_checks: [{ context: 'test' }] } },
  ]);
  expect((await send(sandbox, '/repos/octo/home/rules/branches/release/1')).body).toEqual([]);
  await sandbox.close();
});

test('a run on a branch that is not there is refused', () => {
  expect(() => load(FILE.replace('branch: release/1', 'branch: nowhere'))).toThrow('there is no branch nowhere then');
});
