import { describe, expect, it } from 'vitest';
import { loadUmbrella } from '../../src/github/load-umbrella.ts';
import { closeIssue } from '../../src/sandbox/actions/close-issue.ts';
import { mergePullRequest } from '../../src/sandbox/actions/merge-pull-request.ts';
import { openIssue } from '../../src/sandbox/actions/open-issue.ts';
import { pushToDefaultBranch } from '../../src/sandbox/actions/push-commits.ts';
import { requestReview } from '../../src/sandbox/actions/request-review.ts';
import { advanceClock } from '../../src/sandbox/create-world.ts';
import {
  ALL_PERMISSIONS,
  addAppToken,
  addPull,
  connect,
  HARBOR,
  operationsOf,
  UMBRELLA,
  umbrellaWorld,
} from './umbrella-world.ts';

const PULL = 'octo/harbor#3';

describe('the pull-request sweep', () => {
  it('finds a planned id in a branch, and reads the reviews and checks of what it found', async () => {
    const world = umbrellaWorld(1);
    const pull = addPull(world, { title: 'Gate', branch: 'p1.m1.t1-gate', base: 'next' });
    requestReview(world, 'ravi', { item: pull, reviewers: ['noor'] });
    const { sandbox, client } = await connect(world);
    const { pullRequests } = await loadUmbrella(client, UMBRELLA);
    expect(operationsOf(sandbox)).toEqual(['Umbrella', 'PullRequestSweep', 'PullRequests']);
    expect(pullRequests.get(PULL)).toMatchObject({
      isDefaultBase: false,
      reviewRequests: { known: true, value: ['noor'] },
      checks: { known: true, value: { state: 'none', total: 0, unfinished: [] } },
      commits: { known: true, value: [{ message: 'Gate' }] },
    });
  });

  it('finds a closing keyword on a branch that GitHub does not read it for', async () => {
    const world = umbrellaWorld(1);
    addPull(world, { title: 'Gate', body: 'Fixes #2', branch: 'gate', base: 'next' });
    const { client } = await connect(world);
    const { tasks, pullRequests } = await loadUmbrella(client, UMBRELLA);
    expect(tasks.get('octo/harbor#2')?.closingPullRequests).toEqual({ known: true, value: [] });
    expect(pullRequests.get(PULL)?.reviews).toEqual({ known: true, value: [] });
  });

  it('asks nothing more about pull requests that belong to no task', async () => {
    const world = umbrellaWorld(1);
    addPull(world, { title: 'Unrelated', branch: 'unrelated' });
    const { sandbox, client } = await connect(world);
    const { pullRequests } = await loadUmbrella(client, UMBRELLA);
    expect(operationsOf(sandbox)).toEqual(['Umbrella', 'PullRequestSweep']);
    expect(pullRequests.get(PULL)?.reviews).toEqual({
      known: false,
      gap: { cause: 'truncated', what: 'reviews of octo/harbor#3 (not asked for)' },
    });
  });

  it('knows the texts and commits of pull requests that the first call read without them', async () => {
    const world = umbrellaWorld(1);
    addPull(world, { title: 'Gate', body: 'Closes #2', branch: 'gate', commits: ['one', 'two'] });
    const { client } = await connect(world);
    const { pullRequests } = await loadUmbrella(client, UMBRELLA);
    expect(pullRequests.get(PULL)).toMatchObject({
      reviews: { known: true },
      commits: { known: true, value: [{ message: 'one' }, { message: 'two' }] },
    });
  });

  it('stops at pull requests that were last changed before the oldest task was opened', async () => {
    const world = umbrellaWorld(0);
    for (let n = 0; n < 150; n += 1) addPull(world, { title: `Old ${n}`, branch: `old-${n}` });
    advanceClock(world, 3600);
    const { number } = openIssue(world, 'kim', { repository: HARBOR, title: 'P2.M1 The next one' });
    addPull(world, { title: 'New', branch: 'new' });
    const { sandbox, client } = await connect(world);
    const { pullRequests } = await loadUmbrella(client, { ...UMBRELLA, number });
    expect(operationsOf(sandbox)).toEqual(['Umbrella', 'PullRequestSweep']);
    expect([...pullRequests.values()].map(({ title }) => title)).toEqual(['New']);
  });

  it('goes on without pull requests when GitHub fails, and says so', async () => {
    const { sandbox, client } = await connect(umbrellaWorld(1));
    sandbox.faults.failNext({ match: { operation: 'PullRequestSweep' }, status: 503, times: 20 });
    const { tasks, gaps } = await loadUmbrella(client, UMBRELLA);
    expect([tasks.size, gaps]).toEqual([2, [{ cause: 'unavailable', what: 'pull requests of octo/harbor' }]]);
  });
});

describe('commits on the default branch', () => {
  function revertedWorld() {
    const world = umbrellaWorld(1);
    const pull = addPull(world, { title: 'Gate', body: 'Closes #2', branch: 'gate' });
    pushToDefaultBranch(world, 'kim', { repository: HARBOR, commits: ['before the merge'] });
    advanceClock(world, 60);
    const { mergeCommitSha } = mergePullRequest(world, 'kim', { item: pull });
    advanceClock(world, 60);
    pushToDefaultBranch(world, 'kim', {
      repository: HARBOR,
      commits: [`Revert\n\nThis reverts commit ${mergeCommitSha}.`],
    });
    return world;
  }

  it('are read since the first merge of a linked pull request, oldest first', async () => {
    const { sandbox, client } = await connect(revertedWorld());
    const { baseCommits } = await loadUmbrella(client, UMBRELLA);
    expect(operationsOf(sandbox)).toEqual(['Umbrella', 'PullRequestSweep', 'BaseCommits']);
    const messages = baseCommits.get('octo/harbor')?.map(({ message }) => message.split('\n')[0]);
    expect(messages?.at(-1)).toBe('Revert');
    expect(messages).not.toContain('before the merge');
  });

  it('are a gap without the permission', async () => {
    const world = revertedWorld();
    const { contents: _, ...others } = ALL_PERMISSIONS;
    addAppToken(world, 'poor-token', others);
    const { client } = await connect(world, { token: 'poor-token' });
    const { gaps } = await loadUmbrella(client, UMBRELLA);
    expect(gaps).toContainEqual({
      cause: 'forbidden',
      what: 'commits on the default branch of octo/harbor',
      permission: 'contents: read',
    });
  });

  it('are not read when nothing was merged', async () => {
    const world = umbrellaWorld(1);
    closeIssue(world, 'kim', { item: { repository: HARBOR, number: 2 } });
    const { sandbox, client } = await connect(world);
    await loadUmbrella(client, UMBRELLA);
    expect(operationsOf(sandbox)).not.toContain('BaseCommits');
  });
});
