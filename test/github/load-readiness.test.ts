import { describe, expect, test } from 'vitest';
import type { GitHubClient } from '../../src/github/client.ts';
import { loadReadiness } from '../../src/github/load-readiness.ts';
import { editIssue } from '../../src/sandbox/actions/edit-issue.ts';
import { addSubIssue } from '../../src/sandbox/actions/link-sub-issue.ts';
import { openIssue } from '../../src/sandbox/actions/open-issue.ts';
import { reportCheckRun, reportStatus } from '../../src/sandbox/actions/report-checks.ts';
import { requestReview } from '../../src/sandbox/actions/request-review.ts';
import { setClock } from '../../src/sandbox/clock.ts';
import { addRepository } from '../../src/sandbox/create-world.ts';
import type { World } from '../../src/sandbox/world.ts';
import { headOfMain, loadScope, questionOf, readinessWorld, repositoryOf } from './readiness-world.ts';
import { ALL_PERMISSIONS, addAppToken, connect, HARBOR, harbor, operationsOf } from './umbrella-world.ts';

const key = (number: number) => `octo/harbor#${number}`;

describe('the scope', () => {
  test.each([
    ['#1', 'umbrella:octo/harbor#1', 'P1.M1 Harbour gates', [2, 3], [5, 6]],
    ['P1.M1', 'umbrella:octo/harbor#1', 'P1.M1 Harbour gates', [2, 3], [5, 6]],
    ['milestone:harbor 3.1', 'milestone:Harbor 3.1', 'Harbor 3.1', [2, 3], [5, 6]],
    ['milestone:1', 'milestone:Harbor 3.1', 'Harbor 3.1', [2, 3], [5, 6]],
    ['label:Release Blocker', 'label:Release Blocker', 'tasks labelled Release Blocker', [4], []],
    ['phase:P2', 'phase:P2', 'phase P2', [4], []],
    ['phase:2', 'phase:2', 'phase 2', [4], []],
    ['phase:P1', 'phase:P1', 'phase P1', [1, 2, 3], [5, 6]],
    ['query:in:title Gate', 'query:in:title Gate', 'tasks found by in:title Gate', [2, 3, 4], [5, 6]],
    ['query:*', 'query:*', 'tasks found by *', [1, 2, 3, 4], [5, 6]],
    ['query:is:issue is:closed', 'query:is:issue is:closed', 'tasks found by is:issue is:closed', [], []],
    ['query:is:open', 'query:is:open', 'tasks found by is:open', [1, 2, 3, 4], [5, 6]],
    ['since:60d', 'since:60d', 'merged in the last 60 days', [2], [5]],
    ['since:1d', 'since:1d', 'merged in the last day', [], []],
  ])('%s holds its tasks and their pull requests', async (asked, selector, title, tasks, pullRequests) => {
    const { loaded } = await loadScope(readinessWorld(), asked);
    expect(loaded.scope).toMatchObject({ selector, title, baseBranch: 'main' });
    expect([...loaded.tasks].sort()).toEqual(tasks.map(key));
    expect([...loaded.pullRequests].sort()).toEqual(pullRequests.map(key));
    expect(loaded.work.gaps).toEqual([]);
  });

  test('holds what stands under an umbrella that is in it', async () => {
    const world = readinessWorld();
    openIssue(world, 'kim', { repository: HARBOR, title: 'Paint' });
    addSubIssue(world, 'kim', { parent: harbor(4), child: harbor(7) });
    const { loaded } = await loadScope(world, 'label:release blocker');
    expect([...loaded.tasks]).toEqual([key(4), key(7)]);
  });

  test.each([
    ['milestone:Harbour 9', 'not_found', 'octo/harbor has no milestone "Harbour 9".', 'Open are "Harbor 3.1".'],
    ['#99', 'not_found', 'octo/harbor#99', ''],
    ['branch:release/9', 'not_found', 'octo/harbor has no branch "release/9"', 'branch:release/3.1'],
    ['branch:mian', 'not_found', 'octo/harbor has no branch "mian"', 'near it is branch:main'],
    ['since:v9', 'not_found', 'octo/harbor has no tag "v9".', 'since:30d'],
  ])('%s that is not there ends it, and says what is', async (asked, code, message, hint) => {
    const expected = { code, message: expect.stringContaining(message), hint: expect.stringContaining(hint) };
    await expect(loadScope(readinessWorld(), asked)).rejects.toThrow(expect.objectContaining(expected));
  });

  test('takes few calls', async () => {
    const { sandbox } = await loadScope(readinessWorld(), 'milestone:Harbor 3.1');
    expect(operationsOf(sandbox).map((operation) => operation ?? 'repos/get-branch-rules')).toEqual([
      'Config',
      'Milestones',
      'FilteredTasks',
      'PullRequestSweep',
      'PullRequests',
      'BaseCommits',
      'repos/get-branch-rules',
      'repos/get-branch',
      'BaseRuns',
      'ReleaseBranches',
      'repos/get-content',
    ]);
  });
});

describe('the base', () => {
  test.each([['milestone:Harbor 3.1'], ['since:60d']])(
    'of %s that the configuration misspells is in doubt',
    async (scope) => {
      const world = readinessWorld();
      repositoryOf(world).branches.set('maintenance', headOfMain(world));
      repositoryOf(world).files.set('.github/parasol.yml', 'readiness: { base: mainn }\n');
      const { loaded } = await loadScope(world, scope);
      const key = 'readiness.base in .github/parasol.yml of octo/harbor';
      const gap = {
        cause: 'invalid',
        what: `the base: octo/harbor has no branch "mainn", which ${key} names`,
        repository: { owner: 'octo', repo: 'harbor' },
        help: `set ${key} to a branch that is there, such as main, or leave it out`,
      };
      expect(loaded.scope).toMatchObject({ baseBranch: 'main', isBaseInDoubt: true, baseSha: null });
      expect(loaded.baseCommits).toEqual({ known: false, gap });
      expect(loaded.work.gaps).toEqual([gap]);
    },
  );

  test('comes with its newest commits and what ran on each', async () => {
    const world = readinessWorld();
    const sha = headOfMain(world);
    reportStatus(world, 'ravi', { repository: HARBOR, sha, context: 'deploy', state: 'pending' });
    reportCheckRun(world, 'ravi', { repository: HARBOR, sha, name: 'lint', conclusion: 'timed_out' });
    const { loaded } = await loadScope(world, '#1');
    expect(loaded.scope.baseSha).toBe(sha);
    const [newest] = loaded.baseCommits.known ? loaded.baseCommits.value : [];
    const run = { workflow: null, attempt: 1, earlier: [], isOwn: false };
    expect(newest).toMatchObject({
      sha,
      runs: {
        known: true,
        value: [
          { ...run, name: 'test', conclusion: 'success', completedAt: expect.any(String), url: expect.any(String) },
          { ...run, name: 'lint', conclusion: 'timed_out', completedAt: expect.any(String), url: expect.any(String) },
          { ...run, name: 'deploy', conclusion: 'pending', completedAt: null, url: null },
        ],
      },
    });
  });
});

describe('times', () => {
  test('say since when a reviewer has been asked, the last time counting', async () => {
    const world = readinessWorld();
    setClock(world, '2026-03-05T09:00:00Z');
    requestReview(world, 'ravi', { item: harbor(6), reviewers: ['noor'] });
    const { loaded } = await loadScope(world, '#1');
    expect([...loaded.reviewRequests]).toEqual([[key(6), [{ reviewer: 'noor', requestedAt: '2026-03-05T09:00:00Z' }]]]);
  });

  test.each([
    ['#1', [2, 3]],
    ['label:release blocker', [4]],
    ['phase:P1', [1, 2, 3]],
  ])('say since when what is in %s is there, where a freeze is configured', async (scope, tasks) => {
    const world = readinessWorld();
    repositoryOf(world).files.set('.github/parasol.yml', 'readiness: { freeze: 2026-03-10 }\n');
    const { loaded } = await loadScope(world, scope);
    expect([...loaded.scopedAt]).toEqual(tasks.map((number) => [key(number), '2026-03-02T09:00:00Z']));
    const without = await loadScope(readinessWorld(), scope);
    expect([...without.loaded.scopedAt]).toEqual([]);
  });

  test('in a milestone count from when it was given last, or from the beginning; what was never told is unknown', async () => {
    const world = readinessWorld();
    repositoryOf(world).files.set('.github/parasol.yml', 'readiness: { freeze: 2026-03-10 }\n');
    setClock(world, '2026-03-05T09:00:00Z');
    openIssue(world, 'kim', { repository: HARBOR, title: 'Paint', milestone: 1 });
    editIssue(world, 'kim', { item: harbor(2), milestone: null });
    editIssue(world, 'kim', { item: harbor(2), milestone: 1 });
    setClock(world, '2026-03-12T09:00:00Z');
    editIssue(world, 'kim', { item: harbor(4), milestone: 1 });
    const { loaded } = await loadScope(world, 'milestone:Harbor 3.1');
    expect(Object.fromEntries(loaded.scopedAt)).toEqual({
      [key(2)]: '2026-03-05T09:00:00Z',
      [key(3)]: null,
      [key(4)]: '2026-03-12T09:00:00Z',
      [key(7)]: '2026-03-05T09:00:00Z',
    });
  });

  test('below the umbrella count from when the last link up to it was made', async () => {
    const world = readinessWorld();
    repositoryOf(world).files.set('.github/parasol.yml', 'readiness: { freeze: 2026-03-10 }\n');
    addSubIssue(world, 'kim', { parent: harbor(4), child: harbor(add(world, 'Paint')) });
    setClock(world, '2026-03-12T09:00:00Z');
    addSubIssue(world, 'kim', { parent: harbor(1), child: harbor(4) });
    const { loaded } = await loadScope(world, '#1');
    const late = '2026-03-12T09:00:00Z';
    expect(Object.fromEntries(loaded.scopedAt)).toMatchObject({ [key(4)]: late, [key(7)]: late });
  });
});

const add = (world: World, title: string): number => openIssue(world, 'kim', { repository: HARBOR, title }).number;

describe('what may not be read', () => {
  async function coverageWithout(permission: string, scope = 'milestone:Harbor 3.1') {
    const world = readinessWorld();
    const granted = Object.entries(ALL_PERMISSIONS).filter(([name]) => name !== permission);
    addAppToken(world, 'app-token', Object.fromEntries(granted));
    const { loaded } = await loadScope(world, scope, 'app-token');
    return loaded.sources.filter(({ gaps }) => gaps.length > 0);
  }

  test.each([
    ['pull_requests', 'pull requests', 'pull_requests: read'],
    ['contents', 'configuration', 'contents: read'],
    ['contents', 'base branch', 'contents: read'],
  ])('without %s the %s tell which permission lacks', async (permission, source, needed) => {
    const sources = await coverageWithout(permission);
    const found = sources.find((one) => one.source === source);
    expect(found?.gaps).toContainEqual(expect.objectContaining({ cause: 'forbidden', permission: needed }));
  });

  test('the tasks of what was merged are missing without issues, though GitHub only leaves them out', async () => {
    const sources = await coverageWithout('issues', 'since:60d');
    expect(sources.find(({ source }) => source === 'tasks')?.gaps).toEqual([
      { cause: 'forbidden', what: 'tasks of 1 pull request', permission: 'issues: read' },
    ]);
  });

  test('a search holds what is in its repository, and nothing that it finds elsewhere', async () => {
    const { client } = await connect(readinessWorld());
    const graphql: GitHubClient['graphql'] = async <T>(...asked: Parameters<GitHubClient['graphql']>) => {
      const reply = await client.graphql<T>(...asked);
      const { search } = reply.data as { search?: { nodes: { number: number; repository: object }[] } };
      if (search === undefined) return reply;
      const nodes = search.nodes.map((node) =>
        node.number === 3 ? { ...node, repository: { ...node.repository, name: 'secrets' } } : node,
      );
      return { ...reply, data: { ...reply.data, search: { ...search, nodes } } };
    };
    const { tasks } = await loadReadiness({ ...client, graphql }, questionOf('query:in:title Gate'));
    expect([...tasks]).toEqual([key(2), key(4)]);
  });

  test('a search that finds nothing without issues tells so, and with them that there is nothing', async () => {
    const sources = await coverageWithout('issues', 'query:label:"release blocker"');
    expect(sources.find(({ source }) => source === 'tasks')?.gaps).toEqual([
      { cause: 'forbidden', what: 'issues found by label:"release blocker"', permission: 'issues: read' },
    ]);
    const { loaded } = await loadScope(readinessWorld(), 'query:label:nowhere');
    expect(loaded.sources.find(({ source }) => source === 'tasks')?.gaps).toEqual([]);
  });

  test.each([
    ['issues', '#1', 'tasks', 'the scope umbrella:octo/harbor#1 of octo/harbor', 'issues: read'],
    ['issues', 'P1.M1', 'tasks', 'the scope umbrella:P1.M1 of octo/harbor', 'issues: read'],
    ['issues', '#99', 'tasks', 'the scope umbrella:octo/harbor#99 of octo/harbor', 'issues: read'],
    ['contents', 'since:v3.0', 'releases', 'where v3.0 and main part in octo/harbor', 'contents: read'],
    ['contents', 'branch:release/3.1', 'releases', 'where main and release/3.1 part in octo/harbor', 'contents: read'],
    ['contents', 'branch:release/9', 'releases', 'where main and release/9 part in octo/harbor', 'contents: read'],
  ])(
    'without %s the scope %s is empty, and a gap of the %s says why',
    async (permission, scope, source, what, needed) => {
      const sources = await coverageWithout(permission, scope);
      const found = sources.find((one) => one.source === source);
      expect(found?.gaps).toContainEqual(expect.objectContaining({ cause: 'forbidden', what, permission: needed }));
      expect(found?.isRead).toBe(false);
    },
  );

  test('a tag of which nobody can tell whether it is there keeps its name, and nothing is taken for merged since', async () => {
    const world = readinessWorld();
    const { contents: _, ...withoutContents } = ALL_PERMISSIONS;
    addAppToken(world, 'app-token', withoutContents);
    const { loaded } = await loadScope(world, 'since:v3.0', 'app-token');
    expect(loaded.scope).toMatchObject({ selector: 'since:v3.0', title: 'merged since v3.0' });
    expect([loaded.pullRequests.size, loaded.work.gaps.length > 0]).toEqual([0, true]);
  });

  test('a private child of the umbrella counts as missing', async () => {
    const world = readinessWorld();
    addRepository(world, { owner: 'octo', name: 'vault', visibility: 'private' });
    openIssue(world, 'kim', { repository: 'octo/vault', title: 'Keys' });
    addSubIssue(world, 'kim', { parent: harbor(1), child: { repository: 'octo/vault', number: 1 } });
    const { loaded } = await loadScope(world, '#1');
    expect(loaded.work.gaps).toEqual([
      { cause: 'forbidden', what: '1 child of octo/harbor#1', permission: 'issues: read' },
    ]);
  });
});

describe('when GitHub fails', () => {
  test('a part that it does not answer is missing, and the rest is there', async () => {
    const world = readinessWorld();
    const { client, sandbox } = await connect(world);
    sandbox.faults.failNext({ status: 500, times: 50, match: { operation: 'BaseRuns' } });
    const loaded = await loadReadiness(client, questionOf('#1'));
    expect([...loaded.tasks]).toEqual([key(2), key(3)]);
    expect(loaded.baseCommits).toEqual({
      known: false,
      gap: { cause: 'unavailable', what: 'commits of main in octo/harbor' },
    });
    expect(loaded.scope.baseSha).toBeNull();
  });
});
