import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { refKey } from '../../../../src/core/task/identity.ts';
import type { BackfillTask } from '../../../../src/core/umbrella/backfill/backfill-task.ts';
import type { Backfill } from '../../../../src/core/umbrella/backfill/build-backfill.ts';
import { backfillOf, backfillTask, conflictsOf } from './backfill-task.ts';

const COUNT = 12;
const number = fc.integer({ min: 1, max: COUNT });
const line = fc.oneof(
  number.map((n) => `Parent: #${n}`),
  number.map((n) => `Part of #${n}`),
  number.map((n) => `Blocked by #${n}`),
  fc.array(number, { maxLength: 4 }).map((all) => `## Children\n\n${all.map((n) => `- #${n}`).join('\n')}\n\n## Rest`),
  fc.constant('Text.'),
);
const body = fc.array(line, { maxLength: 3 }).map((lines) => lines.join('\n\n'));
const id = fc.constantFrom(null, 'bd-1', 'bd-1.1', 'bd-1.1.1', 'bd-2', 'bd-2.1');
const history = fc
  .array(fc.record({ body, plannedId: id, isEpic: fc.boolean() }), { minLength: COUNT, maxLength: COUNT })
  .map((rows) =>
    rows.map(({ isEpic, ...row }, index) => backfillTask(index + 1, { ...row, labels: isEpic ? ['epic'] : [] })),
  );

/** The history after everything for `apply` was done. */
function applied(tasks: readonly BackfillTask[], { proposals }: Backfill): readonly BackfillTask[] {
  const links = proposals.filter(({ tier }) => tier === 'apply');
  return tasks.map((task) => {
    const own = links.filter(({ child }) => refKey(child) === refKey(task.ref));
    return {
      ...task,
      parent: own.find(({ relation }) => relation === 'parent')?.parent ?? task.parent,
      blockers: own.flatMap(({ relation, parent }) => (relation === 'blocked_by' ? [parent] : [])),
    };
  });
}

function hasCircle(tasks: readonly BackfillTask[]): boolean {
  const parents = new Map(tasks.map(({ ref, parent }) => [refKey(ref), parent === null ? null : refKey(parent)]));
  return tasks.some(({ ref }) => {
    let key: string | null | undefined = refKey(ref);
    for (let step = 0; step <= COUNT && key != null; step += 1) key = parents.get(key);
    return key != null;
  });
}

describe('for any history', () => {
  test('the order of the tasks does not matter', () => {
    fc.assert(
      fc.property(history, fc.infiniteStream(fc.nat()), (tasks, stream) => {
        const shuffled = tasks
          .map((task) => ({ task, rank: stream.next().value ?? 0 }))
          .sort((one, other) => one.rank - other.rank)
          .map(({ task }) => task);
        expect(backfillOf(...shuffled)).toEqual(backfillOf(...tasks));
      }),
    );
  });

  test('what was applied is not proposed again, and makes no circle', () => {
    fc.assert(
      fc.property(history, (tasks) => {
        const after = applied(tasks, backfillOf(...tasks));
        const again = backfillOf(...after).proposals.filter(({ tier }) => tier === 'apply');
        expect([again, hasCircle(after)]).toEqual([[], false]);
      }),
    );
  });

  test('a task gets at most one parent, and none that is in a conflict for it', () => {
    fc.assert(
      fc.property(history, (tasks) => {
        const { proposals } = backfillOf(...tasks);
        const children = proposals.filter(({ relation }) => relation === 'parent').map(({ child }) => refKey(child));
        expect(new Set(children).size).toBe(children.length);
      }),
    );
  });
});

describe('hostile texts', () => {
  const LENGTH = 60_000;
  const filled = (piece: string): string => piece.repeat(Math.ceil(LENGTH / piece.length)).slice(0, LENGTH);

  test.each([
    ['a list', `## Children\n\n${filled('- #3\n')}`],
    ['nested lists', `## Children\n\n${filled('- - - #3\n')}`],
    ['labels in one line', filled('Parent: Parent: ')],
    ['commas', `Parent: #3${filled(', ')}`],
    ['blanks behind a label', `Parent:${filled(' ')}x`],
    ['opening words', `Parent: ${filled('the issue ')}`],
    ['brackets', `Blocked by #3 ${filled('(')}`],
    ['headings', filled('# Children\n')],
    ['words before the last of an item', `## Children\n\n- ${filled('after ')}#3`],
    ['underlined lines', filled('Parent\n=\n')],
    ['open comments', `## Children\n${filled('<!-- ')}`],
  ])('%s are read in time', (_, body) => {
    const { proposals, conflicts } = backfillOf(backfillTask(1, { body, labels: ['epic'] }), backfillTask(3));
    expect(proposals.length + conflicts.length).toBeLessThanOrEqual(1);
  });

  test('thousands of children of one umbrella are a conflict each, not a hundred chosen ones', () => {
    const children = Array.from({ length: 5_000 }, (_, n) => backfillTask(n + 2));
    const body = `## Children\n\n${children.map(({ ref }) => `- #${ref.number}\n`).join('')}`;
    const backfill = backfillOf(backfillTask(1, { body, labels: ['epic'] }), ...children);
    expect(backfill.proposals).toEqual([]);
    expect(conflictsOf(backfill)[0]).toBe('too_many_children #2: #1');
  });
});
