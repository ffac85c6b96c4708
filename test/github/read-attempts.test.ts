import { expect, test } from 'vitest';
import { type AttemptNode, readAttempts, type SuitesNode } from '../../src/github/read-attempts.ts';

/** One of `test`, from one hour to another. */
const ran = (databaseId: number, from: number, to: number | null, input: Partial<AttemptNode> = {}): AttemptNode => ({
  ...{ databaseId, name: 'test', status: to === null ? 'IN_PROGRESS' : 'COMPLETED', url: `/runs/${databaseId}` },
  conclusion: to === null ? null : 'FAILURE',
  startedAt: `2026-03-04T${10 + from}:00:00Z`,
  completedAt: to === null ? null : `2026-03-04T${10 + to}:00:00Z`,
  ...input,
});

const suites = (...lists: readonly (readonly AttemptNode[])[]): SuitesNode => ({
  nodes: lists.map((nodes) => ({ checkRuns: { nodes: [...nodes] } })),
});

const told = (node: SuitesNode) => readAttempts(node)?.map(({ last, earlier }) => [last.databaseId, earlier]);

test('an attempt follows the one that had ended, in whatever order they are listed', () => {
  expect(told(suites([ran(3, 2, null), ran(1, 0, 1), ran(2, 1, 2, { conclusion: 'TIMED_OUT' })]))).toEqual([
    [3, ['failure', 'timed_out']],
  ]);
});

test('what ran at the same time, under another name or in another suite is no attempt of it', () => {
  const lint = ran(3, 1, 2, { name: 'lint' });
  expect(told(suites([ran(1, 0, 2), ran(2, 1, 2), lint], [ran(4, 3, 4)]))).toEqual([
    [1, []],
    [2, []],
    [3, []],
    [4, []],
  ]);
});

test('a list that was cut or refused tells nothing', () => {
  const pageInfo = { hasNextPage: true, endCursor: 'x' };
  expect(readAttempts(null)).toBeNull();
  expect(readAttempts({ nodes: [{ checkRuns: null }] })).toBeNull();
  expect(readAttempts({ nodes: [{ checkRuns: { nodes: [], pageInfo } }] })).toBeNull();
  expect(readAttempts({ nodes: [], pageInfo })).toBeNull();
});
