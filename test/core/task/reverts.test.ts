import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { known } from '../../../src/core/reading.ts';
import { branchKey, decidingBranch } from '../../../src/core/task/branch-of-record.ts';
import type { PullRequestFacts } from '../../../src/core/task/facts.ts';
import { findReverts } from '../../../src/core/task/reverts.ts';
import { pullRequestFacts, ref, shaOf, snapshot } from '../build-facts.ts';

const day = (number: number): string => new Date(Date.UTC(2026, 4, number)).toISOString().replace('.000', '');
const merged = (number: number, on: number, input: Partial<PullRequestFacts> = {}): PullRequestFacts =>
  pullRequestFacts({ number, mergedAt: day(on), ...input });

const statuses = (pullRequests: readonly PullRequestFacts[], commits: Parameters<typeof known>[0] = []) =>
  Object.fromEntries(
    findReverts(
      snapshot([], pullRequests, { baseCommits: new Map([['octo/harbor', Array.isArray(commits) ? commits : []]]) }),
    ),
  );

const commit = (sha: string, on: number, message: string) => ({ sha, committedAt: day(on), message });

describe('findReverts', () => {
  it('finds a revert pull request', () => {
    expect(statuses([merged(41, 1), merged(44, 2, { body: 'Reverts octo/harbor#41' })])).toEqual({
      'octo/harbor#41': {
        isReverted: true,
        since: day(2),
        evidence: 'octo/harbor#44: Reverts octo/harbor#41',
        url: 'https://github.com/octo/harbor/pull/44',
        branch: 'octo/harbor:',
      },
    });
  });

  it('counts the revert of a revert back', () => {
    const found = statuses([
      merged(41, 1),
      merged(44, 2, { body: 'Reverts #41' }),
      merged(45, 3, { body: 'Reverts #44' }),
    ]);
    const last = {
      since: day(3),
      evidence: 'octo/harbor#45: Reverts #44',
      url: 'https://github.com/octo/harbor/pull/45',
      branch: 'octo/harbor:',
    };
    expect(found).toEqual({
      'octo/harbor#41': { isReverted: false, ...last },
      'octo/harbor#44': { isReverted: true, ...last },
    });
  });

  it('tells parity and last flip of a chain of any length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), (length) => {
        const chain = [
          merged(100, 1),
          ...Array.from({ length }, (_, i) => merged(101 + i, 2 + i, { body: `Reverts #${100 + i}` })),
        ];
        const status = findReverts(snapshot([], chain)).get('octo/harbor#100');
        expect(status).toMatchObject({ isReverted: length % 2 === 1, since: day(1 + length) });
      }),
    );
  });

  it('stands chains of thousands', () => {
    const body = (i: number): string => (i === 0 ? '' : `Reverts #${i}`);
    const chain = Array.from({ length: 5_000 }, (_, i) => merged(i + 1, i + 1, { body: body(i) }));
    expect(findReverts(snapshot([], chain)).get('octo/harbor#1')?.isReverted).toBe(true);
  });

  it('ends in a circle of reverts', () => {
    const circle = [merged(1, 1, { body: 'Reverts #2' }), merged(2, 2, { body: 'Reverts #1' })];
    const forward = statuses(circle);
    expect(statuses([...circle].reverse())).toEqual(forward);
    expect(Object.keys(forward).sort()).toEqual(['octo/harbor#1', 'octo/harbor#2']);
  });

  it('counts two reverts of one change as one', () => {
    const found = statuses([
      merged(41, 1),
      merged(44, 2, { body: 'Reverts #41' }),
      merged(45, 3, { body: 'Reverts #41' }),
    ]);
    expect(found['octo/harbor#41']).toMatchObject({ isReverted: true, since: day(2) });
  });

  it('reads git revert messages in commits of a pull request, also with a short sha', () => {
    const message = `Revert "x"\n\nThis reverts commit ${shaOf(41).slice(0, 9)}.`;
    const revert = merged(44, 2, { commits: known([commit(shaOf(900), 2, message)]) });
    expect(statuses([merged(41, 1), revert])).toMatchObject({ 'octo/harbor#41': { isReverted: true, since: day(2) } });
  });

  it('reads git revert messages in commits pushed to the default branch, and their own reverts', () => {
    const first = commit(shaOf(900), 2, `Revert "x"\n\nThis reverts commit ${shaOf(41)}.`);
    const second = commit(shaOf(901), 3, `Reapply "x"\n\nThis reverts commit ${shaOf(900)}.`);
    expect(statuses([merged(41, 1)], [first])).toEqual({
      'octo/harbor#41': {
        isReverted: true,
        since: day(2),
        evidence: `commit 0000384: This reverts commit ${shaOf(41)}`,
        url: `https://github.com/octo/harbor/commit/${shaOf(900)}`,
        branch: 'octo/harbor:',
      },
    });
    expect(statuses([merged(41, 1)], [first, second])).toMatchObject({
      'octo/harbor#41': { isReverted: false, since: day(3) },
    });
  });

  it('counts the merge commit of a revert pull request and the pull request once', () => {
    const message = `Revert "x" (#44)\n\nThis reverts commit ${shaOf(41)}.`;
    const found = statuses(
      [merged(41, 1), merged(44, 2, { body: 'Reverts #41' }), merged(45, 3, { body: 'Reverts #44' })],
      [commit(shaOf(44), 2, message)],
    );
    expect(found['octo/harbor#41']).toMatchObject({ isReverted: false });
  });

  describe('on several branches', () => {
    const v1 = { baseRefName: 'v1', isDefaultBase: false };
    const on = (branch: string | null, pullRequests: readonly PullRequestFacts[]) => {
      const work = snapshot([], pullRequests);
      const base = branch === null ? null : { repository: ref(1), branch };
      const found = findReverts(work, decidingBranch(base, work.pullRequests));
      return [...found].map(([key, { isReverted, branch: where }]) => [key, isReverted, where]);
    };

    it('counts the revert of what came to the deciding branch some other way', () => {
      const brought = [
        merged(41, 1, { baseRefName: 'tides', isDefaultBase: false }),
        merged(44, 3, { body: 'Reverts #41' }),
      ];
      expect(on(null, brought)).toEqual([['octo/harbor#41', true, 'octo/harbor:']]);
      const cut = [merged(41, 1), merged(44, 3, { body: 'Reverts #41', ...v1 })];
      expect(on('v1', cut)).toEqual([['octo/harbor#41', true, 'octo/harbor:v1']]);
      expect(on('main', cut)).toEqual([]);
    });

    it('reads what was pushed straight to a branch that is no default branch', () => {
      const work = snapshot([], [merged(41, 1), merged(42, 2, v1)], {
        branchCommits: new Map([
          [branchKey('octo/harbor', 'v1'), [commit(shaOf(900), 3, `This reverts commit ${shaOf(42)}.`)]],
        ]),
      });
      const found = findReverts(work, decidingBranch({ repository: ref(1), branch: 'v1' }, work.pullRequests));
      expect([...found].map(([key, { isReverted, branch }]) => [key, isReverted, branch])).toEqual([
        ['octo/harbor#42', true, 'octo/harbor:v1'],
      ]);
    });

    it('lets a revert of a revert count on its own branch alone', () => {
      const chain = [
        merged(41, 1),
        merged(44, 2, { body: 'Reverts #41' }),
        merged(45, 3, { body: 'Reverts #41', ...v1 }),
        merged(46, 4, { body: 'Reverts #45', ...v1 }),
      ];
      expect(on('main', chain)).toEqual([
        ['octo/harbor#41', true, 'octo/harbor:'],
        ['octo/harbor#45', true, 'octo/harbor:v1'],
      ]);
      expect(on('v1', chain)).toEqual([
        ['octo/harbor#41', false, 'octo/harbor:v1'],
        ['octo/harbor#45', true, 'octo/harbor:v1'],
      ]);
    });
  });

  const ignored: readonly [title: string, PullRequestFacts][] = [
    ['is still open', pullRequestFacts({ number: 44, body: 'Reverts #41' })],
    ['was closed unmerged', pullRequestFacts({ number: 44, body: 'Reverts #41', closedAt: day(2) })],
    ['went into another branch', merged(44, 2, { body: 'Reverts #41', baseRefName: 'v1', isDefaultBase: false })],
    ['stands in a quote', merged(44, 2, { body: '> Reverts #41' })],
    ['stands in code', merged(44, 2, { body: '`Reverts #41`' })],
    ['is only talked about', merged(44, 2, { body: 'Nobody reverts #41 here' })],
    ['speaks of another repository', merged(44, 2, { body: 'Reverts octo/quay#41' })],
    ['reverts itself', merged(41, 1, { body: 'Reverts #41' })],
  ];
  it.each(ignored)('leaves a revert aside that %s', (_title, pullRequest) => {
    expect(statuses([merged(41, 1), pullRequest])).toEqual({});
  });
});
