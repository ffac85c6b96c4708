import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG } from '../../../src/core/config.ts';
import { type Gap, known, unknown } from '../../../src/core/reading.ts';
import type { TaskFacts } from '../../../src/core/task/facts.ts';
import { refKey } from '../../../src/core/task/identity.ts';
import { buildRollup } from '../../../src/core/umbrella/build-rollup.ts';
import { renderRollupComment } from '../../../src/core/umbrella/render-comment.ts';
import type { Rollup } from '../../../src/core/umbrella/rollup.ts';
import type { WorkSnapshot } from '../../../src/core/umbrella/snapshot.ts';
import {
  blockerFacts,
  closedBy,
  MADE,
  NOW,
  pullRequestFacts,
  ref,
  snapshot,
  taskFacts,
  umbrellaOf,
} from '../build-facts.ts';
import { randomWork } from '../random-work.ts';
import { HARBOR_CONFIG, harborSnapshot } from './harbor.ts';

const rollUp = (
  facts: WorkSnapshot,
  audience: 'viewer' | 'umbrella_readers' = 'viewer',
  config = DEFAULT_CONFIG,
): Rollup => buildRollup(facts, ref(1), { config, now: NOW, audience });

const under = (...children: readonly TaskFacts[]) => [umbrellaOf(children), ...children];

const NO_COUNTS = {
  dropped: 0,
  reverted: 0,
  done: 0,
  integrated: 0,
  approved: 0,
  implemented: 0,
  blocked: 0,
  in_progress: 0,
  unblocked: 0,
  unknown: 0,
};

describe('buildRollup', () => {
  it('tells everything about a small umbrella', () => {
    const child = taskFacts({ number: 2, title: 'P1.M1.T1: Load', labels: ['lane:api'], ...closedBy(41) });
    const pull = pullRequestFacts({ reviewRequests: known(['lena']), readyAt: '2026-05-09T12:00:00Z' });
    const progress = {
      total: 1,
      counts: { ...NO_COUNTS, implemented: 1 },
      complete: 0,
      relevant: 1,
      percentComplete: 0,
    };
    const action = {
      kind: 'review',
      text: 'review octo/harbor#41',
      actors: ['lena'],
      url: 'https://github.com/octo/harbor/pull/41',
    };
    expect(rollUp(snapshot(under(child), [pull]))).toEqual({
      umbrella: {
        ref: ref(1),
        plannedId: null,
        title: 'Harbor goes live',
        url: 'https://github.com/octo/harbor/issues/1',
        state: { state: 'in_progress', since: '2026-05-09T12:00:00Z', reason: 'a child has been started' },
      },
      progress,
      wholeTree: null,
      lanes: [{ name: 'api', progress }],
      children: [
        {
          ref: ref(2),
          plannedId: 'P1.M1.T1',
          title: 'P1.M1.T1: Load',
          url: 'https://github.com/octo/harbor/issues/2',
          state: {
            state: 'implemented',
            since: '2026-05-09T12:00:00Z',
            reason: 'octo/harbor#41 is open and ready for review',
            evidenceUrl: 'https://github.com/octo/harbor/pull/41',
          },
          lane: 'api',
          assignees: [],
          ageSeconds: 86_400,
          pullRequests: [
            {
              ref: ref(41),
              url: 'https://github.com/octo/harbor/pull/41',
              title: 'Change 41',
              state: 'open',
              branch: 'change-41',
              link: {
                pullRequest: ref(41),
                source: 'closing_reference',
                evidence: [
                  {
                    source: 'closing_reference',
                    place: 'GitHub',
                    quote: 'closes #2',
                    url: 'https://github.com/octo/harbor/pull/41',
                  },
                ],
              },
              checks: 'none',
              failingChecks: [],
              review: 'requested',
              waitingFor: ['lena'],
            },
          ],
          openBlockers: [],
          artifacts: [],
          missingArtifacts: [],
          nextAction: action,
          nested: null,
          gaps: [],
        },
      ],
      privateChildren: 0,
      unreadChildren: 0,
      attention: [{ ref: ref(2), why: 'waiting for a review', action }],
      integration: {
        verdict: 'no_go',
        reasons: [{ criterion: 'completion', effect: 'blocks', ref: ref(2), text: 'octo/harbor#2 is implemented' }],
        notJudged: ['artifact fields', 'gates'],
      },
      gaps: [],
      remarks: [],
      now: NOW,
    });
  });

  it('refuses an umbrella that was not read', () => {
    const act = () => buildRollup(snapshot([]), ref(9), { config: DEFAULT_CONFIG, now: NOW, audience: 'viewer' });
    expect(act).toThrow(
      expect.objectContaining({ code: 'not_found', message: 'Issue octo/harbor#9 could not be read.' }),
    );
  });

  it('counts every state of a rich umbrella', () => {
    const rollup = rollUp(harborSnapshot(), 'viewer', HARBOR_CONFIG);
    expect(rollup.children.map((child) => [refKey(child.ref), child.state.state, child.nextAction?.kind])).toEqual([
      ['octo/harbor#10', 'done', undefined],
      ['octo/harbor#11', 'implemented', 'fix_checks'],
      ['octo/harbor#12', 'approved', 'merge'],
      ['octo/harbor#13', 'integrated', 'close_task'],
      ['octo/harbor#14', 'blocked', 'clear_blocker'],
      ['octo/harbor#15', 'in_progress', 'finish_draft'],
      ['octo/harbor#16', 'blocked', 'clear_blocker'],
      ['octo/harbor#17', 'dropped', undefined],
      ['octo/harbor#18', 'reverted', 'reapply_change'],
      ['octo/harbor#30', 'in_progress', 'continue'],
      ['octo/quay#5', 'in_progress', 'continue'],
      ['octo/vault#6', 'in_progress', 'continue'],
    ]);
    expect(rollup.progress).toEqual({
      total: 12,
      counts: {
        ...NO_COUNTS,
        done: 1,
        integrated: 1,
        approved: 1,
        implemented: 1,
        blocked: 2,
        in_progress: 4,
        reverted: 1,
        dropped: 1,
      },
      complete: 2,
      relevant: 11,
      percentComplete: 18,
    });
    expect(rollup.remarks).toEqual([
      'octo/harbor#13 has 2 lanes, api, docs: api counts',
      'octo/harbor#16 is blocked by its label; the facts say unblocked',
    ]);
  });

  it('puts the most urgent first', () => {
    const attention = rollUp(harborSnapshot(), 'viewer', HARBOR_CONFIG).attention;
    expect(attention.map((item) => [item.ref.number, item.action.kind])).toEqual([
      [18, 'reapply_change'],
      [11, 'fix_checks'],
      [14, 'clear_blocker'],
      [16, 'clear_blocker'],
      [12, 'merge'],
      [13, 'close_task'],
      [15, 'finish_draft'],
    ]);
  });

  it('rolls nested umbrellas up and counts leaves once for the whole tree', () => {
    const rollup = rollUp(harborSnapshot(), 'viewer', HARBOR_CONFIG);
    const nested = rollup.children.find((child) => child.ref.number === 30)?.nested;
    expect(nested).toMatchObject({ progress: { total: 2, complete: 1, percentComplete: 50 }, integration: 'no_go' });
    expect(rollup.wholeTree).toMatchObject({ total: 13, complete: 3, relevant: 12 });
  });

  it('asks to close a nested umbrella whose children are all complete', () => {
    const leaf = taskFacts({ number: 3, closedAt: NOW });
    const middle = taskFacts({ number: 2, children: known([leaf.ref]), assignees: ['kim'] });
    const [child] = rollUp(snapshot([...under(middle), leaf])).children;
    expect(child?.nextAction).toMatchObject({
      kind: 'close_task',
      text: 'every child is complete: close octo/harbor#2',
      actors: ['kim'],
    });
  });

  it('does not let an umbrella go whose closed child has open children', () => {
    const leaf = taskFacts({ number: 3 });
    const middle = taskFacts({ number: 2, children: known([leaf.ref]), closedAt: NOW });
    expect(rollUp(snapshot([...under(middle), leaf])).integration).toMatchObject({
      verdict: 'no_go',
      reasons: [{ criterion: 'completion', text: 'octo/harbor#2 is done, but not everything under it' }],
    });
  });

  it('goes when all is done', () => {
    const facts = snapshot(under(taskFacts({ number: 2, closedAt: NOW }), taskFacts({ number: 3, closedAt: NOW })));
    expect(rollUp(facts).integration).toEqual({ verdict: 'go', reasons: [], notJudged: ['artifact fields', 'gates'] });
  });

  it('counts children that could not be read as unknown', () => {
    const child = taskFacts({ number: 2, closedAt: NOW });
    const rollup = rollUp(snapshot([umbrellaOf([child], { childrenTotal: 3 }), child]));
    expect([rollup.unreadChildren, rollup.progress.counts.unknown, rollup.progress.percentComplete]).toEqual([
      2, 2, 33,
    ]);
    expect(rollup.integration.verdict).toBe('unknown');
    expect(rollup.gaps).toEqual([
      { cause: 'forbidden', what: '2 children of octo/harbor#1', permission: 'issues: read' },
    ]);
  });

  it('ends in a circle of parents', () => {
    const inner = taskFacts({ number: 2, children: known([ref(1)]) });
    const rollup = rollUp(snapshot([umbrellaOf([inner]), inner]));
    expect(rollup.children.map((child) => child.nested?.progress.total)).toEqual([1]);
  });

  it('has no age where the time is unknown or lies ahead', () => {
    const children = [
      taskFacts({ number: 2, labels: ['on hold'] }),
      taskFacts({ number: 3, createdAt: '2027-01-01T00:00:00Z' }),
    ];
    const rollup = rollUp(snapshot(under(...children)), 'viewer', HARBOR_CONFIG);
    expect(rollup.children.map((child) => child.ageSeconds)).toEqual([null, 0]);
  });
});

describe('what readers of the umbrella may not see', () => {
  const SECRETS = /vault|secret|sasha|cellar|hidden-branch/i;

  const secretPull = pullRequestFacts({
    ref: ref(7, 'octo/vault'),
    visibility: 'private',
    author: 'sasha',
    title: 'Secret change',
    headRefName: 'hidden-branch',
    body: 'Evidence: https://vault.example/secret',
  });

  const facts = (): WorkSnapshot => {
    const read = harborSnapshot();
    const child = taskFacts({
      number: 20,
      title: 'Pay dues',
      blockers: known([
        blockerFacts(8, { ref: ref(8, 'octo/vault'), title: 'Secret', visibility: 'private', assignees: ['sasha'] }),
      ]),
    });
    const linked = taskFacts({ number: 21, title: 'Bill dues', closingPullRequests: known([secretPull.ref]) });
    const branched = taskFacts({
      number: 22,
      title: 'Count dues',
      linkedBranches: known([{ owner: 'octo', repo: 'cellar', name: 'hidden-branch' }]),
    });
    const unread = taskFacts({
      number: 23,
      closingPullRequests: unknown({ cause: 'forbidden', what: 'pull request octo/vault#9' }),
    });
    const extra = [child, linked, branched, unread];
    const old = [...read.tasks.values()].filter((task) => task.ref.number !== 1);
    const all = [...old.filter((task) => ![31, 32].includes(task.ref.number)), ...extra];
    const gaps = [{ cause: 'forbidden', what: 'checks of octo/vault#6', permission: 'checks: read' } as const];
    return snapshot([umbrellaOf(all), ...old, ...extra], [...read.pullRequests.values(), secretPull], { gaps });
  };

  it('is counted, decides, and is named nowhere', () => {
    const shown = rollUp(facts(), 'umbrella_readers', HARBOR_CONFIG);
    const all = rollUp(facts(), 'viewer', HARBOR_CONFIG);
    expect(JSON.stringify(all)).toMatch(SECRETS);
    expect(JSON.stringify(shown) + renderRollupComment(shown)).not.toMatch(SECRETS);
    expect([shown.progress, shown.privateChildren, shown.integration.verdict]).toEqual([
      all.progress,
      1,
      all.integration.verdict,
    ]);
  });

  it('is named by no gap, while the repository that the gap is about is by its own', () => {
    const child = taskFacts({ number: 2 });
    const told = (gap: Partial<Gap>) => {
      const gaps: readonly Gap[] = [{ cause: 'unavailable', what: '', ...gap }];
      return rollUp(snapshot([umbrellaOf([child]), child], [], { gaps }), 'umbrella_readers').gaps;
    };
    const own = { what: '.github/parasol.yml of octo/harbor', repository: { owner: 'octo', repo: 'harbor' } };
    const owners = { what: '.github/parasol.yml of octo/.github', repository: { owner: 'octo', repo: '.github' } };
    expect(told(own)).toEqual([{ cause: 'unavailable', ...own }]);
    const hidden = [{ cause: 'unavailable', what: 'something in a private repository' }];
    expect([told(owners), told({ what: owners.what })]).toEqual([hidden, hidden]);
  });

  it('is told as private where a visible task depends on it', () => {
    const { children } = rollUp(facts(), 'umbrella_readers', HARBOR_CONFIG);
    const byNumber = (number: number) => children.find((child) => child.ref.number === number);
    expect(byNumber(20)).toMatchObject({
      state: { state: 'blocked', reason: 'something private decides' },
      openBlockers: [{ ref: null, title: null, url: null, assignees: [] }],
      nextAction: { text: 'finish a private task, in the way of octo/harbor#20', actors: ['kim'] },
    });
    expect(byNumber(21)).toMatchObject({
      state: { state: 'implemented' },
      pullRequests: [],
      artifacts: [{ field: 'Evidence', state: 'present', value: null, place: 'somewhere private' }],
    });
    expect([byNumber(20), byNumber(21)].map((child) => child?.state.evidenceUrl)).toEqual([undefined, undefined]);
    expect(byNumber(23)?.state.reason).toBe('something private decides');
  });

  it('is not told as the place of a field that a visible pull request carries too', () => {
    const open = pullRequestFacts({ body: 'Evidence: https://vault.example/secret' });
    const child = taskFacts({ number: 2, closingPullRequests: known([secretPull.ref, open.ref]) });
    const shown = rollUp(snapshot(under(child), [secretPull, open]), 'umbrella_readers', HARBOR_CONFIG);
    expect(shown.children[0]?.artifacts.map((artifact) => artifact.place)).toEqual(['body of octo/harbor#41']);
  });

  const visibilities = [
    ['public', 'public', true],
    ['public', 'internal', false],
    ['public', 'private', false],
    ['internal', 'internal', true],
    ['internal', 'private', false],
    ['private', 'internal', true],
    ['private', 'private', false],
  ] as const;
  it.each(visibilities)('of a %s umbrella: a child in another, %s repository is shown: %s', (own, other, isShown) => {
    const child = taskFacts({ ref: ref(5, 'octo/quay'), visibility: other });
    const tasks = [umbrellaOf([child], { visibility: own }), child];
    expect(rollUp(snapshot(tasks), 'umbrella_readers').children.length).toBe(isShown ? 1 : 0);
  });

  it('does not include the private repository of the umbrella itself', () => {
    const child = taskFacts({ number: 5, visibility: 'private' });
    const tasks = [umbrellaOf([child], { visibility: 'private' }), child];
    expect(rollUp(snapshot(tasks), 'umbrella_readers').children.length).toBe(1);
  });
});

describe('laws of the rollup', () => {
  const factsOf = ({
    umbrella,
    children,
    pullRequests,
  }: {
    umbrella: TaskFacts;
    children: readonly TaskFacts[];
    pullRequests: Parameters<typeof snapshot>[1];
  }) => snapshot([umbrella, ...children], pullRequests);

  it('keeps percent in range and counts everything once', () => {
    fc.assert(
      fc.property(randomWork(), (work) => {
        const { progress } = rollUp(factsOf(work));
        const counted = Object.values(progress.counts).reduce((sum, count) => sum + count, 0);
        expect([counted, progress.total]).toEqual([work.children.length, work.children.length]);
        expect(progress.percentComplete ?? 0).toBeGreaterThanOrEqual(0);
        expect(progress.percentComplete ?? 0).toBeLessThanOrEqual(100);
      }),
    );
  });

  it('never loses percent by closing a child as completed', () => {
    fc.assert(
      fc.property(randomWork({ isGapless: true }), fc.nat(), (work, pick) => {
        fc.pre(work.children.length > 0);
        const at = pick % work.children.length;
        const children = work.children.map(
          (child, i): TaskFacts =>
            i === at ? { ...child, state: 'closed', stateReason: 'completed', closedAt: NOW } : child,
        );
        const before = rollUp(factsOf(work)).progress.percentComplete ?? 0;
        expect(rollUp(factsOf({ ...work, children })).progress.percentComplete ?? 0).toBeGreaterThanOrEqual(before);
      }),
    );
  });

  it('does not depend on the order of reading', () => {
    fc.assert(
      fc.property(randomWork(), ({ umbrella, children, pullRequests }) => {
        const forward = rollUp(snapshot([umbrella, ...children], pullRequests));
        const backward = rollUp(snapshot([...children, umbrella].reverse(), [...pullRequests].reverse()));
        expect(backward).toEqual(forward);
      }),
    );
  });

  it('never goes with a gap', () => {
    const what: Gap = { cause: 'forbidden', what: 'x' };
    const gap = unknown(what);
    const places = ['blockers', 'closingPullRequests', 'linkedBranches', 'children'] as const;
    fc.assert(
      fc.property(randomWork(), fc.constantFrom(...places), fc.nat(), (work, place, pick) => {
        fc.pre(work.children.length > 0);
        const at = pick % work.children.length;
        const children = work.children.map((child, i) => (i === at ? { ...child, [place]: gap } : child));
        expect(rollUp(factsOf({ ...work, children })).integration.verdict).not.toBe('go');
      }),
    );
    const done = taskFacts({ number: 2, closedAt: NOW });
    expect(rollUp(snapshot(under(done), [], { gaps: [what] })).integration.verdict).toBe('unknown');
  });

  it('goes without the checks of what is merged, and not without those of what is open', () => {
    const checks = unknown({ cause: 'forbidden', what: 'checks of octo/harbor#41', permission: 'checks: read' });
    const task = taskFacts({ number: 2, closedAt: NOW, ...closedBy(41) });
    const verdictWith = (input: Parameters<typeof pullRequestFacts>[0]) =>
      rollUp(snapshot(under(task), [pullRequestFacts({ ...input, checks })])).integration.verdict;
    expect([verdictWith({ mergedAt: NOW }), verdictWith({})]).toEqual(['go', 'unknown']);
  });

  it('never improves by adding a blocker', () => {
    const rank = { go: 2, unknown: 1, no_go: 0 };
    fc.assert(
      fc.property(randomWork(), fc.nat(), (work, pick) => {
        fc.pre(work.children.length > 0);
        const at = pick % work.children.length;
        const children = work.children.map((child, i): TaskFacts => {
          const before = child.blockers.known ? child.blockers.value : [];
          return i === at && child.blockers.known
            ? { ...child, blockers: known([...before, blockerFacts(999)]) }
            : child;
        });
        const before = rollUp(factsOf(work)).integration.verdict;
        const after = rollUp(factsOf({ ...work, children })).integration.verdict;
        expect(rank[after]).toBeLessThanOrEqual(rank[before]);
      }),
    );
  });

  it('gives every child that is not finished exactly one action', () => {
    fc.assert(
      fc.property(randomWork(), (work) => {
        for (const child of rollUp(factsOf(work)).children) {
          const isFinished = child.state.state === 'done' || child.state.state === 'dropped';
          expect(child.nextAction === null).toBe(isFinished);
        }
      }),
    );
    expect(MADE < NOW).toBe(true);
  });
});
