import { expect, test } from 'vitest';
import { findAllMarkedComments } from '../../src/github/find-all-marked-comments.ts';
import { createComment } from '../../src/sandbox/actions/comment.ts';
import { addPull, connect, harbor, operationsOf, umbrellaWorld } from './umbrella-world.ts';

const MARKER = '<!-- parasol:reviewers v1 -->';
const REPOSITORY = { owner: 'octo', repo: 'harbor' };

test('own comments of many pull requests come twenty at once, those after the thirtieth one by one', async () => {
  const world = umbrellaWorld(0);
  const pulls = Array.from(
    { length: 21 },
    (_, n) => addPull(world, { title: `Work ${n}`, branch: `work-${n}` }).number,
  );
  const [first = 0, second = 0] = pulls;
  const last = pulls[20] ?? 0;
  createComment(world, 'kim', { item: harbor(first), body: `${MARKER}\nnoor` });
  createComment(world, 'ravi', { item: harbor(second), body: `${MARKER}\nnot ours` });
  for (let n = 0; n < 30; n += 1) createComment(world, 'ravi', { item: harbor(last), body: `word ${n}` });
  createComment(world, 'kim', { item: harbor(last), body: `${MARKER}\nlena` });
  const { client, sandbox } = await connect(world);
  const found = await findAllMarkedComments(client, REPOSITORY, { numbers: [...pulls, 4_000], marker: MARKER });
  const bodies = [...found].flatMap(([key, all]) => all.map(({ body }) => [key, body.split('\n')[1]]));
  expect(bodies).toEqual([
    [`octo/harbor#${first}`, 'noor'],
    [`octo/harbor#${last}`, 'lena'],
  ]);
  expect([found.size, operationsOf(sandbox)]).toEqual([21, ['CommentsOfMany', 'CommentsOfMany', 'Comments']]);
  expect(await findAllMarkedComments(client, REPOSITORY, { numbers: [], marker: MARKER })).toEqual(new Map());
});
