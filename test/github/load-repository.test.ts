import { describe, expect, it } from 'vitest';
import { known } from '../../src/core/reading.ts';
import { loadRepository } from '../../src/github/load-repository.ts';
import { addSubIssue, reprioritizeSubIssue } from '../../src/sandbox/actions/link-sub-issue.ts';
import { mergePullRequest } from '../../src/sandbox/actions/merge-pull-request.ts';
import { openIssue } from '../../src/sandbox/actions/open-issue.ts';
import { addRepository } from '../../src/sandbox/create-world.ts';
import { addChild, addPull, connect, HARBOR, harbor, operationsOf, umbrellaWorld } from './umbrella-world.ts';

const REPOSITORY = { owner: 'octo', repo: 'harbor' };
const at = (number: number) => ({ ...REPOSITORY, number });

function worldOf120Tasks() {
  const world = umbrellaWorld(20);
  for (let n = 0; n < 99; n += 1) openIssue(world, 'kim', { repository: HARBOR, title: `Loose ${n}` });
  return world;
}

describe('a repository', () => {
  it('is read in one call per 100 issues, and one per 100 umbrellas for the order of their children', async () => {
    const world = umbrellaWorld(100);
    for (let n = 0; n < 60; n += 1) openIssue(world, 'kim', { repository: HARBOR, title: `Loose ${n}` });
    const { sandbox, client } = await connect(world);
    const { tasks, gaps } = await loadRepository(client, REPOSITORY);
    expect(operationsOf(sandbox)).toEqual([
      'Config',
      'RepositoryTasks',
      'RepositoryTasks',
      'ChildIds',
      'PullRequestSweep',
    ]);
    expect([tasks.size, gaps]).toEqual([161, []]);
  });

  it("keeps GitHub's order of the children", async () => {
    const world = umbrellaWorld(3);
    reprioritizeSubIssue(world, 'kim', { parent: harbor(1), child: harbor(4), before: harbor(2) });
    const { client } = await connect(world);
    const { tasks } = await loadRepository(client, REPOSITORY);
    expect(tasks.get('octo/harbor#1')?.children).toEqual(known([at(4), at(2), at(3)]));
    expect(tasks.get('octo/harbor#2')).toMatchObject({ children: known([]), parent: at(1) });
  });

  it('brings the children that live elsewhere, and theirs', async () => {
    const world = umbrellaWorld(1);
    addRepository(world, { owner: 'octo', name: 'docs' });
    const child = addChild(world, { repository: 'octo/docs', title: 'Write it down' });
    const grandchild = {
      repository: 'octo/docs',
      number: openIssue(world, 'kim', { repository: 'octo/docs', title: 'A page' }).number,
    };
    addSubIssue(world, 'kim', { parent: child, child: grandchild });
    const { client } = await connect(world);
    const { tasks } = await loadRepository(client, REPOSITORY);
    expect([...tasks.keys()]).toEqual(['octo/harbor#1', 'octo/harbor#2', 'octo/docs#1', 'octo/docs#2']);
    expect(tasks.get('octo/docs#1')?.children).toEqual(known([{ owner: 'octo', repo: 'docs', number: 2 }]));
  });

  it('reads reviews and checks of open pull requests only', async () => {
    const world = umbrellaWorld(2);
    const merged = addPull(world, { title: 'Gate 1', body: 'Closes #2', branch: 'gate-1' });
    mergePullRequest(world, 'kim', { item: merged });
    addPull(world, { title: 'Gate 2', body: 'Closes #3', branch: 'gate-2' });
    const { client } = await connect(world);
    const { pullRequests } = await loadRepository(client, REPOSITORY);
    expect([...pullRequests.values()].map(({ ref, reviews }) => [ref.number, reviews.known])).toEqual([
      [4, false],
      [5, true],
    ]);
  });

  it('reports how far it is', async () => {
    const steps: unknown[] = [];
    const { client } = await connect(worldOf120Tasks());
    await loadRepository(client, REPOSITORY, { onProgress: (step) => steps.push(step) });
    expect(steps).toEqual([
      { label: 'Reading tasks', done: 100, total: 120 },
      { label: 'Reading tasks', done: 120, total: 120 },
    ]);
  });

  it('takes smaller pages when GitHub runs out of time, without losing a task', async () => {
    const { sandbox, client } = await connect(worldOf120Tasks());
    sandbox.faults.graphqlTimeoutWhenNodesOver(6_000);
    const { tasks, gaps } = await loadRepository(client, REPOSITORY);
    expect([tasks.size, gaps]).toEqual([120, []]);
  });

  it('that is not there is not found', async () => {
    const { client } = await connect(umbrellaWorld(1));
    await expect(loadRepository(client, { owner: 'octo', repo: 'pier' })).rejects.toMatchObject({
      code: 'not_found',
      message: 'There is no repository octo/pier, or you may not see it.',
    });
  });
});
