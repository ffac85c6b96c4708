import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG, parseConfig } from '../../../src/core/config.ts';
import { type Gap, known, unknown } from '../../../src/core/reading.ts';
import { assessTaskState } from '../../../src/core/task/assess-state.ts';
import type { PullRequestFacts, ReviewFacts, TaskFacts } from '../../../src/core/task/facts.ts';
import { linkPullRequests } from '../../../src/core/task/link-pull-requests.ts';
import { findReverts } from '../../../src/core/task/reverts.ts';
import type { TaskStateVerdict } from '../../../src/core/task/state.ts';
import { assessWork } from '../../../src/core/umbrella/assess-work.ts';
import type { UmbrellaSnapshot } from '../../../src/core/umbrella/snapshot.ts';
import { blockerFacts, MADE, pullRequestFacts, ref, snapshot, taskFacts } from '../build-facts.ts';

const at = (day: number): string => `2026-05-${String(day).padStart(2, '0')}T10:00:00Z`;

interface Case {
  readonly task?: Partial<TaskFacts>;
  readonly pulls?: readonly Partial<PullRequestFacts & { number: number }>[];
  readonly read?: Partial<UmbrellaSnapshot>;
  readonly config?: string;
  readonly startedChildren?: readonly TaskStateVerdict[];
}

/** Every pull request given is one of the task's, by GitHub's reference. */
function assess({ task = {}, pulls = [], read = {}, config = '', startedChildren = [] }: Case): TaskStateVerdict {
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
    startedChildren,
  });
}

const closed = { state: 'closed', closedAt: at(9) } as const;
const merged = { mergedAt: at(5) };
const page = (number: number): string => `https://github.com/octo/harbor/pull/${number}`;
const started = (since: string | null): TaskStateVerdict => ({ state: 'implemented', since, reason: 'open' });
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
      'is done when closed as completed, though its pull request could not be read',
      { task: closed, pulls: [merged], read: { pullRequests: new Map() } },
      { state: 'done', since: at(9), reason: 'closed as completed' },
    ],
    [
      'is done when closed as completed with a merged change',
      { task: { ...closed, stateReason: 'completed' }, pulls: [merged] },
      { state: 'done', since: at(9), reason: 'closed as completed, octo/harbor#41 is merged', evidenceUrl: page(41) },
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
      {
        state: 'integrated',
        since: at(7),
        reason: 'octo/harbor#42 is merged into next and none is open',
        evidenceUrl: page(42),
      },
    ],
    [
      'is integrated with a remark when reopened after the merge that closed it',
      { task: { stateReason: 'reopened' }, pulls: [merged] },
      {
        state: 'integrated',
        since: at(5),
        reason: 'octo/harbor#41 is merged into main and none is open',
        evidenceUrl: page(41),
        remark: 'reopened after its change was merged',
      },
    ],
    [
      'is integrated without a remark when the merge did not close what was reopened before',
      { task: { stateReason: 'reopened' }, pulls: [{ ...merged, baseRefName: 'next', isDefaultBase: false }] },
      {
        state: 'integrated',
        since: at(5),
        reason: 'octo/harbor#41 is merged into next and none is open',
        evidenceUrl: page(41),
      },
    ],
    [
      'is approved when the open pull request satisfies the review decision',
      { pulls: [{ reviewDecision: 'approved', reviews: known([review('approved', 6)]) }] },
      { state: 'approved', since: at(6), reason: 'octo/harbor#41 is open and approved', evidenceUrl: page(41) },
    ],
    [
      'is approved without a rule by one approval in force',
      { pulls: [{ reviews: known([review('approved', 6), review('dismissed', 7)]) }] },
      { state: 'approved', since: at(6), reason: 'octo/harbor#41 is open and approved', evidenceUrl: page(41) },
    ],
    [
      'is approved though a merged pull request came before',
      { pulls: [merged, { reviewDecision: 'approved' }] },
      { state: 'approved', since: null, reason: 'octo/harbor#42 is open and approved', evidenceUrl: page(42) },
    ],
    [
      'is implemented while one of several open pull requests is not approved',
      { pulls: [{ reviewDecision: 'approved' }, { reviewDecision: 'review_required', readyAt: at(4) }] },
      {
        state: 'implemented',
        since: '2026-05-02T09:00:00Z',
        reason: 'octo/harbor#41, octo/harbor#42 are open and ready for review',
        evidenceUrl: page(41),
      },
    ],
    [
      'is implemented while changes are requested, with or without a rule',
      { pulls: [{ reviews: known([review('approved', 5), review('changes_requested', 6)]), readyAt: at(3) }] },
      {
        state: 'implemented',
        since: at(3),
        reason: 'octo/harbor#41 is open and ready for review',
        evidenceUrl: page(41),
      },
    ],
    [
      'is implemented, not blocked, with an open blocker',
      { pulls: [{ readyAt: at(3) }], task: { blockers: known([blockerFacts(3)]) } },
      {
        state: 'implemented',
        since: at(3),
        reason: 'octo/harbor#41 is open and ready for review',
        evidenceUrl: page(41),
      },
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
      {
        state: 'blocked',
        since: at(3),
        reason: 'blocked by octo/harbor#3, octo/harbor#4',
        evidenceUrl: 'https://github.com/octo/harbor/issues/3',
      },
    ],
    [
      'is blocked by a configured label',
      { task: { labels: ['Blocked'] }, config: 'tasks: { blocked_labels: [blocked] }' },
      { state: 'blocked', since: null, reason: 'the label "Blocked" says blocked' },
    ],
    [
      'is blocked since a configured label was put on',
      {
        task: { labels: ['Blocked'], labeledAt: { blocked: at(4) } },
        config: 'tasks: { blocked_labels: [blocked] }',
      },
      { state: 'blocked', since: at(4), reason: 'the label "Blocked" says blocked' },
    ],
    [
      'has no time for a label that is only named like something inherited',
      { task: { labels: ['constructor'] }, config: 'tasks: { blocked_labels: [constructor] }' },
      { state: 'blocked', since: null, reason: 'the label "constructor" says blocked' },
    ],
    [
      'is blocked even with a draft pull request',
      { pulls: [{ isDraft: true }], task: { blockers: known([blockerFacts(3, { addedAt: null })]) } },
      {
        state: 'blocked',
        since: null,
        reason: 'blocked by octo/harbor#3',
        evidenceUrl: 'https://github.com/octo/harbor/issues/3',
      },
    ],
    [
      'is in progress with an assignee',
      { task: { assignees: ['kim'], assignedAt: at(2) } },
      { state: 'in_progress', since: at(2), reason: 'kim assigned' },
    ],
    [
      'is in progress with a draft, since the first sign',
      { task: { assignees: ['kim'], assignedAt: at(6) }, pulls: [{ isDraft: true, createdAt: at(4) }] },
      { state: 'in_progress', since: at(4), reason: 'kim assigned; octo/harbor#41 is a draft', evidenceUrl: page(41) },
    ],
    [
      'is in progress with a linked branch',
      { task: { linkedBranches: known([{ owner: 'octo', repo: 'harbor', name: 'loading' }]) } },
      { state: 'in_progress', since: null, reason: 'branch loading' },
    ],
    [
      'is in progress once one of its children has been started',
      { startedChildren: [started(null)] },
      { state: 'in_progress', since: null, reason: 'a child has been started' },
    ],
    [
      'is in progress since the first of its children was started',
      { startedChildren: [started(at(6)), started(null), started(at(4))] },
      { state: 'in_progress', since: at(4), reason: 'a child has been started' },
    ],
    [
      'is in progress since the first sign that has a time',
      {
        task: {
          assignees: ['kim'],
          assignedAt: at(6),
          linkedBranches: known([{ owner: 'octo', repo: 'harbor', name: 'loading' }]),
        },
        startedChildren: [started(at(7))],
      },
      { state: 'in_progress', since: at(6), reason: 'kim assigned; branch loading; a child has been started' },
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
      {
        state: 'implemented',
        since: at(3),
        reason: 'octo/harbor#41 is open and ready for review',
        evidenceUrl: page(41),
      },
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
      {
        state: 'implemented',
        since: '2026-05-02T09:00:00Z',
        reason: 'octo/harbor#41 is open and ready for review',
        evidenceUrl: page(41),
      },
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
      evidenceUrl: page(50),
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

  const v1 = { baseRefName: 'v1', isDefaultBase: false };
  const on = (branch: string, own: readonly PullRequestFacts[], others: readonly PullRequestFacts[] = []): string => {
    const task = taskFacts({ number: 12, ...closed, closingPullRequests: known(own.map((pull) => pull.ref)) });
    const facts = snapshot([task], [...own, ...others]);
    return assessWork(facts, DEFAULT_CONFIG, { repository: ref(12), branch }).stateOf(task).state;
  };
  const change = (number: number, day: number, input: Partial<PullRequestFacts> = {}): PullRequestFacts =>
    pullRequestFacts({ number, mergedAt: at(day), ...input });

  it('is not brought back to one branch by what was merged into another', () => {
    const own = [change(41, 5), change(42, 8, v1)];
    expect([on('main', own, [revert(50, 41, 7)]), on('v1', own, [revert(50, 41, 7)])]).toEqual(['reverted', 'done']);
    expect(assessReverted([change(42, 8, v1)], [revert(50, 41, 7)]).state).toBe('reverted');
  });

  it('is not lost to one branch by a revert on another', () => {
    const own = [change(41, 5), change(42, 6, v1)];
    const out = pullRequestFacts({ number: 50, body: 'Reverts #42', mergedAt: at(7), ...v1 });
    expect([on('main', own, [out]), on('v1', own, [out])]).toEqual(['done', 'reverted']);
    expect(assessReverted([change(42, 6, v1)], [out]).state).toBe('done');
  });

  it('is brought back by what came by way of another branch, and lost with that', () => {
    const stacked = change(42, 8, { baseRefName: 'tides', isDefaultBase: false });
    const above = change(43, 9, { headRefName: 'tides' });
    expect(on('main', [change(41, 5), stacked], [revert(50, 41, 7), above])).toBe('done');
    expect(on('main', [stacked], [above])).toBe('done');
    expect(on('main', [stacked], [above, revert(51, 43, 9)])).toBe('reverted');
  });

  it('is reverted where no branch kept it, as long as none of them is the base', () => {
    const v2 = { baseRefName: 'v2', isDefaultBase: false };
    const own = [change(41, 5, v1), change(42, 5, v2)];
    const outs = [
      pullRequestFacts({ number: 50, body: 'Reverts #41', mergedAt: at(7), ...v1 }),
      pullRequestFacts({ number: 51, body: 'Reverts #42', mergedAt: at(7), ...v2 }),
    ];
    expect([on('main', own, outs.slice(0, 1)), on('main', own, outs)]).toEqual(['done', 'reverted']);
  });

  it('is integrated again since its change was brought back', () => {
    const own = pullRequestFacts({ number: 41, mergedAt: at(5) });
    const task = taskFacts({ number: 12, closingPullRequests: known([own.ref]) });
    const facts = snapshot([task], [own, revert(50, 41, 7), revert(51, 50, 8)]);
    const links = linkPullRequests(facts, DEFAULT_CONFIG).get('octo/harbor#12') ?? [];
    const reverts = findReverts(facts);
    expect(assessTaskState({ task, links, snapshot: facts, reverts, config: DEFAULT_CONFIG })).toEqual({
      state: 'integrated',
      since: at(8),
      reason: 'octo/harbor#41 is merged into main and none is open',
      evidenceUrl: page(41),
    });
  });

  it('is approved beside a draft, which no one can approve yet', () => {
    const approved = { reviewDecision: 'approved', reviews: known([review('approved', 6)]) } as const;
    expect(assess({ pulls: [{ isDraft: true }, approved] })).toEqual({
      state: 'approved',
      since: at(6),
      reason: 'octo/harbor#42 is open and approved',
      evidenceUrl: page(42),
    });
  });

  it('is implemented with only a draft approved beside one that is ready', () => {
    const pulls = [{ reviewDecision: 'approved', isDraft: true }, { reviewDecision: 'review_required' }] as const;
    expect(assess({ pulls }).state).toBe('implemented');
  });

  describe('with a label that sets the state', () => {
    const config = 'tasks: { states: { "status: review": implemented } }';

    it('shows both, since the label was put on', () => {
      const labels = { labels: ['Status: Review'], labeledAt: { 'status: review': at(4) } };
      expect(assess({ config, task: labels })).toEqual({
        state: 'implemented',
        since: at(4),
        reason: 'the label "Status: Review" says so; the facts say unblocked',
        computed: 'unblocked',
      });
    });

    it('shows no evidence of the facts for what the label says', () => {
      expect(assess({ config, task: { labels: ['status: review'] }, pulls: [merged] })).toEqual({
        state: 'implemented',
        since: null,
        reason: 'the label "status: review" says so; the facts say integrated',
        computed: 'integrated',
      });
    });

    it('shows one when label and facts agree', () => {
      const verdict = assess({ config, task: { labels: ['status: review'] }, pulls: [{ readyAt: at(3) }] });
      expect(verdict).toEqual({
        state: 'implemented',
        since: at(3),
        reason: 'octo/harbor#41 is open and ready for review',
        evidenceUrl: page(41),
      });
    });
  });
});
