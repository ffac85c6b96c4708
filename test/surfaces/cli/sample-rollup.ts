import { progressOf } from '../../../src/core/umbrella/progress.ts';
import type { ChildPullRequest, ChildRollup, Rollup } from '../../../src/core/umbrella/rollup.ts';

/** A rollup with a little of everything that a surface has to show; the private child is unblocked. */
export function sampleRollup(replaced: Partial<Rollup> = {}): Rollup {
  return {
    umbrella: {
      ref: ref(1),
      plannedId: 'P1.M1',
      title: 'Tides service',
      url: url(1),
      state: { state: 'in_progress', since: '2026-03-01T09:00:00Z', reason: 'kim is assigned' },
    },
    progress: progressOf(['done', 'implemented', 'blocked', 'unblocked']),
    wholeTree: null,
    lanes: [
      { name: 'api', progress: progressOf(['done', 'implemented']) },
      { name: null, progress: progressOf(['blocked', 'unblocked']) },
    ],
    children: [
      child(2, { title: 'Draw the schema', lane: 'api', state: { state: 'done', since: null, reason: 'closed' } }),
      child(3, {
        title: 'Serve the tides',
        lane: 'api',
        state: { state: 'implemented', since: '2026-03-01T09:00:00Z', reason: '#9 is open' },
        ageSeconds: 2 * 86_400,
        pullRequests: [pullRequest(9)],
        missingArtifacts: ['Evidence'],
        nextAction: { kind: 'review', text: 'review octo/harbor#9', actors: ['ravi'], url: url(9) },
      }),
      child(4, {
        title: 'Tell the captains',
        state: { state: 'blocked', since: '2026-03-02T08:00:00Z', reason: '#3 is open' },
        ageSeconds: 3600,
        openBlockers: [
          { ref: ref(3), title: 'Serve the tides', url: url(3), assignees: ['kim'] },
          { ref: null, title: null, url: null, assignees: [] },
        ],
        nextAction: { kind: 'clear_blocker', text: 'finish octo/harbor#3', actors: ['kim'], url: url(3) },
      }),
    ],
    privateChildren: 1,
    unreadChildren: 0,
    attention: [
      {
        ref: ref(3),
        why: 'waits for a review for 2 days',
        action: { kind: 'review', text: 'review octo/harbor#9', actors: ['ravi'], url: url(9) },
      },
    ],
    integration: {
      verdict: 'no_go',
      reasons: [
        { criterion: 'completion', effect: 'blocks', ref: null, text: '3 tasks are not complete' },
        { criterion: 'artifacts', effect: 'blocks', ref: ref(3), text: 'Evidence of octo/harbor#3 is missing' },
      ],
      notJudged: ['gates'],
    },
    gaps: [{ cause: 'forbidden', what: 'checks of octo/harbor#9', permission: 'checks: read' }],
    remarks: ['#4 has two lanes; the first by name counts'],
    now: '2026-03-02T09:00:00Z',
    ...replaced,
  };
}

export function child(number: number, replaced: Partial<ChildRollup> = {}): ChildRollup {
  return {
    ref: ref(number),
    plannedId: null,
    title: `Task ${number}`,
    url: url(number),
    state: { state: 'unblocked', since: null, reason: 'nothing stands in the way' },
    lane: null,
    assignees: [],
    ageSeconds: null,
    pullRequests: [],
    openBlockers: [],
    artifacts: [],
    missingArtifacts: [],
    nextAction: null,
    nested: null,
    gaps: [],
    ...replaced,
  };
}

export function pullRequest(number: number, replaced: Partial<ChildPullRequest> = {}): ChildPullRequest {
  return {
    ref: ref(number),
    url: url(number),
    title: `Pull request ${number}`,
    state: 'open',
    branch: `kim/task-${number}`,
    link: {
      pullRequest: ref(number),
      source: 'closing_reference',
      evidence: [{ source: 'closing_reference', place: 'GitHub', quote: 'Closes #3', url: url(number) }],
    },
    checks: 'success',
    failingChecks: [],
    review: 'requested',
    waitingFor: ['ravi'],
    ...replaced,
  };
}

const ref = (number: number) => ({ owner: 'octo', repo: 'harbor', number });
const url = (number: number): string => `https://github.com/octo/harbor/issues/${number}`;
