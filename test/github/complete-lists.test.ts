import { describe, expect, it } from 'vitest';
import type { Reading } from '../../src/core/reading.ts';
import { loadUmbrella } from '../../src/github/load-umbrella.ts';
import { addBlockedBy } from '../../src/sandbox/actions/block-issue.ts';
import { createComment } from '../../src/sandbox/actions/comment.ts';
import { label } from '../../src/sandbox/actions/label.ts';
import { linkBranch } from '../../src/sandbox/actions/link-branch.ts';
import { openIssue } from '../../src/sandbox/actions/open-issue.ts';
import { reportCheckRun } from '../../src/sandbox/actions/report-checks.ts';
import { addPull, connect, HARBOR, harbor, operationsOf, UMBRELLA, umbrellaWorld } from './umbrella-world.ts';

const CHILD = 'octo/harbor#2';
const withoutSweep = { pullRequestSweep: false };
const numbered = (count: number): readonly number[] => Array.from({ length: count }, (_, n) => n + 1);

function lengthOf<T>(reading: Reading<readonly T[]> | undefined): number | 'unknown' {
  return reading?.known ? reading.value.length : 'unknown';
}

describe('a list that does not fit the first call is completed by a follow-up', () => {
  it('30 labels', async () => {
    const world = umbrellaWorld(1);
    label(world, 'kim', { item: harbor(2), labels: numbered(30).map((n) => `label-${n}`) });
    const { sandbox, client } = await connect(world);
    const { tasks } = await loadUmbrella(client, UMBRELLA, withoutSweep);
    expect(operationsOf(sandbox)).toEqual(['Umbrella', 'FurtherPages']);
    expect(tasks.get(CHILD)?.labels).toHaveLength(30);
  });

  it('25 blockers', async () => {
    const world = umbrellaWorld(1);
    for (const n of numbered(25)) {
      openIssue(world, 'kim', { repository: HARBOR, title: `Blocker ${n}` });
      addBlockedBy(world, 'kim', { blocked: harbor(2), blocker: harbor(n + 2) });
    }
    const { client } = await connect(world);
    const { tasks } = await loadUmbrella(client, UMBRELLA, withoutSweep);
    expect(lengthOf(tasks.get(CHILD)?.blockers)).toBe(25);
  });

  it('a third closing pull request, with its own reviews and checks', async () => {
    const world = umbrellaWorld(1);
    for (const n of numbered(3)) addPull(world, { title: `Try ${n}`, body: 'Closes #2', branch: `try-${n}` });
    const { sandbox, client } = await connect(world);
    const { tasks, pullRequests } = await loadUmbrella(client, UMBRELLA, withoutSweep);
    expect(operationsOf(sandbox)).toEqual(['Umbrella', 'FurtherPages']);
    expect(lengthOf(tasks.get(CHILD)?.closingPullRequests)).toBe(3);
    expect([...pullRequests.values()].map(({ checks, reviews }) => [checks.known, reviews.known])).toEqual([
      [true, true],
      [true, true],
      [true, true],
    ]);
  });

  it('60 mentions and 8 linked branches, in one call', async () => {
    const world = umbrellaWorld(1);
    for (const n of numbered(60)) addPull(world, { title: `Mention ${n}`, body: 'see #2', branch: `mention-${n}` });
    for (const n of numbered(8)) linkBranch(world, 'kim', { item: harbor(2), branch: `linked-${n}` });
    const { sandbox, client } = await connect(world);
    const { tasks } = await loadUmbrella(client, UMBRELLA, withoutSweep);
    expect(operationsOf(sandbox)).toEqual(['Umbrella', 'FurtherPages']);
    expect(lengthOf(tasks.get(CHILD)?.crossReferences)).toBe(60);
    expect(lengthOf(tasks.get(CHILD)?.linkedBranches)).toBe(8);
  });

  it('25 checks when one fails, and not when all are green', async () => {
    const world = umbrellaWorld(1);
    for (const [n, conclusion] of [
      [3, 'failure'],
      [4, 'success'],
    ] as const) {
      addPull(world, { title: `Pull ${n}`, body: 'Closes #2', branch: `pull-${n}` });
      const sha = world.repositories.get(HARBOR)?.pullRequests.get(n)?.headSha ?? '';
      for (const check of numbered(25)) {
        const isLast = check === 25;
        reportCheckRun(world, 'ravi', {
          repository: HARBOR,
          sha,
          name: `check-${check}`,
          conclusion: isLast ? conclusion : 'success',
        });
      }
    }
    const { sandbox, client } = await connect(world);
    const { pullRequests } = await loadUmbrella(client, UMBRELLA, withoutSweep);
    expect(operationsOf(sandbox)).toEqual(['Umbrella', 'FurtherPages']);
    expect(pullRequests.get('octo/harbor#3')?.checks).toMatchObject({
      value: { state: 'failure', total: 25, unfinished: [{ name: 'check-25', outcome: 'failure' }] },
    });
    expect(pullRequests.get('octo/harbor#4')?.checks).toMatchObject({
      value: { state: 'success', total: 25, unfinished: [] },
    });
  });

  it('our own comment behind 230 others', async () => {
    const world = umbrellaWorld(1);
    for (const n of numbered(230)) createComment(world, 'ravi', { item: harbor(1), body: `comment ${n}` });
    const own = createComment(world, 'kim', { item: harbor(1), body: '<!-- parasol:rollup v1 -->' });
    const { sandbox, client } = await connect(world);
    const { ownComment } = await loadUmbrella(client, UMBRELLA, withoutSweep);
    expect(ownComment?.id).toBe(own.id);
    expect(operationsOf(sandbox)).toEqual(['Umbrella', 'Comments', 'Comments']);
  });

  it('120 commits of a pull request', async () => {
    const world = umbrellaWorld(1);
    const commits = [...numbered(119).map((n) => `step ${n}`), 'the end'];
    addPull(world, { title: 'Long', body: 'Closes #2', branch: 'long', commits });
    const { client } = await connect(world);
    const { pullRequests } = await loadUmbrella(client, UMBRELLA);
    const facts = pullRequests.get('octo/harbor#3');
    expect(lengthOf(facts?.commits)).toBe(120);
    expect(facts?.commits.known ? facts.commits.value.at(-1)?.message : null).toBe('the end');
  });
});

it('reports a list as unread, with the rest intact, when its follow-up fails', async () => {
  const world = umbrellaWorld(1);
  for (const n of numbered(3)) addPull(world, { title: `Try ${n}`, body: 'Closes #2', branch: `try-${n}` });
  const { sandbox, client } = await connect(world);
  sandbox.faults.failNext({ match: { operation: 'FurtherPages' }, status: 503, times: 20 });
  const { tasks } = await loadUmbrella(client, UMBRELLA, withoutSweep);
  expect(tasks.get(CHILD)).toMatchObject({
    labels: [],
    blockers: { known: true },
    closingPullRequests: {
      known: false,
      gap: { cause: 'unavailable', what: 'closing pull requests of octo/harbor#2' },
    },
  });
});
