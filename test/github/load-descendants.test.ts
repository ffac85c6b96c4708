import { expect, it } from 'vitest';
import { known } from '../../src/core/reading.ts';
import { loadUmbrella } from '../../src/github/load-umbrella.ts';
import { addSubIssue } from '../../src/sandbox/actions/link-sub-issue.ts';
import { openIssue } from '../../src/sandbox/actions/open-issue.ts';
import { addRepository, addUserToken } from '../../src/sandbox/create-world.ts';
import type { World } from '../../src/sandbox/world.ts';
import { connect, HARBOR, harbor, operationsOf, UMBRELLA, umbrellaWorld } from './umbrella-world.ts';

const withoutSweep = { pullRequestSweep: false };

/** The umbrella #1, its child #2, and below that #3, #4 …, each the only child of the one before. */
function chainWorld(length: number): World {
  const world = umbrellaWorld(1);
  for (let number = 3; number < length + 2; number += 1) addBelow(world, number - 1, `Level ${number}`);
  return world;
}

function addBelow(world: World, parent: number, title: string): void {
  const { number } = openIssue(world, 'kim', { repository: HARBOR, title });
  addSubIssue(world, 'kim', { parent: harbor(parent), child: harbor(number) });
}

it('reads as deep as GitHub nests, two calls a level', async () => {
  const { sandbox, client } = await connect(chainWorld(8));
  const { tasks, gaps } = await loadUmbrella(client, UMBRELLA, withoutSweep);
  expect([tasks.size, gaps]).toEqual([9, []]);
  expect(operationsOf(sandbox)).toHaveLength(1 + 2 * 7);
  expect([...tasks.values()].every(({ children }) => children.known)).toBe(true);
});

it('reads many nested umbrellas of one level together', async () => {
  const world = umbrellaWorld(30);
  for (let parent = 2; parent <= 31; parent += 1) addBelow(world, parent, `Below ${parent}`);
  const { sandbox, client } = await connect(world);
  const { tasks } = await loadUmbrella(client, UMBRELLA, withoutSweep);
  expect(tasks.size).toBe(61);
  expect(operationsOf(sandbox)).toEqual(['Umbrella', 'ChildIds', 'Tasks']);
});

it('keeps what is above a level that GitHub does not answer, and says what is missing', async () => {
  const { sandbox, client } = await connect(chainWorld(3));
  sandbox.faults.failNext({ match: { operation: 'ChildIds' }, status: 503, times: 20 });
  const { tasks, gaps } = await loadUmbrella(client, UMBRELLA, withoutSweep);
  expect(gaps).toEqual([{ cause: 'unavailable', what: 'tasks below octo/harbor#1' }]);
  expect(tasks.get('octo/harbor#2')).toMatchObject({ childrenTotal: 1, children: { known: false } });
});

it('counts the private children of a nested umbrella without naming them', async () => {
  const world = chainWorld(2);
  addRepository(world, { owner: 'octo', name: 'vault', visibility: 'private' });
  openIssue(world, 'kim', { repository: 'octo/vault', title: 'Secret' });
  addSubIssue(world, 'kim', { parent: harbor(2), child: { repository: 'octo/vault', number: 1 } });
  addUserToken(world, { token: 'ravis-token', login: 'ravi' });
  const { client } = await connect(world, { token: 'ravis-token' });
  const { tasks, gaps } = await loadUmbrella(client, UMBRELLA, withoutSweep);
  expect(tasks.get('octo/harbor#2')).toMatchObject({ children: known([{ ...UMBRELLA, number: 3 }]), childrenTotal: 2 });
  expect(gaps).toEqual([]);
});

it('names the umbrella as GitHub writes it, however it was asked for', async () => {
  const { client } = await connect(umbrellaWorld(1));
  const { umbrella } = await loadUmbrella(client, { owner: 'OCTO', repo: 'Harbor', number: 1 }, withoutSweep);
  expect(umbrella).toEqual(UMBRELLA);
});
