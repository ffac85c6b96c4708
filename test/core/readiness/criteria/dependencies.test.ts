import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { dependencies } from '../../../../src/core/readiness/criteria/dependencies.ts';
import { known, unknown } from '../../../../src/core/reading.ts';
import type { BlockerFacts } from '../../../../src/core/task/facts.ts';
import { blockerFacts, ref, taskFacts } from '../../build-facts.ts';
import { viewOf, world } from '../build-world.ts';

const AT = '2026-05-04T09:00:00Z';
const judge = (input: Parameters<typeof world>[0]) => dependencies.judge(viewOf(world(input)));
const blockedBy = (...blockers: readonly BlockerFacts[]) => ({ blockers: known(blockers) });

it('passes where nothing is blocked, and where only finished work was', () => {
  const judged = judge({
    tasks: [
      taskFacts({ number: 2, ...blockedBy(blockerFacts(3, { closedAt: AT })) }),
      taskFacts({ number: 4, closedAt: AT, ...blockedBy(blockerFacts(5)) }),
    ],
  });
  expect(judged).toMatchObject({
    reason: 'nothing is blocked',
    measured: { text: '0 open blockers', count: 0 },
    findings: [],
  });
});

it('names each blocker once, with all that it holds up, and whether it is outside or without an owner', () => {
  const { findings, measured } = judge({
    tasks: [
      taskFacts({ number: 2, ...blockedBy(blockerFacts(9)) }),
      taskFacts({ number: 3, ...blockedBy(blockerFacts(9), blockerFacts(4, { assignees: [] })) }),
      taskFacts({ number: 4 }),
    ],
  });
  expect(measured).toEqual({ text: '2 open blockers, the longest chain is 2 tasks', count: 2 });
  expect(findings.map(({ kind, item, why, actor, action }) => [kind, item?.ref, why, actor.name, action.text])).toEqual(
    [
      [
        'unowned_blocker',
        'octo/harbor#4',
        'it blocks octo/harbor#3; nobody is assigned',
        'a maintainer of octo/harbor',
        'find somebody for octo/harbor#4, or take the dependency away',
      ],
      [
        'outside_blocker',
        'octo/harbor#9',
        'it blocks octo/harbor#2, octo/harbor#3, and is not in scope',
        'noor',
        'finish octo/harbor#9, in the way of octo/harbor#2, octo/harbor#3',
      ],
    ],
  );
});

it('tells a circle as one thing, in the order in which its tasks wait', () => {
  const { findings } = judge({
    tasks: [
      taskFacts({ number: 2, assignees: ['kim'], ...blockedBy(blockerFacts(4)) }),
      taskFacts({ number: 3, ...blockedBy(blockerFacts(2)) }),
      taskFacts({ number: 4, ...blockedBy(blockerFacts(3)) }),
    ],
  });
  const row = 'octo/harbor#2 → octo/harbor#4 → octo/harbor#3 → octo/harbor#2';
  expect(findings).toEqual([
    expect.objectContaining({
      kind: 'cycle',
      effect: 'fails',
      names: [ref(2), ref(3), ref(4)],
      why: `tasks wait for each other: ${row} (each blocked by the next)`,
      actor: { name: 'kim', kind: 'person' },
    }),
  ]);
});

it('tells a circle that goes through a task outside the scope, which nobody can finish first', () => {
  const outside = blockerFacts(9, { blockedBy: [ref(2)] });
  const { findings, measured } = judge({
    tasks: [
      taskFacts({ number: 2, assignees: ['kim'], ...blockedBy(outside) }),
      taskFacts({ number: 3, ...blockedBy(outside) }),
    ],
  });
  expect(measured).toMatchObject({ count: 1 });
  expect(findings.map(({ kind, item, names, why }) => [kind, item?.ref, names, why])).toEqual([
    [
      'cycle',
      'octo/harbor#2',
      [ref(2), ref(9)],
      'tasks wait for each other: octo/harbor#2 → octo/harbor#9 → octo/harbor#2 (each blocked by the next)',
    ],
    ['outside_blocker', 'octo/harbor#9', [ref(3)], 'it blocks octo/harbor#3, and is not in scope'],
  ]);
});

it('takes what blocks a task outside the scope from that task, where it was read', () => {
  const { findings } = judge({
    tasks: [taskFacts({ number: 2, ...blockedBy(blockerFacts(9)) })],
    outside: [taskFacts({ number: 9, ...blockedBy(blockerFacts(2)) })],
  });
  expect(findings.map(({ kind, names }) => [kind, names])).toEqual([['cycle', [ref(2), ref(9)]]]);
});

it('counts what blocks the umbrella of the scope itself', () => {
  const umbrella = taskFacts({ number: 1, ...blockedBy(blockerFacts(9)) });
  const { findings } = judge({
    tasks: [taskFacts({ number: 2, closedAt: AT })],
    outside: [umbrella],
    scope: { kind: 'umbrella', umbrella: ref(1) },
  });
  expect(findings.map(({ item, why }) => [item?.ref, why])).toEqual([
    ['octo/harbor#9', 'it blocks octo/harbor#1, and is not in scope'],
  ]);
});

it('says so where dependencies could not be read, except on servers that have none', () => {
  const gap = { cause: 'forbidden', what: 'blockers of octo/harbor#2', permission: 'issues: read' } as const;
  const { findings } = judge({
    tasks: [
      taskFacts({ number: 2, blockers: unknown(gap) }),
      taskFacts({ number: 3, blockers: unknown({ cause: 'not_supported', what: 'dependencies' }) }),
    ],
  });
  expect(findings.map(({ kind, effect, item }) => [kind, effect, item?.ref])).toEqual([
    ['unread_blockers', 'unknown', 'octo/harbor#2'],
  ]);
});

it('is not judged where the server knows no dependencies, unless nothing is left that could wait', () => {
  const blockers = unknown({ cause: 'not_supported', what: 'dependencies' });
  const open = judge({ tasks: [taskFacts({ number: 2, blockers }), taskFacts({ number: 3, blockers })] });
  expect(open).toEqual({
    ...{ applies: false, measured: null, threshold: null, findings: [] },
    reason: 'this server has no dependencies between issues',
  });
  const closedAt = '2026-05-04T09:00:00Z';
  expect(judge({ tasks: [taskFacts({ number: 2, blockers, closedAt })] })).toMatchObject({
    applies: true,
    findings: [],
  });
});

it('never passes while a task that is not done has an open blocker', () => {
  const pairs = fc.array(fc.tuple(fc.integer({ min: 2, max: 9 }), fc.integer({ min: 2, max: 12 })), { minLength: 1 });
  fc.assert(
    fc.property(pairs, (edges) => {
      const tasks = [2, 3, 4, 5, 6, 7, 8, 9].map((number) =>
        taskFacts({
          number,
          ...blockedBy(
            ...new Set(edges.flatMap(([from, to]) => (from === number ? [to] : [])).map((to) => blockerFacts(to))),
          ),
        }),
      );
      const fails = judge({ tasks }).findings.filter(({ effect }) => effect === 'fails');
      expect(fails.length).toBeGreaterThan(0);
      expect(fails.every(({ actor, action }) => actor.name !== '' && action.text !== '')).toBe(true);
    }),
  );
});
