import { closeIssue } from '../../src/sandbox/actions/close-issue.ts';
import { addSubIssue } from '../../src/sandbox/actions/link-sub-issue.ts';
import { openIssue } from '../../src/sandbox/actions/open-issue.ts';
import { addCollaborator, addRepository, createWorld } from '../../src/sandbox/create-world.ts';
import type { World } from '../../src/sandbox/world.ts';

const TASKS = 2657;
const UMBRELLAS = 102;
const CHILDREN = 532;

/** As many tasks, umbrellas and children as the real backlog has, for machines where its file is not there. */
export function generatedTasks(): World {
  const world = createWorld();
  const repository = addRepository(world, { owner: 'world', name: 'generated' });
  addCollaborator(world, repository, 'kim', 'write');
  const keyOf = (number: number) => ({ repository: 'world/generated', number });
  for (let n = 1; n <= TASKS; n += 1) {
    openIssue(world, 'kim', {
      repository: 'world/generated',
      title: `P1.M${n}: task`,
      body: 'Text of a task.\n'.repeat(20),
    });
  }
  for (let n = 0; n < CHILDREN; n += 1) {
    addSubIssue(world, 'kim', { parent: keyOf(1 + (n % UMBRELLAS)), child: keyOf(UMBRELLAS + 1 + n) });
  }
  for (let n = UMBRELLAS + 1; n <= TASKS; n += 2) closeIssue(world, 'kim', { item: keyOf(n) });
  return world;
}
