import { describe, expect, it } from 'vitest';
import type { ConflictingFile, PairFinding } from '../../../src/core/risk/pair-risk.ts';
import { planRiskReport, RISK_MARKER } from '../../../src/core/risk/plan-risk-report.ts';
import { renderRiskSummary } from '../../../src/core/risk/render-risk-summary.ts';
import { type RiskOfPullRequest, verdictOfRisk } from '../../../src/core/risk/risk-of-pull-request.ts';

const REPOSITORY = { owner: 'octo', repo: 'harbor' };
const GATE: ConflictingFile = {
  path: 'src/gate.ts',
  kind: 'content',
  ranges: [
    { from: 10, to: 14 },
    { from: 30, to: 30 },
  ],
  regenerate: false,
};
const LOCK: ConflictingFile = { path: 'package-lock.json', kind: 'content', ranges: [], regenerate: true };
const CONFLICT: PairFinding = { basis: 'verified', verdict: 'conflict', files: [GATE] };
const LIKELY: PairFinding = {
  basis: 'estimated',
  probability: 0.83,
  factors: [{ what: 'both change lines 10–14 of src/gate.ts', logOdds: 4.2 }],
};
const UNKNOWN: PairFinding = { basis: null, verdict: 'unknown', reason: 'its head is gone' };
const STACKED: PairFinding = { basis: 'verified', verdict: 'depends_on', dependent: '#7', on: '#12', files: [] };
const CLEAN: PairFinding = { basis: 'verified', verdict: 'clean' };

function riskWith(...findings: readonly PairFinding[]): RiskOfPullRequest {
  const pairs = findings.map((finding, n) => ({
    other: { ref: { ...REPOSITORY, number: 12 + n }, title: `Widen gate ${n + 1}` },
    finding,
  }));
  const pullRequest = { ...REPOSITORY, number: 7 };
  return { pullRequest, headSha: 'a'.repeat(40), base: 'main', withBase: { verdict: 'clean' }, pairs, impact: [] };
}

const plan = (risk: RiskOfPullRequest, more: Partial<Parameters<typeof planRiskReport>[0]> = {}) =>
  planRiskReport({ risk, mode: 'comment', comments: false, ownCheck: null, ownComment: null, ...more });

const conclusionOf = (changes: ReturnType<typeof plan>) =>
  changes.map((change) => (change.kind === 'report_check' ? change.conclusion : change.kind));

describe('the verdict on a pull request', () => {
  it.each([
    ['a verified conflict', riskWith(CLEAN, CONFLICT), 'conflict'],
    ['a conflict with its base', { ...riskWith(), withBase: { verdict: 'conflict', files: [GATE] } }, 'conflict'],
    ['a stack', riskWith(STACKED), 'clear'],
    ['a conflict with what it is stacked on', riskWith({ ...STACKED, files: [GATE] }), 'conflict'],
    ['one with it in a lockfile alone', riskWith({ ...STACKED, files: [LOCK] }), 'clear'],
    ['one of what is stacked on it', riskWith({ ...STACKED, dependent: '#12', on: '#7', files: [GATE] }), 'clear'],
    ['a conflict in a lockfile alone', riskWith({ ...CONFLICT, files: [LOCK] }), 'clear'],
    ['a likely conflict', riskWith(LIKELY, UNKNOWN), 'likely'],
    ['an unlikely one', riskWith({ ...LIKELY, probability: 0.49 }), 'clear'],
    ['a pair that nobody could try', riskWith(UNKNOWN), 'unknown'],
    ['a base that nobody could try', { ...riskWith(), withBase: { verdict: 'unknown', reason: 'gone' } }, 'unknown'],
    ['clean trial merges', riskWith(CLEAN), 'clear'],
  ] as const)('%s', (_, risk, verdict) => {
    expect(verdictOfRisk(risk)).toBe(verdict);
  });
});

describe('the check run', () => {
  it('is posted where there is a conflict, and says with what, where and how it is known', () => {
    expect(plan(riskWith(CONFLICT, { ...CONFLICT, files: [LOCK] }))).toEqual([
      {
        kind: 'report_check',
        repository: REPOSITORY,
        sha: 'a'.repeat(40),
        name: 'parasol/risk',
        conclusion: 'neutral',
        title: 'Conflicts with #12, #13 (verified)',
        summary: [
          '| With | Files (lines of <code>main</code>) | How it is known |',
          '| --- | --- | --- |',
          '| #12 Widen gate 1 | <code>src/gate.ts</code> lines 10–14, 30 | verified |',
          '| #13 Widen gate 2 | <code>package-lock.json</code> regenerate | verified |',
          '',
          'Whichever merges second has to redo these lines: agree who goes first. `parasol risk queue` tells the order that costs least.',
          '',
        ].join('\n'),
      },
    ]);
  });

  it('says of what does not merge with what it is stacked on how that is settled', () => {
    const risk = riskWith({ ...STACKED, files: [GATE] });
    const [check] = plan(risk);
    expect(check).toMatchObject({ title: 'Conflicts with #12 (verified)' });
    expect(check).toMatchObject({ summary: expect.stringContaining('stacked: #\u200b7 depends on #\u200b12') });
    expect(check).toMatchObject({
      summary: expect.stringContaining('It is stacked on #12 and does not merge with it'),
    });
  });

  it('is not posted where there is none, unless one of ours stands and says otherwise', () => {
    expect(plan(riskWith(CLEAN))).toEqual([]);
    const ownCheck = { conclusion: 'neutral', title: 'Conflicts with #12 (verified)', summary: '' };
    expect(plan(riskWith(CLEAN), { ownCheck })).toMatchObject([
      { conclusion: 'neutral', title: 'No conflict with an open pull request' },
    ]);
    const { title, summary } = renderRiskSummary(riskWith(CLEAN), 'clear');
    expect(plan(riskWith(CLEAN), { ownCheck: { conclusion: 'neutral', title, summary } })).toEqual([]);
  });

  it('of a head that several pull requests have tells the worst of them, names all, and is the same for each', () => {
    const conflicting = riskWith(CONFLICT);
    const clear = { ...riskWith(CLEAN), pullRequest: { ...REPOSITORY, number: 9 }, base: 'release' };
    const [check] = plan(clear, { sameHead: [conflicting] });
    expect(check).toMatchObject({
      conclusion: 'neutral',
      title: '#7: Conflicts with #12 (verified); #9: No conflict with an open pull request',
    });
    expect(check).toMatchObject({
      summary: expect.stringMatching(
        /^#7 and #9 have the same head commit, .*\n\n### #7 into <code>main<\/code>: .*#9 into <code>release<\/code>: /s,
      ),
    });
    expect(plan(conflicting, { sameHead: [clear] })).toEqual([check]);
    const enforced = (risk: RiskOfPullRequest, ...sameHead: readonly RiskOfPullRequest[]) =>
      conclusionOf(plan(risk, { mode: 'enforce', sameHead }))[0];
    expect(enforced(clear, conflicting)).toBe('failure');
    expect(enforced(clear, { ...conflicting, behind: [] })).toBe('neutral');
    expect(enforced(clear, riskWith(UNKNOWN), { ...conflicting, behind: [] })).toBe('action_required');
    expect(enforced(clear, riskWith(CLEAN))).toBe('success');
    expect(plan(clear, { sameHead: [riskWith(CLEAN)] })).toEqual([]);
    const draft = { ...riskWith(), leftOut: 'a draft' as const, withBase: { verdict: 'unknown', reason: '' } as const };
    expect(plan(clear, { mode: 'enforce', sameHead: [draft] })).toMatchObject([
      { conclusion: 'success', title: 'No conflict with an open pull request' },
    ]);
    expect(plan(draft, { mode: 'enforce', sameHead: [clear] })).toMatchObject([
      { summary: expect.stringContaining('A draft: not judged') },
    ]);
  });

  it('of a head that hundreds of pull requests have is no longer than GitHub takes', () => {
    const sameHead = Array.from({ length: 300 }, (_, n) => ({
      ...riskWith(...Array.from({ length: 30 }, (): PairFinding => CONFLICT)),
      pullRequest: { ...REPOSITORY, number: 100 + n },
    }));
    const [check] = plan(riskWith(CLEAN), { sameHead });
    const summary = check?.kind === 'report_check' ? check.summary : '';
    expect(summary).toContain('and 281 more have the same head commit');
    expect(new TextEncoder().encode(summary).length).toBeLessThan(60_000);
  });

  it('is never neutral in enforce where something is unknown or likely, since GitHub takes neutral for passed', () => {
    const enforced = (finding: PairFinding) => conclusionOf(plan(riskWith(finding), { mode: 'enforce' }));
    expect([CONFLICT, LIKELY, UNKNOWN, CLEAN].map(enforced)).toEqual([
      ['failure'],
      ['action_required'],
      ['action_required'],
      ['success'],
    ]);
  });

  it('passes in enforce for whoever goes first of those that conflict, and says so on both sides', () => {
    const enforced = (risk: RiskOfPullRequest) => plan(risk, { mode: 'enforce' });
    const behind = [{ ...REPOSITORY, number: 12 }];
    expect(
      [riskWith(CONFLICT, CLEAN), riskWith(LIKELY)].map((risk) => enforced({ ...risk, behind: [] })),
    ).toMatchObject([
      [{ conclusion: 'neutral', title: 'Conflicts with #12 (verified): merges first' }],
      [{ conclusion: 'neutral', title: 'Likely to conflict with #12 (estimated): merges first' }],
    ]);
    const [second] = enforced({ ...riskWith(CONFLICT), behind });
    expect(second).toMatchObject({ conclusion: 'failure', title: 'Conflicts with #12 (verified)' });
    expect(second).toMatchObject({
      summary: expect.stringContaining('In the order that redoes least #12 goes first.'),
    });
    const told = expect.stringContaining(
      'This order counts conflicts, age and labels, not reviews, checks and blockers',
    );
    expect([second, ...enforced({ ...riskWith(CONFLICT), behind: [] })]).toMatchObject([
      { summary: told },
      { summary: told },
    ]);
    expect(conclusionOf(enforced({ ...riskWith(LIKELY), behind }))).toEqual(['action_required']);
  });

  it('does not pass for whoever goes first where something about it is unknown or it conflicts with its base', () => {
    const first = { ...riskWith(CONFLICT), behind: [] };
    const enforced = (risk: RiskOfPullRequest) => conclusionOf(plan(risk, { mode: 'enforce' }));
    expect([
      enforced({ ...riskWith(CONFLICT, UNKNOWN), behind: [] }),
      enforced({ ...first, withBase: { verdict: 'unknown', reason: 'gone' } }),
      enforced({ ...first, withBase: { verdict: 'conflict', files: [GATE] } }),
      enforced({ ...riskWith({ ...STACKED, files: [GATE] }, CONFLICT), behind: [] }),
      enforced({ ...first, withBase: { verdict: 'conflict', files: [LOCK] } }),
    ]).toEqual([['failure'], ['failure'], ['failure'], ['failure'], ['neutral']]);
  });

  it('is not written in off and observe, whatever stands', () => {
    const ownCheck = { conclusion: 'failure', title: 'Conflicts', summary: '' };
    for (const mode of ['off', 'observe'] as const)
      expect(plan(riskWith(CONFLICT), { mode, ownCheck, comments: true })).toEqual([]);
  });
});

describe('what nobody knows', () => {
  it('is told once for each reason, with the first whom it is about', () => {
    const late: PairFinding = { ...UNKNOWN, reason: 'the time for it was up' };
    const { summary } = renderRiskSummary(riskWith(...Array(10).fill(late), UNKNOWN, CONFLICT), 'conflict');
    expect(summary.split('\n').slice(2, 6)).toEqual([
      '| #23 Widen gate 12 | <code>src/gate.ts</code> lines 10–14, 30 | verified |',
      '| #12, #13, #14, #15, #16, #17, #18, #19 and 2 more |  | unknown: the time for it was up |',
      '| #22 Widen gate 11 |  | unknown: its head is gone |',
      '',
    ]);
  });

  it('takes no row from a conflict, and is not cut by its number', () => {
    const { summary } = renderRiskSummary(
      riskWith(...Array(40).fill(UNKNOWN), ...Array(19).fill(CONFLICT)),
      'conflict',
    );
    expect(summary.split('\n').filter((line) => line.startsWith('| #'))).toHaveLength(20);
    expect(summary).not.toContain('… and');
  });
});

describe('the comment', () => {
  it('is off by default, begins with a conflict, and is edited in place once it is there', () => {
    expect(conclusionOf(plan(riskWith(CONFLICT)))).toEqual(['neutral']);
    expect(conclusionOf(plan(riskWith(LIKELY), { comments: true }))).toEqual(['neutral']);
    expect(conclusionOf(plan(riskWith(CONFLICT), { comments: true }))).toEqual(['neutral', 'create_comment']);
    const ownComment = { id: 5, body: `${RISK_MARKER}\n### Conflicts with #12 (verified)\n` };
    expect(plan(riskWith(CLEAN), { ownComment })).toMatchObject([{ kind: 'update_comment', commentId: 5 }]);
  });
});

describe('what the summary quotes', () => {
  it('pings nobody and stays in its cell', () => {
    const risk = riskWith({ ...CONFLICT, files: [{ ...GATE, path: 'a|b\n@kim/<b>.ts', ranges: [] }] });
    const hostile = {
      ...risk,
      pairs: risk.pairs.map((pair) => ({ ...pair, other: { ...pair.other, title: '@noor | #1' } })),
    };
    const { summary } = renderRiskSummary(hostile, 'conflict');
    expect(summary.split('\n')[2]).toBe(
      '| #12 @\u200bnoor &#124; #\u200b1 | <code>a&#124;b @\u200bkim/&#60;b&#62;.ts</code> content | verified |',
    );
  });

  it('is cut at 20 pull requests and five files, and the rest is counted', () => {
    const files = Array.from({ length: 7 }, (_, n) => ({ ...GATE, path: `src/${n}.ts`, ranges: [] }));
    const many = riskWith(...Array.from({ length: 23 }, (): PairFinding => ({ ...CONFLICT, files })));
    const { title, summary } = renderRiskSummary(many, 'conflict');
    expect(title).toBe('Conflicts with #12, #13, #14 and 20 more (verified)');
    expect(summary).toContain('<code>src/4.ts</code> content<br>… and 2 more |');
    expect(summary).toContain('… and 3 more.');
  });
});
