import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG, parseConfig } from '../../../src/core/config.ts';
import { type Gap, known, unknown } from '../../../src/core/reading.ts';
import { assessTaskState } from '../../../src/core/task/assess-state.ts';
import type { PullRequestFacts, ReviewFacts, TaskFacts } from '../../../src/core/task/facts.ts';
import { linkPullRequests } from '../../../src/core/task/link-pull-requests.ts';
import { findReverts } from '../../../src/core/task/reverts.ts';
import type { TaskStateVerdict } from '../../../src/core/task/state.ts';
import type { UmbrellaSnapshot } from '../../../src/core/umbrella/snapshot.ts';
import { blockerFacts, MADE, pullRequestFacts, ref, snapshot, taskFacts } from '../build-facts.ts';

const at = (day: number): string => `2026-05-${String(day).padStart(2, '0')}T10:00:00Z`;

interface Case {
  readonly task?: Partial<TaskFacts>;
  readonly pulls?: readonly Partial<PullRequestFacts & { number: number }>[];
  readonly read?: Partial<UmbrellaSnapshot>;
  readonly config?: string;
  readonly hasStartedChild?: boolean;
}

/** Every pull request given is one of the task's, by GitHub's reference. */
function assess({ task = {}, pulls = [], read = {}, config = '', hasStartedChild = false }: Case): TaskStateVerdict {
  const pullRequests = pulls.map((pull, i) => pullRequestFacts({ number: 41 + i, ...pull }));
  const own = taskFacts({
    number: 12,
    closingPullRequests: known(pullRequests.map((pull) => pull.ref)),
    ...task,
  });
  const facts = snapshot([own], pullRequests, read);
  const parsed = parseConfig({ text: config, ownerText: null }).config;
  return assessTaskState({
    task: own,
    links: linkPullRequests(facts, parsed).get('octo/harbor#12') ?? [],
    snapshot: facts,
    reverts: findReverts(facts),
    config: parsed,
    hasStartedChild,
  });
}

const closed = { state: 'closed', closedAt: at(9) } as const;
const merged = { mergedAt: at(5) };
const review = (state: ReviewFacts['state'], day: number): ReviewFacts => ({
  author: 'lena',
  state,
  submittedAt: at(day),
  commitSha: null,
  url: '',
});
const gap: Gap = { cause: 'forbidden', what: 'blockers of octo/harbor#12', permission: 'issues: read' };

describe('assessTaskState', () => {
  const rows: readonly [title: string, Case, TaskStateVerdict][] = [
    [
      'is dropped when closed as not planned',
      { task: { ...closed, stateReason: 'not_planned' }, pulls: [merged] },
      { state: 'dropped', since: at(9), reason: 'closed as not planned' },
    ],
    [
      'is dropped when closed as a duplicate',
      { task: { ...closed, stateReason: 'duplicate' } },
      { state: 'dropped', since: at(9), reason: 'closed as a duplicate' },
    ],
    [
      'is reverted when its merged change was taken out, though closed',
      { task: closed, pulls: [merged], read: { pullRequests: new Map() } },
      { state: 'done', since: at(9), reason: 'closed as completed' },
    ],
    [
      'is done when closed as completed with a merged change',
      { task: { ...closed, stateReason: 'completed' }, pulls: [merged] },
      { state: 'done', since: at(9), reason: 'closed as completed, octo/harbor#41 is merged' },
    ],
    [
      'is done with a remark when closed without a merged change',
      { task: closed, pulls: [{ closedAt: at(4) }] },
      {
        state: 'done',
        since: at(9),
        reason: 'closed as completed',
        remark: 'closed without a merged change',
      },
    ],
    [
      'is integrated when its pull requests are merged and none is open',
      { pulls: [{ mergedAt: at(5) }, { mergedAt: at(7), baseRefName: 'next', isDefaultBase: false }] },
      { state: 'integrated', since: at(7), reason: 'octo/harbor#42 is merged into next and none is open' },
    ],
    [
      'is approved when the open pull request satisfies the review decision',
      { pulls: [{ reviewDecision: 'approved', reviews: known([review('approved', 6)]) }] },
      { state: 'approved', since: at(6), reason: 'octo/harbor#41 is open and approved' },
    ],
    [
      'is approved without a rule by one approval in force',
      { pulls: [{ reviews: known([review('approved', 6), review('dismissed', 7)]) }] },
      { state: 'approved', since: at(6), reason: 'octo/harbor#41 is open and approved' },
    ],
    [
      'is approved though a merged pull request came before',
      { pulls: [merged, { reviewDecision: 'approved' }] },
      { state: 'approved', since: null, reason: 'octo/harbor#42 is open and approved' },
    ],
    [
      'is implemented while one of several open pull requests is not approved',
      { pulls: [{ reviewDecision: 'approved' }, { reviewDecision: 'review_required', readyAt: at(4) }] },
      {
        state: 'implemented',
        since: '2026-05-02T09:00:00Z',
        reason: 'octo/harbor#41, octo/harbor#42 are open and ready for review',
      },
    ],
    [
      'is implemented while changes are requested, with or without a rule',
      { pulls: [{ reviews: known([review('approved', 5), review('changes_requested', 6)]), readyAt: at(3) }] },
      { state: 'implemented', since: at(3), reason: 'octo/harbor#41 is open and ready for review' },
    ],
    [
      'is implemented, not blocked, with an open blocker',
      { pulls: [{ readyAt: at(3) }], task: { blockers: known([blockerFacts(3)]) } },
      { state: 'implemented', since: at(3), reason: 'octo/harbor#41 is open and ready for review' },
    ],
    [
      'is blocked by open blockers since the first of them',
      {
        task: {
          blockers: known([
            blockerFacts(3, { addedAt: at(4) }),
            blockerFacts(4, { addedAt: at(3) }),
            blockerFacts(5, { closedAt: at(2), addedAt: at(1) }),
          ]),
        },
      },
      { state: 'blocked', since: at(3), reason: 'blocked by octo/harbor#3, octo/harbor#4' },
    ],
    [
      'is blocked by a configured label',
      { task: { labels: ['Blocked'] }, config: 'tasks: { blocked_labels: [blocked] }' },
      { state: 'blocked', since: null, reason: 'the label "Blocked" says blocked' },
    ],
    [
      'is blocked even with a draft pull request',
      { pulls: [{ isDraft: true }], task: { blockers: known([blockerFacts(3, { addedAt: null })]) } },
      { state: 'blocked', since: null, reason: 'blocked by octo/harbor#3' },
    ],
    [
      'is in progress with an assignee',
      { task: { assignees: ['kim'], assignedAt: at(2) } },
      { state: 'in_progress', since: at(2), reason: 'kim assigned' },
    ],
    [
      'is in progress with a draft, since the first sign',
      { task: { assignees: ['kim'], assignedAt: at(6) }, pulls: [{ isDraft: true, createdAt: at(4) }] },
      { state: 'in_progress', since: at(4), reason: 'kim assigned; octo/harbor#41 is a draft' },
    ],
    [
      'is in progress with a linked branch',
      { task: { linkedBranches: known([{ owner: 'octo', repo: 'harbor', name: 'loading' }]) } },
      { state: 'in_progress', since: null, reason: 'branch loading' },
    ],
    [
      'is in progress once one of its children has been started',
      { hasStartedChild: true },
      { state: 'in_progress', since: null, reason: 'a child has been started' },
    ],
    ['is unblocked since its creation', {}, { state: 'unblocked', since: MADE, reason: 'nobody has started' }],
    [
      'is unblocked since its last blocker closed',
      { task: { blockers: known([blockerFacts(3, { closedAt: at(4) }), blockerFacts(4, { closedAt: at(6) })]) } },
      { state: 'unblocked', since: at(6), reason: 'its blockers are closed and nobody has started' },
    ],
    [
      'is unblocked with only a closed, unmerged pull request',
      { pulls: [{ closedAt: at(4) }] },
      { state: 'unblocked', since: MADE, reason: 'nobody has started' },
    ],
    [
      'is unknown when its blockers could not be read',
      { task: { blockers: unknown(gap) } },
      { state: 'unknown', since: null, reason: 'could not read blockers of octo/harbor#12' },
    ],
    [
      'is decided before blockers matter',
      { task: { blockers: unknown(gap) }, pulls: [{ readyAt: at(3) }] },
      { state: 'implemented', since: at(3), reason: 'octo/harbor#41 is open and ready for review' },
    ],
    [
      'is unknown when its pull requests could not be read',
      { task: { closingPullRequests: unknown({ ...gap, what: 'pull requests' }), assignees: ['kim'] } },
      { state: 'unknown', since: null, reason: 'could not read pull requests' },
    ],
    [
      'is done all the same when closed, without a remark',
      { task: { ...closed, closingPullRequests: unknown(gap) } },
      { state: 'done', since: at(9), reason: 'closed as completed' },
    ],
    [
      'is unknown when one of its pull requests is missing',
      { task: { closingPullRequests: known([ref(77)]) } },
      { state: 'unknown', since: null, reason: 'could not read pull request octo/harbor#77' },
    ],
    [
      'is unknown when no pull request of the repository may be read',
      { read: { gaps: [{ cause: 'forbidden', what: 'pull requests', permission: 'pull_requests: read' }] } },
      { state: 'unknown', since: null, reason: 'could not read pull requests' },
    ],
    [
      'is unknown when reviews decide and could not be read',
      { pulls: [{ reviews: unknown({ ...gap, what: 'reviews of octo/harbor#41' }) }] },
      { state: 'unknown', since: null, reason: 'could not read reviews of octo/harbor#41' },
    ],
    [
      'needs no reviews where the decision says no',
      { pulls: [{ reviewDecision: 'review_required', reviews: unknown(gap), reviewRequests: unknown(gap) }] },
      { state: 'implemented', since: '2026-05-02T09:00:00Z', reason: 'octo/harbor#41 is open and ready for review' },
    ],
    [
      'does without blockers on a server that has none',
      { task: { blockers: unknown({ ...gap, cause: 'not_supported' }) } },
      { state: 'unblocked', since: MADE, reason: 'nobody has started' },
    ],
  ];
  it.each(rows)('%s', (_title, given, verdict) => {
    expect(assess(given)).toEqual(verdict);
  });

  const revert = (number: number, of: number, day: number) =>
    pullRequestFacts({ number, body: `Reverts #${of}`, mergedAt: at(day) });

  /** Task #12 with #41 merged on day 5 (and `own`), and these pull requests besides. */
  function assessReverted(own: readonly PullRequestFacts[], others: readonly PullRequestFacts[]): TaskStateVerdict {
    const work = [pullRequestFacts({ number: 41, mergedAt: at(5) }), ...own];
    const task = taskFacts({ number: 12, ...closed, closingPullRequests: known(work.map((pull) => pull.ref)) });
    const facts = snapshot([task], [...work, ...others]);
    const links = linkPullRequests(facts, DEFAULT_CONFIG).get('octo/harbor#12') ?? [];
    return assessTaskState({ task, links, snapshot: facts, reverts: findReverts(facts), config: DEFAULT_CONFIG });
  }

  it('is reverted, though closed, once its merged change was taken out', () => {
    expect(assessReverted([], [revert(50, 41, 7)])).toEqual({
      state: 'reverted',
      since: at(7),
      reason: 'reverted by octo/harbor#50: Reverts #41',
    });
  });

  it('is done again when the revert was reverted, or a later change of its own is in', () => {
    expect(assessReverted([], [revert(50, 41, 7), revert(51, 50, 8)]).state).toBe('done');
    const again = pullRequestFacts({ number: 42, mergedAt: at(8) });
    expect(assessReverted([again], [revert(50, 41, 7)]).state).toBe('done');
  });

  it('stays reverted while an earlier change of its own is in, or a new one is only open', () => {
    const earlier = pullRequestFacts({ number: 42, mergedAt: at(4) });
    const open = pullRequestFacts({ number: 43, reviewDecision: 'approved' });
    expect(assessReverted([earlier, open], [revert(50, 41, 7)]).state).toBe('reverted');
  });

  it('is implemented beside a draft, which keeps it from being approved', () => {
    const pulls = [{ reviewDecision: 'approved', readyAt: at(3) }, { isDraft: true }] as const;
    expect(assess({ pulls }).state).toBe('implemented');
  });

  describe('with a label that sets the state', () => {
    const config = 'tasks: { states: { "status: review": implemented } }';

    it('shows both', () => {
      expect(assess({ config, task: { labels: ['Status: Review'] } })).toEqual({
        state: 'implemented',
        since: null,
        reason: 'the label "Status: Review" says so; the facts say unblocked',
        computed: 'unblocked',
      });
    });

    it('shows one when label and facts agree', () => {
      const verdict = assess({ config, task: { labels: ['status: review'] }, pulls: [{ readyAt: at(3) }] });
      expect(verdict).toEqual({
        state: 'implemented',
        since: at(3),
        reason: 'octo/harbor#41 is open and ready for review',
      });
    });
  });
});
