import { expect, test } from 'vitest';
import { parseConfig } from '../../../src/core/config.ts';
import { issueMarker } from '../../../src/core/issue-marker.ts';
import { known, unknown } from '../../../src/core/reading.ts';
import type { TaskFacts } from '../../../src/core/task/facts.ts';
import { batchKey } from '../../../src/core/umbrella/batch-umbrella.ts';
import { buildRollup } from '../../../src/core/umbrella/build-rollup.ts';
import { listUmbrellas } from '../../../src/core/umbrella/list-umbrellas.ts';
import { NOW, ref, snapshot, taskFacts } from '../build-facts.ts';

const { config } = parseConfig({ text: null, ownerText: null });
const body = issueMarker(batchKey(ref(1), 2));

/** #1 has the child #2 and the batch #3, which holds #4 (closed) and #5. */
const tree = (batch: Partial<TaskFacts> = {}): readonly TaskFacts[] => [
  taskFacts({ number: 1, children: known([ref(2), ref(3)]) }),
  taskFacts({ number: 2, parent: ref(1) }),
  taskFacts({ number: 3, parent: ref(1), body, children: known([ref(4), ref(5)]), ...batch }),
  taskFacts({ number: 4, parent: ref(3), closedAt: NOW }),
  taskFacts({ number: 5, parent: ref(3) }),
];
const rollup = (tasks: readonly TaskFacts[]) => {
  return buildRollup(snapshot(tasks), ref(1), { config, now: NOW, audience: 'viewer' });
};
const numbers = (tasks: readonly TaskFacts[]) => rollup(tasks).children.map((child) => child.ref.number);

test("a batch's children are shown as the umbrella's own, the batch itself not", () => {
  const shown = rollup(tree());
  expect(shown.children.map((child) => child.ref.number)).toEqual([2, 4, 5]);
  expect({ total: shown.progress.total, done: shown.progress.counts.done, wholeTree: shown.wholeTree }).toEqual({
    total: 3,
    done: 1,
    wholeTree: null,
  });
});

test('a list of umbrellas counts them together and leaves the batch out', () => {
  const listed = listUmbrellas(snapshot(tree()), { config, now: NOW, all: false });
  expect(listed.map((one) => [one.ref, one.children, one.done])).toEqual([['octo/harbor#1', 3, 1]]);
});

test.each([
  ['without children', { children: known([]), childrenTotal: 0 }],
  ['whose marker names another umbrella', { body: issueMarker(batchKey(ref(7), 2)) }],
  ['whose marker is quoted', { body: `> ${body}` }],
] as const)('an issue %s stays a task', (_what, batch) => {
  expect(numbers(tree(batch))).toEqual([2, 3]);
});

test('children of a batch that could not be read count as unknown and keep the verdict from go', () => {
  const gap = { cause: 'forbidden', what: 'sub-issues of octo/harbor#3' } as const;
  const shown = rollup(tree({ children: unknown(gap), childrenTotal: 2 }));
  expect({ unread: shown.unreadChildren, total: shown.progress.total, gaps: shown.gaps }).toEqual({
    unread: 2,
    total: 3,
    gaps: expect.arrayContaining([gap]),
  });
});
