import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/core/failure.ts';
import type { UmbrellaSnapshot } from '../../src/core/umbrella/snapshot.ts';
import type { GitHubClient } from '../../src/github/client.ts';
import { connectWithToken } from '../../src/github/connect-with-token.ts';
import { loadUmbrella } from '../../src/github/load-umbrella.ts';
import { editPullRequest } from '../../src/sandbox/actions/edit-pull-request.ts';
import { mergePullRequest } from '../../src/sandbox/actions/merge-pull-request.ts';
import { openIssue } from '../../src/sandbox/actions/open-issue.ts';
import { pushCommits, pushToDefaultBranch } from '../../src/sandbox/actions/push-commits.ts';
import { reportCheckRun } from '../../src/sandbox/actions/report-checks.ts';
import { advanceClock } from '../../src/sandbox/create-world.ts';
import type { Sandbox } from '../../src/sandbox/start-sandbox.ts';
import type { World } from '../../src/sandbox/world.ts';
import { addPull, connect, HARBOR, harbor, UMBRELLA, umbrellaWorld } from './umbrella-world.ts';

/** The umbrella #1, its child #2, and 130 pull requests of no task, #3 to #132, two minutes apart. */
function busyWorld(): World {
  const world = umbrellaWorld(1);
  for (let n = 1; n <= 130; n += 1) {
    advanceClock(world, 120);
    addPull(world, { title: `Other ${n}`, branch: `other-${n}` });
  }
  return world;
}

/** How many pages each sweep took since the log was last asked. */
function pagesIn(sandbox: Sandbox) {
  const asked = sandbox.requests.entries.map(({ operation }) => operation);
  sandbox.requests.reset();
  const count = (name: string) => asked.filter((operation) => operation === name).length;
  return { pulls: count('PullRequestSweep'), commits: count('BaseCommits') };
}

/** What a client without any memory reads of the same world. */
async function readAnew(sandbox: Sandbox, ref = UMBRELLA): Promise<UmbrellaSnapshot> {
  const client = connectWithToken({ token: 'kims-token', apiUrl: sandbox.apiUrl, pace: 'sandbox' });
  const snapshot = await loadUmbrella(client, ref, { now: () => '' });
  sandbox.requests.reset();
  return snapshot;
}

async function sweptOnce(world: World, ref = UMBRELLA) {
  const { sandbox, client: working } = await connect(world);
  const outage = { ofLaterPages: false };
  const graphql: GitHubClient['graphql'] = (query, variables, options) =>
    outage.ofLaterPages && query.includes('query PullRequestSweep') && variables?.after !== null
      ? Promise.reject(new UserError('github_unavailable', 'GitHub answered 503.', 'Try again.'))
      : working.graphql(query, variables, options);
  const client: GitHubClient = { ...working, graphql };
  const load = (of = ref) => loadUmbrella(client, of, { now: () => '' });
  await load();
  const firstPages = pagesIn(sandbox);
  return { sandbox, load, firstPages, outage };
}

describe('a second sweep of pull requests', () => {
  it('of an unchanged world costs one page, and knows all that the first one read', async () => {
    const { sandbox, load, firstPages } = await sweptOnce(busyWorld());
    const second = await load();
    expect([firstPages.pulls, pagesIn(sandbox).pulls]).toEqual([2, 1]);
    expect(second).toEqual(await readAnew(sandbox));
    expect(second.pullRequests.size).toBe(130);
  });

  it('sees an old one that was edited, and a new one', async () => {
    const world = busyWorld();
    const { sandbox, load } = await sweptOnce(world);
    advanceClock(world, 120);
    editPullRequest(world, 'ravi', { item: harbor(3), title: 'P1.M1.T1 Gate' });
    addPull(world, { title: 'New', branch: 'p1.m1.t1-new', base: 'next' });
    const second = await load();
    expect(pagesIn(sandbox).pulls).toBe(1);
    expect(second).toEqual(await readAnew(sandbox));
    expect([3, 133].map((n) => second.pullRequests.get(`octo/harbor#${n}`)?.title)).toEqual(['P1.M1.T1 Gate', 'New']);
  });

  it('sees an edit in the very second in which the last one was changed', async () => {
    const world = busyWorld();
    const { sandbox, load } = await sweptOnce(world);
    editPullRequest(world, 'ravi', { item: harbor(132), title: 'Renamed at once' });
    const second = await load();
    expect(second.pullRequests.get('octo/harbor#132')?.title).toBe('Renamed at once');
    expect(second).toEqual(await readAnew(sandbox));
  });

  it('forgets commits that were pushed away', async () => {
    const world = busyWorld();
    const item = addPull(world, { title: 'Gate', body: 'Closes #2', branch: 'gate', commits: ['one', 'two', 'three'] });
    const { sandbox, load } = await sweptOnce(world);
    advanceClock(world, 120);
    const record = world.repositories.get(HARBOR)?.pullRequests.get(item.number);
    record?.commits.splice(0, 3);
    pushCommits(world, 'ravi', { repository: HARBOR, branch: 'gate', commits: ['all in one'] });
    const second = await load();
    expect(second.pullRequests.get('octo/harbor#133')?.commits).toMatchObject({ value: [{ message: 'all in one' }] });
    expect(second).toEqual(await readAnew(sandbox));
  });

  it('reads anew for an umbrella whose tasks are older, and then remembers as far', async () => {
    const world = busyWorld();
    const young = openIssue(world, 'kim', { repository: HARBOR, title: 'P2.M1 The next one' });
    addPull(world, { title: 'Late', branch: 'late' });
    const ref = { ...UMBRELLA, number: young.number };
    const { sandbox, load, firstPages } = await sweptOnce(world, ref);
    const old = await load(UMBRELLA);
    expect([firstPages.pulls, pagesIn(sandbox).pulls]).toEqual([1, 2]);
    expect(old).toEqual(await readAnew(sandbox));
    const youngAgain = await load(ref);
    expect(youngAgain).toEqual(await readAnew(sandbox, ref));
    await load(UMBRELLA);
    expect(pagesIn(sandbox).pulls).toBe(1);
  });

  it('that fails halfway loses none, neither then nor afterwards', async () => {
    const world = busyWorld();
    const { sandbox, load, outage } = await sweptOnce(world);
    for (let n = 1; n <= 110; n += 1) {
      advanceClock(world, 120);
      editPullRequest(world, 'ravi', { item: harbor(2 + n), title: `Renamed ${n}` });
    }
    outage.ofLaterPages = true;
    const failed = await load();
    expect(failed.gaps).toEqual([{ cause: 'unavailable', what: 'pull requests of octo/harbor' }]);
    expect(failed.pullRequests.size).toBe(130);
    outage.ofLaterPages = false;
    expect(await load()).toEqual(await readAnew(sandbox));
  });

  it('that is refused hands out nothing remembered', async () => {
    const world = busyWorld();
    const { load } = await sweptOnce(world);
    const token = world.tokens.get('kims-token');
    if (token !== undefined)
      world.tokens.set('kims-token', { ...token, permissions: { issues: 'read', contents: 'read' } });
    const { pullRequests, gaps } = await load();
    expect([pullRequests.size, gaps.map(({ cause }) => cause)]).toEqual([0, ['forbidden']]);
  });

  it('answered from before the first one loses none', async () => {
    const world = busyWorld();
    const { sandbox, client } = await connect(world);
    sandbox.faults.staleReads({ forMs: 60_000 });
    addPull(world, { title: 'Fresh', branch: 'fresh' });
    await loadUmbrella(client, UMBRELLA);
    sandbox.faults.clear();
    const second = await loadUmbrella(client, UMBRELLA, { now: () => '' });
    expect(second).toEqual(await readAnew(sandbox));
  });

  it('reads anew in a repository that is no longer public', async () => {
    const world = busyWorld();
    const { sandbox, load } = await sweptOnce(world);
    const repository = world.repositories.get(HARBOR);
    if (repository !== undefined) repository.visibility = 'private';
    const second = await load();
    expect(pagesIn(sandbox).pulls).toBe(2);
    expect(new Set([...second.pullRequests.values()].map(({ visibility }) => visibility))).toEqual(
      new Set(['private']),
    );
  });

  it('takes no check from the memory', async () => {
    const world = umbrellaWorld(1);
    const item = addPull(world, { title: 'P1.M1.T1', branch: 'gate', base: 'next' });
    const { load } = await sweptOnce(world);
    const sha = world.repositories.get(HARBOR)?.pullRequests.get(item.number)?.headSha ?? '';
    reportCheckRun(world, 'ravi', { repository: HARBOR, sha, name: 'test', conclusion: 'failure' });
    expect((await load()).pullRequests.get('octo/harbor#3')?.checks).toMatchObject({ value: { state: 'failure' } });
  });

  it('by another client reads for itself', async () => {
    const { sandbox } = await sweptOnce(busyWorld());
    const other = connectWithToken({ token: 'kims-token', apiUrl: sandbox.apiUrl, pace: 'sandbox' });
    await loadUmbrella(other, UMBRELLA);
    expect(pagesIn(sandbox).pulls).toBe(2);
  });
});

describe('a second sweep of the default branch', () => {
  function longBranch(): World {
    const world = umbrellaWorld(1);
    const item = addPull(world, { title: 'Gate', body: 'Closes #2', branch: 'gate' });
    mergePullRequest(world, 'kim', { item });
    for (let n = 1; n <= 130; n += 1) {
      advanceClock(world, 60);
      pushToDefaultBranch(world, 'kim', { repository: HARBOR, commits: [`step ${n}`] });
    }
    return world;
  }

  it('of an unchanged branch costs one page', async () => {
    const { sandbox, load, firstPages } = await sweptOnce(longBranch());
    const second = await load();
    expect([firstPages.commits, pagesIn(sandbox).commits]).toEqual([2, 1]);
    expect(second).toEqual(await readAnew(sandbox));
  });

  it('sees what was pushed since', async () => {
    const world = longBranch();
    const { sandbox, load } = await sweptOnce(world);
    advanceClock(world, 60);
    pushToDefaultBranch(world, 'kim', { repository: HARBOR, commits: ['one more'] });
    const second = await load();
    expect(pagesIn(sandbox).commits).toBe(1);
    expect(second.baseCommits.get(HARBOR)?.at(-1)?.message).toBe('one more');
    expect(second).toEqual(await readAnew(sandbox));
  });

  it('sees older commits that a merge brought in between', async () => {
    const world = longBranch();
    const item = addPull(world, { title: 'Late', branch: 'late', commits: ['long ago'] });
    for (let n = 1; n <= 120; n += 1) {
      advanceClock(world, 60);
      pushToDefaultBranch(world, 'kim', { repository: HARBOR, commits: [`later ${n}`] });
    }
    const { sandbox, load } = await sweptOnce(world);
    mergePullRequest(world, 'kim', { item });
    const second = await load();
    expect(second.baseCommits.get(HARBOR)?.map(({ message }) => message)).toContain('long ago');
    expect(second).toEqual(await readAnew(sandbox));
  });
});
