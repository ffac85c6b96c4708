import { expect, it } from 'vitest';
import { formatRef } from '../../src/core/task/identity.ts';
import { findPullRequestsOfCommit } from '../../src/github/find-pull-requests-of-commit.ts';
import { findTasksOfPullRequests } from '../../src/github/find-tasks-of-pull-request.ts';
import { mergePullRequest } from '../../src/sandbox/actions/merge-pull-request.ts';
import { addRepository } from '../../src/sandbox/create-world.ts';
import type { ItemKey, World } from '../../src/sandbox/world.ts';
import { addPull, connect, HARBOR, umbrellaWorld } from './umbrella-world.ts';

const REPOSITORY = { owner: 'octo', repo: 'harbor' };

async function tasksOf(world: World, ...pulls: readonly ItemKey[]): Promise<string[]> {
  const { client } = await connect(world);
  const refs = pulls.map(({ number }) => ({ ...REPOSITORY, number }));
  const { tasks } = await findTasksOfPullRequests(client, refs);
  return tasks.map(({ ref }) => formatRef(ref)).sort();
}

it.each([
  ['a closing reference', { body: 'Closes #2' }, ['octo/harbor#2']],
  ['a closing keyword on another base', { body: 'Fixes #3', base: 'next' }, ['octo/harbor#3']],
  ['a task line', { body: 'Task: #3' }, ['octo/harbor#3']],
  ['a planned id in the branch', { branch: 'p1.m1.t2-work' }, ['octo/harbor#3']],
  ['a commit message', { commits: ['fixes #2'], base: 'next' }, ['octo/harbor#2']],
  ['a mention alone', { body: 'see #2' }, []],
  ['a reference to an issue that is not there', { body: 'Closes #99', base: 'next' }, []],
])('finds the tasks of a pull request by %s', async (_, pull, tasks) => {
  const world = umbrellaWorld(3);
  expect(await tasksOf(world, addPull(world, { title: 'Work', branch: 'work', ...pull }))).toEqual(tasks);
});

it('finds the tasks of what a revert reverts, by number and by commit', async () => {
  const world = umbrellaWorld(3);
  const first = addPull(world, { title: 'One', body: 'Closes #2', branch: 'one' });
  const second = addPull(world, { title: 'Two', body: 'Closes #3', branch: 'two' });
  mergePullRequest(world, 'kim', { item: first });
  const { mergeCommitSha } = mergePullRequest(world, 'kim', { item: second });
  const byNumber = addPull(world, { title: 'Revert "One"', body: `Reverts octo/harbor#${first.number}`, branch: 'r1' });
  const byCommit = addPull(world, { title: 'Back out', body: `This reverts commit ${mergeCommitSha}.`, branch: 'r2' });
  expect(await tasksOf(world, byNumber)).toEqual(['octo/harbor#2']);
  expect(await tasksOf(world, byCommit)).toEqual(['octo/harbor#3']);
});

it('reads many pull requests in few calls', async () => {
  const world = umbrellaWorld(3);
  const pulls = Array.from({ length: 30 }, (_, n) =>
    addPull(world, { title: `Work ${n}`, body: 'Closes #2', branch: `b${n}` }),
  );
  const { sandbox, client } = await connect(world);
  await findTasksOfPullRequests(
    client,
    pulls.map(({ number }) => ({ ...REPOSITORY, number })),
  );
  expect(sandbox.requests.entries.map(({ operation }) => operation)).toEqual(['ByRef', 'ByRef']);
});

it('reads planned ids by the given grammar', async () => {
  const world = umbrellaWorld(3);
  const pull = addPull(world, { title: 'Work', branch: 'p1.m1.t2-work' });
  const { client } = await connect(world);
  const refs = [{ ...REPOSITORY, number: pull.number }];
  expect(await findTasksOfPullRequests(client, refs, { idPatterns: ['X{task}'] })).toEqual({ tasks: [], gaps: [] });
});

it('follows a bounded part of what a pull request names, and says what it left out', async () => {
  const world = umbrellaWorld(70);
  const numbers = Array.from({ length: 1_000 }, (_, n) => n + 2);
  const shas = numbers.slice(0, 40).map((n) => `This reverts commit ${n.toString(16).padStart(40, 'a')}.`);
  const body = [...numbers.map((n) => `Fixes #${n}`), ...shas].join('\n');
  const ids = numbers.slice(0, 20).map((n) => `P1.M9.T${n}`);
  const pull = addPull(world, { title: ids.join(' '), body, branch: 'work', base: 'next' });
  const { client, sandbox } = await connect(world);
  const { tasks, gaps } = await findTasksOfPullRequests(client, [{ ...REPOSITORY, number: pull.number }]);
  const name = `octo/harbor#${pull.number}`;
  expect(tasks.map(({ ref }) => ref.number)).toEqual(numbers.slice(0, 60));
  expect(gaps.map(({ cause, what }) => [cause, what])).toEqual([
    ['truncated', `30 of 40 reverts that ${name} names`],
    ['truncated', `940 of 1000 issues that ${name} names`],
    ['truncated', `10 of 20 planned ids that ${name} names`],
  ]);
  expect(sandbox.requests.entries.length).toBeLessThan(30);
});

it('finds the pull requests of a commit, from a fork too', async () => {
  const world = umbrellaWorld(1);
  addRepository(world, { owner: 'ravi', name: 'harbor', forkOf: HARBOR });
  const near = addPull(world, { title: 'Near', branch: 'near' });
  const far = addPull(world, { title: 'Far', branch: 'far', headRepository: 'ravi/harbor' });
  const { client } = await connect(world);
  const headOf = ({ number }: ItemKey) => world.repositories.get(HARBOR)?.pullRequests.get(number)?.headSha ?? '';
  expect(await findPullRequestsOfCommit(client, REPOSITORY, headOf(near))).toEqual([
    { ...REPOSITORY, number: near.number },
  ]);
  expect(await findPullRequestsOfCommit(client, REPOSITORY, headOf(far))).toEqual([
    { ...REPOSITORY, number: far.number },
  ]);
  expect(await findPullRequestsOfCommit(client, REPOSITORY, 'f'.repeat(40))).toEqual([]);
});
