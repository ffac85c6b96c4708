import { expect, it } from 'vitest';
import { formatRef } from '../../src/core/task/identity.ts';
import { findUmbrellas } from '../../src/github/find-umbrellas.ts';
import { addBlockedBy } from '../../src/sandbox/actions/block-issue.ts';
import { addSubIssue } from '../../src/sandbox/actions/link-sub-issue.ts';
import { openIssue } from '../../src/sandbox/actions/open-issue.ts';
import { addRepository } from '../../src/sandbox/create-world.ts';
import type { World } from '../../src/sandbox/world.ts';
import { connect, HARBOR, harbor, operationsOf, umbrellaWorld } from './umbrella-world.ts';

const nodeId = (world: World, number: number): string =>
  world.repositories.get(HARBOR)?.issues.get(number)?.nodeId ?? '';

async function find(world: World, nodeIds: readonly string[]): Promise<string[]> {
  const { client } = await connect(world);
  return (await findUmbrellas(client, { nodeIds })).map((ref) => formatRef(ref));
}

it('finds all ancestors of a task, nearest first', async () => {
  const world = umbrellaWorld(1);
  for (let level = 3; level <= 8; level += 1) {
    openIssue(world, 'kim', { repository: HARBOR, title: `Level ${level}` });
    addSubIssue(world, 'kim', { parent: harbor(level - 1), child: harbor(level) });
  }
  const above = await find(world, [nodeId(world, 8)]);
  expect(above).toEqual([7, 6, 5, 4, 3, 2, 1].map((number) => `octo/harbor#${number}`));
});

it('finds the issue itself when it has children, and nothing for a task that stands alone', async () => {
  const world = umbrellaWorld(1);
  openIssue(world, 'kim', { repository: HARBOR, title: 'Alone' });
  expect(await find(world, [nodeId(world, 1)])).toEqual(['octo/harbor#1']);
  expect(await find(world, [nodeId(world, 3)])).toEqual([]);
});

it('finds the umbrellas of the tasks that it blocks, in other repositories too', async () => {
  const world = umbrellaWorld(1);
  addRepository(world, { owner: 'octo', name: 'docs' });
  openIssue(world, 'kim', { repository: 'octo/docs', title: 'Blocker' });
  const blocker = { repository: 'octo/docs', number: 1 };
  addBlockedBy(world, 'kim', { blocked: harbor(2), blocker });
  const id = world.repositories.get('octo/docs')?.issues.get(1)?.nodeId ?? '';
  expect(await find(world, [id])).toEqual(['octo/harbor#1']);
});

it('asks once for 100 issues and leaves out those that are gone', async () => {
  const world = umbrellaWorld(99);
  const { sandbox, client } = await connect(world);
  const ids = Array.from({ length: 98 }, (_, n) => nodeId(world, n + 2));
  const found = await findUmbrellas(client, { nodeIds: [...ids, ids[0] ?? '', 'I_SXNzdWU6OTk5OTk5'] });
  expect(found).toEqual([{ owner: 'octo', repo: 'harbor', number: 1 }]);
  expect(operationsOf(sandbox)).toEqual(['UmbrellasAbove']);
});

it('asks nothing for nothing', async () => {
  const { sandbox, client } = await connect(umbrellaWorld(1));
  expect(await findUmbrellas(client, { nodeIds: [] })).toEqual([]);
  expect(operationsOf(sandbox)).toEqual([]);
});
