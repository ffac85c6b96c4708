import { describe, expect, it } from 'vitest';
import { scopeIntegrity } from '../../../../src/core/readiness/criteria/scope-integrity.ts';
import { known, unknown } from '../../../../src/core/reading.ts';
import { closedBy, pullRequestFacts, ref, taskFacts } from '../../build-facts.ts';
import { configured, viewOf, world } from '../build-world.ts';

const AT = '2026-05-04T09:00:00Z';
const LATER = '2026-05-08T09:00:00Z';
const FREEZE = '2026-05-06';

const judge = (input: Parameters<typeof world>[0], readiness = '{}') =>
  scopeIntegrity.judge(viewOf(world(input), configured(`readiness: ${readiness}`)));

const told = (input: Parameters<typeof world>[0], readiness?: string) =>
  judge(input, readiness).findings.map(({ kind, effect, item }) => `${effect} ${kind} ${item?.ref ?? ''}`.trim());

describe('scopeIntegrity', () => {
  it('asks for the pull request of a task that was closed as completed without one', () => {
    const task = taskFacts({ number: 2, closedAt: AT, assignees: ['kim'], ...closedBy(41) });
    const closed = pullRequestFacts({ closedAt: AT });
    expect(judge({ tasks: [task], pullRequests: [closed] })).toEqual({
      applies: true,
      measured: { text: '1 in doubt', count: 1 },
      threshold: 'nothing in doubt',
      reason: '1 closed without merge',
      findings: [
        {
          kind: 'closed_without_merge',
          effect: 'fails',
          item: { ref: 'octo/harbor#2', kind: 'task', title: 'Task 2', url: task.url },
          names: [ref(2), ref(41)],
          since: AT,
          why: 'it is closed as completed, and no pull request of it was merged',
          actor: { name: 'kim', kind: 'person' },
          action: {
            text: 'reopen octo/harbor#2, or link the pull request that did it',
            command: 'gh issue reopen 2 --repo=octo/harbor',
            url: task.url,
          },
          evidence: [
            { text: 'closed without a merged change', url: task.url },
            { text: 'octo/harbor#41 is closed unmerged', url: closed.url },
          ],
        },
      ],
    });
  });

  const merged = pullRequestFacts({ mergedAt: AT });
  const closedTask = taskFacts({ number: 2, closedAt: AT });
  const rows: readonly [title: string, findings: readonly string[], Parameters<typeof world>[0]][] = [
    [
      'a task closed by a merged pull request',
      [],
      { tasks: [taskFacts({ number: 2, closedAt: AT, ...closedBy(41) })], pullRequests: [merged] },
    ],
    [
      'a task closed as not planned',
      [],
      { tasks: [taskFacts({ number: 2, closedAt: AT, stateReason: 'not_planned' })] },
    ],
    [
      'a closed umbrella',
      [],
      {
        tasks: [taskFacts({ number: 3, closedAt: AT, children: known([ref(7)]) })],
        outside: [taskFacts({ number: 7 })],
      },
    ],
    ['an open task', [], { tasks: [taskFacts({ number: 2 })] }],
    [
      'an open task whose only pull requests were closed',
      ['fails only_closed_pull_requests octo/harbor#2'],
      {
        tasks: [taskFacts({ number: 2, ...closedBy(41, 42) })],
        pullRequests: [pullRequestFacts({ closedAt: AT }), pullRequestFacts({ number: 42, closedAt: AT })],
      },
    ],
    [
      'an open task with another that is open',
      [],
      {
        tasks: [taskFacts({ number: 2, ...closedBy(41, 42) })],
        pullRequests: [pullRequestFacts({ closedAt: AT }), pullRequestFacts({ number: 42 })],
      },
    ],
    [
      'a closed task whose pull requests could not be read',
      ['unknown unread_pull_requests octo/harbor#2'],
      {
        tasks: [
          taskFacts({
            number: 2,
            closedAt: AT,
            closingPullRequests: unknown({ cause: 'forbidden', what: 'pull requests of octo/harbor#2' }),
          }),
        ],
      },
    ],
    [
      'a gap in the scope',
      ['unknown unread_scope'],
      { work: { gaps: [{ cause: 'truncated', what: 'issues of octo/harbor' }] } },
    ],
    [
      'a gap that two readings met',
      ['unknown unread_scope'],
      {
        work: {
          gaps: [
            { cause: 'forbidden', what: 'commits of octo/harbor', permission: 'contents: read' },
            { cause: 'forbidden', what: 'commits of octo/harbor', permission: 'contents: read' },
          ],
        },
      },
    ],
    ['a feature that the server lacks', [], { work: { gaps: [{ cause: 'not_supported', what: 'dependencies' }] } }],
    ['a task that was not read', ['unknown unread_item'], { tasks: [closedTask], work: { tasks: new Map() } }],
  ];
  for (const [title, findings, input] of rows) {
    it(`finds ${findings.join(', ') || 'nothing'} with ${title}`, () => expect(told(input)).toEqual(findings));
  }

  it('finds what was added after the freeze, where there is one', () => {
    const tasks = [
      taskFacts({ number: 2 }),
      taskFacts({ number: 3, createdAt: LATER }),
      taskFacts({ number: 4 }),
      taskFacts({ number: 5 }),
      taskFacts({ number: 6, createdAt: LATER, closedAt: LATER, stateReason: 'not_planned' }),
    ];
    const scopedAt = new Map([
      ['octo/harbor#2', AT],
      ['octo/harbor#3', null],
      ['octo/harbor#4', LATER],
      ['octo/harbor#5', null],
    ]);
    expect(told({ tasks, scopedAt }, `{ freeze: ${FREEZE} }`)).toEqual([
      'fails added_after_freeze octo/harbor#3',
      'fails added_after_freeze octo/harbor#4',
      'unknown unread_scope_time octo/harbor#5',
    ]);
    expect(told({ tasks, scopedAt })).toEqual([]);
    expect(judge({ tasks, scopedAt }, `{ freeze: ${FREEZE} }`).findings[1]).toMatchObject({
      since: LATER,
      actor: { name: 'a maintainer of octo/harbor' },
      action: {
        text: 'take octo/harbor#4 out of the scope, or waive it',
        command: 'gh issue edit 4 --repo=octo/harbor --remove-milestone',
      },
    });
  });

  it('tells what was merged for a task that the scope forgot, and lets it block after the freeze', () => {
    const input = {
      tasks: [taskFacts({ number: 2 })],
      outside: [
        taskFacts({ number: 7, ...closedBy(47) }),
        taskFacts({ number: 8, milestone: { title: 'Harbor 4', dueOn: null }, ...closedBy(48) }),
        pullRequestFacts({ number: 47, mergedAt: LATER }),
        pullRequestFacts({ number: 48, mergedAt: LATER }),
        pullRequestFacts({ number: 49, mergedAt: LATER }),
      ],
    };
    expect(told(input)).toEqual(['informs merged_unscoped octo/harbor#47']);
    expect(told(input, `{ freeze: ${FREEZE} }`)).toEqual(['fails merged_unscoped octo/harbor#47']);
    expect(told({ ...input, scope: { kind: 'label', selector: 'label:ship' } })).toEqual([]);
    expect(judge(input).findings[0]?.action).toEqual({
      text: 'add octo/harbor#7 to the scope',
      command: "gh issue edit 7 --repo=octo/harbor --milestone='Harbor 3.1'",
      url: taskFacts({ number: 7 }).url,
    });
  });

  it('says what it does not know of tasks outside, which is in the way only after the freeze', () => {
    const outsideGaps = [{ cause: 'truncated', what: 'tasks of 40 more merged pull requests' }] as const;
    const input = { tasks: [taskFacts({ number: 2 })], outsideGaps };
    expect(told(input)).toEqual(['informs unread_outside']);
    expect(told(input, `{ freeze: ${FREEZE} }`)).toEqual(['unknown unread_outside']);
  });
});
