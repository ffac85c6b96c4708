import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG } from '../../src/core/config.ts';
import { known } from '../../src/core/reading.ts';
import { refKey } from '../../src/core/task/identity.ts';
import { buildRollup } from '../../src/core/umbrella/build-rollup.ts';
import { loadUmbrella } from '../../src/github/load-umbrella.ts';
import { assign } from '../../src/sandbox/actions/assign.ts';
import { addBlockedBy } from '../../src/sandbox/actions/block-issue.ts';
import { closeIssue } from '../../src/sandbox/actions/close-issue.ts';
import { createComment } from '../../src/sandbox/actions/comment.ts';
import { linkBranch } from '../../src/sandbox/actions/link-branch.ts';
import { addSubIssue } from '../../src/sandbox/actions/link-sub-issue.ts';
import { openIssue } from '../../src/sandbox/actions/open-issue.ts';
import { reportCheckRun } from '../../src/sandbox/actions/report-checks.ts';
import { requestReview } from '../../src/sandbox/actions/request-review.ts';
import { submitReview } from '../../src/sandbox/actions/submit-review.ts';
import {
  addAccount,
  addCollaborator,
  addRepository,
  addUserToken,
  advanceClock,
} from '../../src/sandbox/create-world.ts';
import type { World } from '../../src/sandbox/world.ts';
import { addChild, addPull, connect, HARBOR, harbor, operationsOf, UMBRELLA, umbrellaWorld } from './umbrella-world.ts';

const key = (number: number) => `octo/harbor#${number}`;

function headOf(world: World, number: number): string {
  return world.repositories.get(HARBOR)?.pullRequests.get(number)?.headSha ?? '';
}

describe('an umbrella of 100 children', () => {
  it('is read in one call of 12 points, with labels, assignees, blockers, pull requests, reviews and checks', async () => {
    const world = umbrellaWorld(0);
    for (let n = 1; n <= 100; n += 1) {
      const child = addChild(world, { title: `P1.M1.T${n} Gate ${n}`, labels: ['lane:api'], assignees: ['kim'] });
      if (n > 1) addBlockedBy(world, 'kim', { blocked: child, blocker: harbor(child.number - 1) });
    }
    for (let n = 2; n <= 101; n += 1) {
      const pull = addPull(world, { title: `Gate ${n}`, body: `Closes #${n}`, branch: `gate-${n}` });
      requestReview(world, 'ravi', { item: pull, reviewers: ['noor'] });
      submitReview(world, 'lena', { item: pull, state: 'approved' });
      reportCheckRun(world, 'ravi', {
        repository: HARBOR,
        sha: headOf(world, pull.number),
        name: 'test',
        conclusion: 'failure',
      });
    }
    const { sandbox, client } = await connect(world);

    const snapshot = await loadUmbrella(client, UMBRELLA, { pullRequestSweep: false });

    expect(operationsOf(sandbox)).toEqual(['Umbrella']);
    expect(client.usage()).toEqual({ requests: 1, graphqlCalls: 1, graphqlPoints: 12 });
    expect([snapshot.tasks.size, snapshot.pullRequests.size, snapshot.gaps]).toEqual([101, 100, []]);
    expect(snapshot.tasks.get(key(3))).toMatchObject({
      title: 'P1.M1.T2 Gate 2',
      labels: ['lane:api'],
      assignees: ['kim'],
      assignedAt: '2026-03-02T09:00:00Z',
      parent: UMBRELLA,
      blockers: known([
        {
          ref: { ...UMBRELLA, number: 2 },
          url: `${sandbox.url}/octo/harbor/issues/2`,
          title: 'P1.M1.T1 Gate 1',
          visibility: 'public',
          state: 'open',
          closedAt: null,
          addedAt: '2026-03-02T09:00:00Z',
          assignees: ['kim'],
        },
      ]),
      closingPullRequests: known([{ ...UMBRELLA, number: 103 }]),
    });
    expect(snapshot.pullRequests.get(key(103))).toMatchObject({
      title: 'Gate 3',
      body: 'Closes #3',
      state: 'open',
      isDefaultBase: true,
      headRefName: 'gate-3',
      headRepository: 'octo/harbor',
      reviewRequests: known(['noor']),
      reviews: known([
        { author: 'lena', state: 'approved', submittedAt: '2026-03-02T09:00:00Z', commitSha: headOf(world, 103) },
      ]),
      checks: known({ state: 'failure', total: 1, unfinished: [{ name: 'test', outcome: 'failure' }] }),
    });
  });

  it('takes one more call per 100 pull requests for those that GitHub does not link', async () => {
    const { sandbox, client } = await connect(umbrellaWorld(100));
    await loadUmbrella(client, UMBRELLA);
    expect(operationsOf(sandbox)).toEqual(['Umbrella', 'PullRequestSweep']);
  });
});

describe('an umbrella', () => {
  it('says when it was read', async () => {
    const { client } = await connect(umbrellaWorld(1));
    const { readAt, umbrella } = await loadUmbrella(client, UMBRELLA, { now: () => '2026-03-03T00:00:00Z' });
    expect({ readAt, umbrella }).toEqual({ readAt: '2026-03-03T00:00:00Z', umbrella: UMBRELLA });
  });

  it('comes with the configuration of its repository and of its owner', async () => {
    const world = umbrellaWorld(1);
    world.repositories.get(HARBOR)?.files.set('.github/parasol.yml', 'version: 1\n');
    addRepository(world, { owner: 'octo', name: '.github', files: { '.github/parasol.yml': 'version: 1 # owner\n' } });
    const { client } = await connect(world);
    const { configText, ownerConfigText, gaps } = await loadUmbrella(client, UMBRELLA);
    expect({ configText, ownerConfigText, gaps }).toEqual({
      configText: 'version: 1\n',
      ownerConfigText: 'version: 1 # owner\n',
      gaps: [],
    });
  });

  it('has no configuration where there is no file, which is no gap', async () => {
    const { client } = await connect(umbrellaWorld(1));
    const { configText, ownerConfigText, gaps } = await loadUmbrella(client, UMBRELLA);
    expect({ configText, ownerConfigText, gaps }).toEqual({ configText: null, ownerConfigText: null, gaps: [] });
  });

  it("finds its own rollup comment, and not another author's copy of the marker", async () => {
    const world = umbrellaWorld(1);
    createComment(world, 'ravi', { item: harbor(1), body: '<!-- parasol:rollup v1 -->\nforged' });
    const own = createComment(world, 'kim', { item: harbor(1), body: '<!-- parasol:rollup v1 -->\nours' });
    const { sandbox, client } = await connect(world);
    const { ownComment } = await loadUmbrella(client, UMBRELLA);
    expect(ownComment).toEqual({
      id: own.id,
      nodeId: own.nodeId,
      url: `${sandbox.url}/octo/harbor/issues/1#issuecomment-${own.id}`,
      body: '<!-- parasol:rollup v1 -->\nours',
    });
  });

  it('reads linked branches and mentions', async () => {
    const world = umbrellaWorld(1);
    linkBranch(world, 'kim', { item: harbor(2), branch: 'gate-work' });
    const pull = addPull(world, { title: 'Look at this', body: 'see #2', branch: 'other' });
    const { client } = await connect(world);
    const snapshot = await loadUmbrella(client, UMBRELLA, { pullRequestSweep: false });
    expect(snapshot.tasks.get(key(2))).toMatchObject({
      linkedBranches: known([{ owner: 'octo', repo: 'harbor', name: 'gate-work' }]),
      crossReferences: known([{ ...UMBRELLA, number: pull.number }]),
    });
    expect([...snapshot.pullRequests.keys()]).toEqual([key(pull.number)]);
  });

  it('rolls up nested umbrellas level by level, each child once', async () => {
    const world = umbrellaWorld(2);
    for (const [number, parent] of [
      [4, 2],
      [5, 4],
      [6, 4],
    ] as const) {
      openIssue(world, 'kim', { repository: HARBOR, title: `Deep ${number}` });
      addSubIssue(world, 'kim', { parent: harbor(parent), child: harbor(number) });
    }
    const { sandbox, client } = await connect(world);
    const snapshot = await loadUmbrella(client, UMBRELLA, { pullRequestSweep: false });
    expect(operationsOf(sandbox)).toEqual(['Umbrella', 'ChildIds', 'Tasks', 'ChildIds', 'Tasks']);
    expect(snapshot.tasks.size).toBe(6);
    expect(snapshot.tasks.get(key(4))?.children).toEqual(
      known([
        { ...UMBRELLA, number: 5 },
        { ...UMBRELLA, number: 6 },
      ]),
    );
  });

  it('keeps children in other repositories in their place', async () => {
    const world = umbrellaWorld(1);
    const docs = addRepository(world, { owner: 'octo', name: 'docs' });
    addCollaborator(world, docs, 'kim', 'write');
    addChild(world, { repository: 'octo/docs', title: 'Write it down' });
    const { client } = await connect(world);
    const snapshot = await loadUmbrella(client, UMBRELLA);
    expect(snapshot.tasks.get(key(1))?.children).toEqual(
      known([
        { ...UMBRELLA, number: 2 },
        { owner: 'octo', repo: 'docs', number: 1 },
      ]),
    );
    expect(snapshot.tasks.has('octo/docs#1')).toBe(true);
  });

  it('asks once more for who works on an open blocker outside the umbrella', async () => {
    const world = umbrellaWorld(1);
    openIssue(world, 'kim', { repository: HARBOR, title: 'Elsewhere', assignees: ['noor'] });
    addBlockedBy(world, 'kim', { blocked: harbor(2), blocker: harbor(3) });
    const { sandbox, client } = await connect(world);
    const snapshot = await loadUmbrella(client, UMBRELLA, { pullRequestSweep: false });
    expect(operationsOf(sandbox)).toEqual(['Umbrella', 'OutsideBlockers']);
    expect(snapshot.tasks.get(key(2))?.blockers).toMatchObject(known([{ assignees: ['noor'] }]));
  });

  it('tells what blocks an open blocker outside the umbrella in turn, as far as it is open', async () => {
    const world = umbrellaWorld(1);
    for (const title of ['Elsewhere', 'Open', 'Closed']) openIssue(world, 'kim', { repository: HARBOR, title });
    addBlockedBy(world, 'kim', { blocked: harbor(2), blocker: harbor(3) });
    for (const blocker of [harbor(2), harbor(4), harbor(5)])
      addBlockedBy(world, 'kim', { blocked: harbor(3), blocker });
    closeIssue(world, 'kim', { item: harbor(5) });
    const { client } = await connect(world);
    const snapshot = await loadUmbrella(client, UMBRELLA, { pullRequestSweep: false });
    const refs = [4, 2].map((number) => ({ ...UMBRELLA, number }));
    expect(snapshot.tasks.get(key(2))?.blockers).toMatchObject(known([{ blockedBy: refs }]));
  });

  it('tells when work was taken up: the first assignment that still holds', async () => {
    const world = umbrellaWorld(1);
    assign(world, 'kim', { item: harbor(2), assignees: ['ravi'] });
    advanceClock(world, 3600);
    assign(world, 'kim', { item: harbor(2), assignees: ['noor'] });
    const { client } = await connect(world);
    const snapshot = await loadUmbrella(client, UMBRELLA, { pullRequestSweep: false });
    expect(snapshot.tasks.get(key(2))).toMatchObject({
      assignees: ['ravi', 'noor'],
      assignedAt: '2026-03-02T09:00:00Z',
    });
  });

  it.each([
    ['an issue that is not there', { ...UMBRELLA, number: 99 }],
    ['a repository that is not there', { ...UMBRELLA, repo: 'pier' }],
  ])('fails as not found for %s, and says how that can be', async (_, ref) => {
    const { client } = await connect(umbrellaWorld(1));
    await expect(loadUmbrella(client, ref)).rejects.toMatchObject({
      code: 'not_found',
      message: `There is no issue ${refKey(ref)}, or you may not see it.`,
    });
  });

  it('is not found by someone who may not see its repository', async () => {
    const world = umbrellaWorld(1);
    const repository = world.repositories.get(HARBOR);
    if (repository !== undefined) repository.visibility = 'private';
    addUserToken(world, { token: 'tomas-token', login: 'tomas' });
    const { client } = await connect(world, { token: 'tomas-token' });
    await expect(loadUmbrella(client, UMBRELLA)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('who may decide on a pull request', () => {
  async function stateAfter(review: 'approved' | 'changes_requested', reviewer: string) {
    const world = umbrellaWorld(1);
    addAccount(world, { login: 'tomas' });
    const item = addPull(world, { title: 'Gate', body: 'Closes #2', branch: 'gate' });
    submitReview(world, reviewer, { item, state: review, body: 'Read it.' });
    const { client } = await connect(world);
    const snapshot = await loadUmbrella(client, UMBRELLA);
    const options = { config: DEFAULT_CONFIG, now: world.now(), audience: 'viewer' } as const;
    const [child] = buildRollup(snapshot, UMBRELLA, options).children;
    return [child?.state.state, snapshot.pullRequests.get(key(3))?.reviews] as const;
  }

  it.each(['approved', 'changes_requested'] as const)('%s by an outsider counts for nothing', async (review) => {
    expect(await stateAfter(review, 'tomas')).toEqual(['implemented', known([])]);
  });

  it('an approval by somebody with write access approves', async () => {
    const [state] = await stateAfter('approved', 'noor');
    expect(state).toBe('approved');
  });
});
