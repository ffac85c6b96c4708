import { describe, expect, it } from 'vitest';
import type { Config } from '../../../../src/core/config.ts';
import { completion } from '../../../../src/core/readiness/criteria/completion.ts';
import { known, unknown } from '../../../../src/core/reading.ts';
import type { TaskFacts } from '../../../../src/core/task/facts.ts';
import { blockerFacts, closedBy, pullRequestFacts, ref, shaOf, taskFacts } from '../../build-facts.ts';
import { configured, viewOf, world } from '../build-world.ts';

const AT = '2026-05-04T09:00:00Z';
const judge = (input: Parameters<typeof world>[0]) => completion.judge(viewOf(world(input)));

it('passes a scope whose tasks are done, integrated or dropped', () => {
  const judged = judge({
    tasks: [
      taskFacts({ number: 2, closedAt: AT, ...closedBy(41) }),
      taskFacts({ number: 3, ...closedBy(42) }),
      taskFacts({ number: 4, closedAt: AT, stateReason: 'not_planned' }),
    ],
    pullRequests: [pullRequestFacts({ mergedAt: AT }), pullRequestFacts({ number: 42, mergedAt: AT })],
  });
  expect(judged).toEqual({
    applies: true,
    measured: { text: '2 of 2 tasks', ratio: { num: 2, den: 2, value: 1 } },
    threshold: 'every task done, integrated or dropped',
    reason: 'every task is done, integrated or dropped',
    findings: [],
  });
});

it('names what is open with its next step and whoever owes it', () => {
  const approval = { author: 'lena', state: 'approved', submittedAt: AT, commitSha: null, url: 'https://x' } as const;
  const { findings, reason, measured } = judge({
    tasks: [taskFacts({ number: 2, labels: ['lane:api'], assignees: ['kim'], ...closedBy(41) })],
    pullRequests: [pullRequestFacts({ reviews: known([approval]) })],
  });
  expect({ reason, measured }).toEqual({
    reason: '1 open task',
    measured: { text: '0 of 1 tasks', ratio: { num: 0, den: 1, value: 0 } },
  });
  expect(findings).toEqual([
    {
      kind: 'open_task',
      effect: 'fails',
      item: { ref: 'octo/harbor#2', kind: 'task', title: 'Task 2', url: 'https://github.com/octo/harbor/issues/2' },
      names: [ref(41)],
      lane: 'api',
      since: AT,
      why: 'it is approved: octo/harbor#41 is open and approved',
      actor: { name: 'ravi', kind: 'person' },
      action: {
        text: 'merge octo/harbor#41',
        command: 'gh pr merge 41 --repo=octo/harbor',
        url: 'https://github.com/octo/harbor/pull/41',
      },
      evidence: [{ text: 'octo/harbor#41 is open and approved', url: 'https://github.com/octo/harbor/pull/41' }],
    },
  ]);
});

it('asks for the circle to be broken where blockers wait for the task themselves, after those that do not', () => {
  const blockedBy = (...numbers: readonly number[]) => ({ blockers: known(numbers.map((one) => blockerFacts(one))) });
  const { findings } = judge({
    tasks: [
      taskFacts({ number: 2, assignees: ['kim'], ...blockedBy(3) }),
      taskFacts({ number: 3, ...blockedBy(2, 9) }),
      taskFacts({ number: 4, ...blockedBy(2) }),
    ],
  });
  expect(findings.map(({ item, actor, action }) => [item?.ref, actor.name, action.text])).toEqual([
    ['octo/harbor#2', 'kim', 'take one of these dependencies away: octo/harbor#2 → octo/harbor#3 → octo/harbor#2'],
    ['octo/harbor#3', 'noor', 'finish octo/harbor#9, in the way of octo/harbor#3'],
    ['octo/harbor#4', 'noor', 'finish octo/harbor#2, in the way of octo/harbor#4'],
  ]);
});

it('has an approval of an older head looked at again before anybody merges', () => {
  const approval = { author: 'lena', state: 'approved', submittedAt: AT, url: 'https://x' } as const;
  const stepAfter = (commitSha: string) => {
    const { findings } = judge({
      tasks: [taskFacts({ number: 2, ...closedBy(41) })],
      pullRequests: [pullRequestFacts({ reviews: known([{ ...approval, commitSha }]) })],
    });
    return findings.map(({ actor, action }) => [actor.name, action.text]);
  };
  expect(stepAfter(shaOf(7))).toEqual([['lena', 'look at octo/harbor#41 again, and approve its present head']]);
  expect(stepAfter(shaOf(1041))).toEqual([['ravi', 'merge octo/harbor#41']]);
});

it('tells work once: an umbrella only where nothing under it is left to do', () => {
  const leaf = taskFacts({ number: 3 });
  const done = taskFacts({ number: 5, closedAt: AT });
  const { findings } = judge({
    tasks: [
      taskFacts({ number: 2, children: known([ref(3)]) }),
      leaf,
      taskFacts({ number: 4, children: known([ref(5)]), assignees: ['noor'] }),
      done,
    ],
  });
  expect(findings.map(({ item, action, actor }) => [item?.ref, action.text, actor.name])).toEqual([
    ['octo/harbor#3', 'start octo/harbor#3', 'a maintainer of octo/harbor'],
    ['octo/harbor#4', 'every child is complete: close octo/harbor#4', 'noor'],
  ]);
});

it('counts as named of its blockers only what its words may name', () => {
  const blockers = known([blockerFacts(8), blockerFacts(9, { state: 'closed', closedAt: AT })]);
  const task = taskFacts({ number: 2, blockers, ...closedBy(41) });
  const merged = pullRequestFacts({ mergedAt: AT });
  const revert = pullRequestFacts({ number: 42, mergedAt: '2026-05-06T09:00:00Z', body: 'Reverts #41' });
  const namesOf = (input: Parameters<typeof judge>[0]) => judge(input).findings.map(({ kind, names }) => [kind, names]);
  expect(namesOf({ tasks: [{ ...task, ...closedBy() }] })).toEqual([['open_task', [ref(8)]]]);
  expect(namesOf({ tasks: [task], pullRequests: [merged, revert] })).toEqual([['reverted_task', [ref(41)]]]);
});

it('gathers what one missing permission withholds into one finding', () => {
  const unread = (what: string) => unknown({ cause: 'forbidden' as const, what, permission: 'checks: read' });
  const { findings } = judge({
    tasks: [2, 3, 4].map((number) => taskFacts({ number, closedAt: AT, ...closedBy(number + 40) })),
    pullRequests: [42, 43, 44].map((number) =>
      pullRequestFacts({ number, checks: unread(`checks of octo/harbor#${number}`) }),
    ),
  });
  expect(findings).toEqual([
    expect.objectContaining({
      kind: 'unread_task',
      effect: 'unknown',
      item: null,
      names: [ref(2), ref(3), ref(4)],
      why: 'could not read checks of octo/harbor#42 and 2 more: needs checks: read',
      actor: { name: 'an administrator of octo/harbor', kind: 'role' },
    }),
  ]);
});

it('does not ask how the checks of merged and closed pull requests ended', () => {
  const checks = unknown({ cause: 'forbidden', what: 'checks of octo/harbor#41', permission: 'checks: read' });
  const findingsOf = (input: Parameters<typeof pullRequestFacts>[0]) =>
    judge({
      tasks: [taskFacts({ number: 2, closedAt: AT, ...closedBy(41) })],
      pullRequests: [pullRequestFacts({ ...input, checks })],
    }).findings.map(({ kind }) => kind);
  expect([findingsOf({ mergedAt: AT }), findingsOf({ closedAt: AT }), findingsOf({})]).toEqual([
    [],
    [],
    ['unread_task'],
  ]);
});

it('does not apply where no task is in scope', () => {
  expect(judge({ pullRequests: [pullRequestFacts()] })).toMatchObject({
    applies: false,
    reason: 'no task is in scope',
  });
});

describe('a task that was reopened after its change was merged', () => {
  const reopened = taskFacts({ number: 2, stateReason: 'reopened', assignees: ['kim'], ...closedBy(41) });
  const merged = pullRequestFacts({ mergedAt: AT });

  it('is not complete, and whoever owns it closes it again or links what mends it', () => {
    expect(judge({ tasks: [reopened, taskFacts({ number: 3, closedAt: AT })], pullRequests: [merged] })).toEqual({
      applies: true,
      measured: { text: '1 of 2 tasks', ratio: { num: 1, den: 2, value: 0.5 } },
      threshold: 'every task done, integrated or dropped',
      reason: '1 reopened task',
      findings: [
        {
          kind: 'reopened_task',
          effect: 'fails',
          item: { ref: 'octo/harbor#2', kind: 'task', title: 'Task 2', url: 'https://github.com/octo/harbor/issues/2' },
          names: [ref(41)],
          lane: null,
          since: null,
          why: 'it was reopened after its change was merged, and nothing that would mend it is open',
          actor: { name: 'kim', kind: 'person' },
          action: {
            text: 'close it again, or link the pull request that mends it',
            command: null,
            url: 'https://github.com/octo/harbor/issues/2',
          },
          evidence: [
            {
              text: 'octo/harbor#41 is merged into main and none is open',
              url: 'https://github.com/octo/harbor/pull/41',
            },
          ],
        },
      ],
    });
  });

  it('is told by the pull request that mends it, once that is linked', () => {
    const mending = taskFacts({ number: 2, stateReason: 'reopened', ...closedBy(41, 42) });
    const { findings } = judge({ tasks: [mending], pullRequests: [merged, pullRequestFacts({ number: 42 })] });
    expect(findings.map(({ kind }) => kind)).toEqual(['open_task']);
  });

  it('is complete where a label says so, or where the merge did not close it', () => {
    const kindsOf = (tasks: readonly TaskFacts[], config?: Config) =>
      completion.judge(viewOf(world({ tasks, pullRequests: [merged] }), config)).findings.map(({ kind }) => kind);
    const finished = configured('tasks: { states: { finished: done } }');
    expect(kindsOf([{ ...reopened, labels: ['finished'] }], finished)).toEqual([]);
    expect(kindsOf([{ ...reopened, stateReason: null }])).toEqual([]);
  });

  it('is told by its children, where something is left of them', () => {
    const tasks = [{ ...reopened, children: known([ref(3)]) }, taskFacts({ number: 3 })];
    const { findings } = judge({ tasks, pullRequests: [merged] });
    expect(findings.map(({ kind, item }) => [kind, item?.ref])).toEqual([['open_task', 'octo/harbor#3']]);
  });
});
