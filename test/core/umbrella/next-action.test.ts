import { describe, expect, it } from 'vitest';
import { type Gap, known, unknown } from '../../../src/core/reading.ts';
import type { ReviewFacts } from '../../../src/core/task/facts.ts';
import { type ActionFacts, nextActionOf } from '../../../src/core/umbrella/next-action.ts';
import { progressOf } from '../../../src/core/umbrella/progress.ts';
import { pullRequestFacts, ref, taskFacts } from '../build-facts.ts';
import { GREEN, RED } from './harbor.ts';

const task = taskFacts({ number: 12, assignees: ['kim'] });
const gap: Gap = { cause: 'forbidden', what: 'checks of octo/harbor#41', permission: 'checks: read' };
const PENDING = { state: 'pending', total: 1, unfinished: [] } as const;
const approved = { reviewDecision: 'approved', checks: known(GREEN) } as const;
const rejection: ReviewFacts = {
  author: 'lena',
  state: 'changes_requested',
  submittedAt: null,
  commitSha: null,
  url: '',
};
const blocker = { ref: ref(3), title: 'x', url: 'https://github.com/octo/harbor/issues/3', assignees: ['noor'] };

function act(facts: Partial<ActionFacts>): readonly [string, string, readonly string[]] | null {
  const action = nextActionOf({
    task,
    state: 'implemented',
    pullRequests: [],
    openBlockers: [],
    missingArtifacts: [],
    nested: null,
    gaps: [],
    keepers: [],
    ...facts,
  });
  return action === null ? null : [action.kind, action.text, action.actors];
}

const open = (input: Parameters<typeof pullRequestFacts>[0]) => ({ pullRequests: [pullRequestFacts(input)] });

describe('nextActionOf', () => {
  const rows: readonly [title: string, Partial<ActionFacts>, ReturnType<typeof act>][] = [
    ['nothing for a dropped task', { state: 'dropped', missingArtifacts: ['Evidence'] }, null],
    ['nothing for a done task', { state: 'done' }, null],
    [
      'the missing field of a done task',
      { state: 'done', missingArtifacts: ['Evidence', 'Plan'] },
      ['add_artifact', 'add Evidence, Plan to octo/harbor#12', ['kim']],
    ],
    [
      'the permission for an unknown task',
      { state: 'unknown', gaps: [gap] },
      [
        'grant_permission',
        'let Parasol read checks of octo/harbor#41 (checks: read)',
        ['an administrator of octo/harbor'],
      ],
    ],
    [
      'to bring a reverted change back',
      { state: 'reverted', task: taskFacts({ number: 12 }), ...open({ mergedAt: '2026-05-02T00:00:00Z' }) },
      ['reapply_change', 'bring the reverted change back: octo/harbor#12', ['ravi']],
    ],
    [
      'to answer a review before anything else',
      open({ reviewDecision: 'changes_requested', reviews: known([rejection]), checks: known(RED) }),
      ['address_review', 'address the review of octo/harbor#41', ['ravi']],
    ],
    [
      'to look again once the reviewer was asked to',
      open({ reviewDecision: 'changes_requested', reviews: known([rejection]), reviewRequests: known(['lena']) }),
      ['review', 'review octo/harbor#41', ['lena']],
    ],
    [
      'to fix failing checks, approved or not',
      open({ ...approved, checks: known(RED) }),
      ['fix_checks', 'fix the checks of octo/harbor#41', ['ravi']],
    ],
    [
      'to resolve a conflict',
      open({ ...approved, mergeable: 'conflicting' }),
      ['resolve_conflict', 'resolve the conflicts of octo/harbor#41', ['ravi']],
    ],
    [
      'to review, by everyone who is asked',
      open({ reviewRequests: known(['lena', 'octo/db']) }),
      ['review', 'review octo/harbor#41', ['lena', 'octo/db']],
    ],
    [
      'to ask somebody for a review',
      open({ reviewDecision: 'review_required' }),
      ['request_review', 'request a review of octo/harbor#41', ['ravi']],
    ],
    [
      'to wait for checks',
      { state: 'approved', ...open({ ...approved, checks: known(PENDING) }) },
      ['wait_for_checks', 'wait for the checks of octo/harbor#41', ['ravi']],
    ],
    [
      'the permission to see checks before a merge',
      { state: 'approved', ...open({ ...approved, checks: unknown(gap) }) },
      [
        'grant_permission',
        'let Parasol read checks of octo/harbor#41 (checks: read)',
        ['an administrator of octo/harbor'],
      ],
    ],
    [
      'the missing field before a merge',
      { state: 'approved', ...open(approved), missingArtifacts: ['Evidence'] },
      ['add_artifact', 'add Evidence to octo/harbor#12', ['kim']],
    ],
    [
      'the blocker before a merge',
      { state: 'approved', ...open(approved), openBlockers: [blocker] },
      ['clear_blocker', 'finish octo/harbor#3, in the way of octo/harbor#12', ['noor']],
    ],
    ['to merge', { state: 'approved', ...open(approved) }, ['merge', 'merge octo/harbor#41', ['ravi']]],
    ['to go on when a label alone says implemented', {}, ['continue', 'continue octo/harbor#12', ['kim']]],
    [
      'to close what is merged',
      { state: 'integrated', ...open({ mergedAt: '2026-05-02T00:00:00Z' }) },
      ['close_task', 'close octo/harbor#12', ['kim']],
    ],
    [
      'the blockers, by those who have them',
      { state: 'blocked', openBlockers: [blocker, { ...blocker, assignees: ['noor', 'lena'] }] },
      ['clear_blocker', 'finish octo/harbor#3 and 1 more, in the way of octo/harbor#12', ['noor', 'lena']],
    ],
    [
      'a private blocker, without its name',
      { state: 'blocked', openBlockers: [{ ref: null, title: null, url: null, assignees: [] }] },
      ['clear_blocker', 'finish a private task, in the way of octo/harbor#12', []],
    ],
    ['what a label alone says', { state: 'blocked' }, ['clear_blocker', 'clear what blocks octo/harbor#12', ['kim']]],
    [
      'to finish a draft',
      { state: 'in_progress', ...open({ isDraft: true }) },
      ['finish_draft', 'finish octo/harbor#41', ['ravi']],
    ],
    ['to go on', { state: 'in_progress' }, ['continue', 'continue octo/harbor#12', ['kim']]],
    [
      'to close an umbrella that is complete',
      { state: 'in_progress', nested: progressOf(['done', 'integrated', 'dropped']) },
      ['close_task', 'every child is complete: close octo/harbor#12', ['kim']],
    ],
    ['to start', { state: 'unblocked', task: taskFacts({ number: 12 }) }, ['start', 'start octo/harbor#12', []]],
  ];
  it.each(rows)('is %s', (_title, facts, action) => {
    expect(act(facts)).toEqual(action);
  });

  it('takes the most pressing of several open pull requests', () => {
    const pullRequests = [
      pullRequestFacts({ number: 41, ...approved }),
      pullRequestFacts({ number: 42, checks: known(RED) }),
    ];
    expect(act({ pullRequests })).toEqual(['fix_checks', 'fix the checks of octo/harbor#42', ['ravi']]);
  });

  it("is owed by the umbrella's keepers where nobody in particular owes it", () => {
    const unassigned = { task: taskFacts({ number: 12 }), keepers: ['noor'] };
    expect(act({ ...unassigned, state: 'unblocked' })?.[2]).toEqual(['noor']);
    expect(act({ ...unassigned, state: 'done', missingArtifacts: ['Evidence'] })?.[2]).toEqual(['noor']);
    expect(act({ task, keepers: ['noor'], state: 'unblocked' })?.[2]).toEqual(['kim']);
  });

  it('is owed by the keepers where GitHub gave no answer, which no administrator mends', () => {
    const down: Gap = { cause: 'unavailable', what: 'checks of octo/harbor#41' };
    const [silent, ghost] = [{ checks: unknown(down) }, { author: null, checks: known(PENDING) }];
    expect(act({ keepers: ['noor'], state: 'unknown', gaps: [down] })?.[2]).toEqual(['noor']);
    expect(act({ keepers: ['noor'], state: 'approved', ...open({ ...approved, ...silent }) })?.[2]).toEqual(['noor']);
    expect(act({ keepers: ['noor'], state: 'approved', ...open({ ...approved, ...ghost }) })?.[2]).toEqual(['noor']);
  });

  it('is owed by an administrator where nothing says what could not be read', () => {
    expect(act({ keepers: ['noor'], state: 'unknown' })).toEqual([
      'grant_permission',
      'let Parasol read the pull requests of octo/harbor#12',
      ['an administrator of octo/harbor'],
    ]);
  });
});
