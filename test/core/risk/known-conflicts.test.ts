import { expect, test } from 'vitest';
import { knownConflictsOf } from '../../../src/core/risk/known-conflicts.ts';
import type { ConflictingFile, PairFinding } from '../../../src/core/risk/pair-risk.ts';
import { renderRiskSummary } from '../../../src/core/risk/render-risk-summary.ts';
import type { RiskOfPullRequest } from '../../../src/core/risk/risk-of-pull-request.ts';
import { renderPullRequest } from '../../../src/core/umbrella/comment-words.ts';
import type { ChildPullRequest } from '../../../src/core/umbrella/rollup.ts';

const HARBOR = { owner: 'octo', repo: 'harbor' };
const ref = (number: number) => ({ ...HARBOR, number });
const file = (path: string, regenerate = false): ConflictingFile => ({ path, kind: 'content', ranges: [], regenerate });
const conflict = (...files: readonly ConflictingFile[]): PairFinding => ({
  ...{ basis: 'verified', verdict: 'conflict', files },
});
const likely = (probability: number): PairFinding => ({ basis: 'estimated', probability, factors: [] });

const known = (...findings: readonly PairFinding[]) =>
  knownConflictsOf({
    ...{ pullRequest: ref(7), headSha: 'a'.repeat(40), base: 'main', withBase: { verdict: 'not_verified' } },
    impact: [],
    pairs: findings.map((finding, n) => ({ other: { ref: ref(11 + n), title: 'Other' }, finding })),
  }).conflicts;

test('a conflict that needs a hand and a likely one are worth knowing, verified ones first', () => {
  expect(known(likely(0.7), likely(0.3), conflict(file('yarn.lock', true)), conflict(file('a.ts')))).toEqual([
    { with: ref(14), basis: 'verified' },
    { with: ref(11), basis: 'estimated' },
  ]);
  expect(known({ basis: null, verdict: 'unknown', reason: 'gone' }, { basis: 'verified', verdict: 'clean' })).toEqual(
    [],
  );
});

test('a conflict of which git names no file needs a hand', () => {
  expect(known(conflict())).toEqual([{ with: ref(11), basis: 'verified' }]);
});

test('the rollup names three of each kind without linking them, and none of what is merged', () => {
  const pull: ChildPullRequest = {
    ...{ ref: ref(7), url: 'https://github.example/octo/harbor/pull/7', title: 'Work', branch: 'work' },
    link: { pullRequest: ref(7), source: 'closing_keyword', evidence: [] },
    ...{ state: 'open', checks: 'success', failingChecks: [], review: 'none', waitingFor: [] },
    conflicts: known(conflict(file('a.ts')), ...[0.9, 0.8, 0.7, 0.6].map(likely)),
  };
  const words =
    '⚠ conflicts with #\u200b11 (verified) · ⚠ likely conflicts with #\u200b12, #\u200b13, #\u200b14 +1 (estimated)';
  expect(renderPullRequest(pull, HARBOR).endsWith(` · ${words}`)).toBe(true);
  expect(renderPullRequest({ ...pull, state: 'merged' }, HARBOR)).not.toContain('conflicts');
});

test('a pull request that is clear by estimate alone is not said to be verified', () => {
  const risk: RiskOfPullRequest = {
    ...{ pullRequest: ref(7), headSha: 'a'.repeat(40), base: 'main', pairs: [], impact: [] },
    withBase: { verdict: 'not_verified' },
  };
  const summaryOf = (withBase: RiskOfPullRequest['withBase']) =>
    renderRiskSummary({ ...risk, withBase }, 'clear').summary;
  expect(summaryOf({ verdict: 'not_verified' })).toBe(
    'Estimated from the changed lines: with no open pull request is a conflict likely.\n',
  );
  expect(summaryOf({ verdict: 'clean' })).toContain('trial merge');
});
