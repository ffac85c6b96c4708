import { describe, expect, it } from 'vitest';
import { loadUmbrella } from '../../src/github/load-umbrella.ts';
import { addBlockedBy } from '../../src/sandbox/actions/block-issue.ts';
import { openIssue } from '../../src/sandbox/actions/open-issue.ts';
import { reportCheckRun, reportStatus } from '../../src/sandbox/actions/report-checks.ts';
import { requestReview } from '../../src/sandbox/actions/request-review.ts';
import { addRepository, addUserToken } from '../../src/sandbox/create-world.ts';
import type { World } from '../../src/sandbox/world.ts';
import {
  ALL_PERMISSIONS,
  addAppToken,
  addChild,
  addPull,
  connect,
  HARBOR,
  harbor,
  operationsOf,
  UMBRELLA,
  umbrellaWorld,
} from './umbrella-world.ts';

const CHILD = 'octo/harbor#2';
const PULL = 'octo/harbor#3';

function workedOnWorld(): World {
  const world = umbrellaWorld(1);
  world.repositories.get(HARBOR)?.files.set('.github/parasol.yml', 'version: 1\n');
  addPull(world, { title: 'P1.M1.T1 Gate 1', body: 'Closes #2', branch: 'gate-1' });
  const sha = world.repositories.get(HARBOR)?.pullRequests.get(3)?.headSha ?? '';
  reportCheckRun(world, 'ravi', { repository: HARBOR, sha, name: 'test', conclusion: 'success' });
  reportStatus(world, 'ravi', { repository: HARBOR, sha, context: 'deploy', state: 'success' });
  return world;
}

async function loadWithout(permission: string | null) {
  const world = workedOnWorld();
  const granted = Object.entries(ALL_PERMISSIONS).filter(([name]) => name !== permission);
  addAppToken(world, 'app-token', Object.fromEntries(granted));
  const { client } = await connect(world, { token: 'app-token' });
  return loadUmbrella(client, UMBRELLA);
}

describe('an App with every permission of app.yml', () => {
  it('reads all without a gap', async () => {
    const { pullRequests, gaps, configText } = await loadWithout(null);
    expect({ gaps, configText, checks: pullRequests.get(PULL)?.checks }).toEqual({
      gaps: [],
      configText: 'version: 1\n',
      checks: { known: true, value: { state: 'success', total: 2, unfinished: [] } },
    });
  });
});

describe('a permission taken away makes its facts unknown and is named', () => {
  it('checks', async () => {
    const { pullRequests } = await loadWithout('checks');
    expect(pullRequests.get(PULL)?.checks).toEqual({
      known: false,
      gap: { cause: 'forbidden', what: 'checks of octo/harbor#3', permission: 'checks: read' },
    });
  });

  it('statuses', async () => {
    const { pullRequests } = await loadWithout('statuses');
    expect(pullRequests.get(PULL)?.checks).toEqual({
      known: false,
      gap: { cause: 'forbidden', what: 'checks of octo/harbor#3', permission: 'statuses: read' },
    });
  });

  it('pull requests', async () => {
    const { tasks, gaps } = await loadWithout('pull_requests');
    expect(tasks.get(CHILD)?.closingPullRequests).toEqual({
      known: false,
      gap: { cause: 'forbidden', what: 'closing pull requests of octo/harbor#2', permission: 'pull_requests: read' },
    });
    expect(gaps).toEqual([
      { cause: 'forbidden', what: 'pull requests of octo/harbor', permission: 'pull_requests: read' },
    ]);
  });

  it('contents', async () => {
    const { configText, gaps } = await loadWithout('contents');
    expect(configText).toBeNull();
    expect(gaps).toContainEqual({
      cause: 'forbidden',
      what: '.github/parasol.yml of octo/harbor',
      permission: 'contents: read',
      about: 'configuration',
      repository: { owner: 'octo', repo: 'harbor' },
    });
  });

  it('issues: there is nothing to show', async () => {
    await expect(loadWithout('issues')).rejects.toMatchObject({
      code: 'forbidden',
      hint: 'It needs the permission issues: read.',
    });
  });
});

describe('a review that a team was asked for', () => {
  const nameless = { known: true, value: ['a team that cannot be read', 'noor'] };

  function teamWorld(): World {
    const world = workedOnWorld();
    world.repositories.get(HARBOR)?.teams.set('crane', ['lena']);
    requestReview(world, 'ravi', { item: harbor(3), reviewers: ['noor'], teams: ['crane'] });
    return world;
  }

  async function requestsFor(world: World, token: string) {
    const { sandbox, client } = await connect(world, { token });
    const { pullRequests, gaps } = await loadUmbrella(client, UMBRELLA);
    const reviewRequests = pullRequests.get(PULL)?.reviewRequests;
    const value = reviewRequests?.known ? reviewRequests.value.toSorted() : null;
    return { requests: { known: reviewRequests?.known, value }, gaps, operations: operationsOf(sandbox) };
  }

  it('names the team to those who may read it', async () => {
    const { requests } = await requestsFor(teamWorld(), 'kims-token');
    expect(requests).toEqual({ known: true, value: ['noor', 'octo/crane'] });
  });

  it('is not lost on an App without members: read', async () => {
    const world = teamWorld();
    addAppToken(world, 'app-token', ALL_PERMISSIONS);
    const { requests, gaps } = await requestsFor(world, 'app-token');
    expect({ requests, gaps }).toEqual({ requests: nameless, gaps: [] });
  });

  it('is not lost on a classic token with the scope repo alone', async () => {
    const world = teamWorld();
    addUserToken(world, { token: 'classic-token', login: 'kim', scopes: ['repo'] });
    const { requests, gaps, operations } = await requestsFor(world, 'classic-token');
    expect({ requests, gaps, operations }).toEqual({
      requests: nameless,
      gaps: [],
      operations: ['Umbrella', 'Umbrella', 'PullRequestSweep'],
    });
  });
});

describe('what the reader may not see', () => {
  function worldWithVault(): World {
    const world = umbrellaWorld(1);
    addRepository(world, { owner: 'octo', name: 'vault', visibility: 'private' });
    addUserToken(world, { token: 'ravis-token', login: 'ravi' });
    return world;
  }

  it('a private child is counted, and neither named nor unknown', async () => {
    const world = worldWithVault();
    addChild(world, { repository: 'octo/vault', title: 'Secret' });
    const { client } = await connect(world, { token: 'ravis-token' });
    const { tasks, gaps } = await loadUmbrella(client, UMBRELLA);
    expect(tasks.get('octo/harbor#1')).toMatchObject({
      children: { known: true, value: [{ ...UMBRELLA, number: 2 }] },
      childrenTotal: 2,
    });
    expect([tasks.size, gaps]).toEqual([2, []]);
  });

  it('a private open blocker makes the blockers unknown', async () => {
    const world = worldWithVault();
    openIssue(world, 'kim', { repository: 'octo/vault', title: 'Secret' });
    addBlockedBy(world, 'kim', { blocked: harbor(2), blocker: { repository: 'octo/vault', number: 1 } });
    const { client } = await connect(world, { token: 'ravis-token' });
    const { tasks } = await loadUmbrella(client, UMBRELLA);
    expect(tasks.get(CHILD)?.blockers).toEqual({
      known: false,
      gap: { cause: 'forbidden', what: '1 private blockers of octo/harbor#2', permission: 'issues: read' },
    });
  });
});
