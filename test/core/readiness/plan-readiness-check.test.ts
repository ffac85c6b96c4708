import { describe, expect, test } from 'vitest';
import {
  type PostingMode,
  planExpiredCheck,
  planReadinessCheck,
  type StandingCheck,
} from '../../../src/core/readiness/plan-readiness-check.ts';
import type { ReadinessReport, Verdict } from '../../../src/core/readiness/report-schema.ts';
import { AT, criterion, item, sampleReport } from './render/sample-report.ts';

const place = { repository: { owner: 'octo', repo: 'harbor' }, sha: '1a2b3c4d5e6f1a2b3c4d5e6f1a2b3c4d5e6f1a2b' };
const UNTIL = '2026-05-11T12:00:00Z';

const reportOf = (verdict: Partial<Verdict> = {}, generated_at = AT) => {
  const report = sampleReport({ generated_at });
  return { ...report, verdict: { ...report.verdict, expires_at: UNTIL, ...verdict } };
};
const plan = (mode: PostingMode, report = reportOf(), ownCheck: StandingCheck | null = null) =>
  planReadinessCheck({ ...place, reports: [{ branch: 'release/3.1', report }], mode, ownCheck });

describe('the conclusion', () => {
  test.each([
    ['comment', 'go', 'neutral'],
    ['comment', 'no_go', 'neutral'],
    ['comment', 'unknown', 'neutral'],
    ['enforce', 'go', 'success'],
    ['enforce', 'no_go', 'failure'],
    ['enforce', 'unknown', 'action_required'],
  ] as const)('with %s and %s is %s', (mode, decision, conclusion) => {
    const headline = `In a word: ${decision}`;
    expect(plan(mode, reportOf({ decision, headline }))).toEqual([
      {
        kind: 'report_check',
        ...place,
        name: 'parasol/readiness',
        conclusion,
        title: headline,
        summary: expect.stringMatching(
          /^<!-- parasol:readiness v1 --><!-- until 2026-05-11T12:00:00Z --><!-- at [0-9a-f]{40} -->\n### /,
        ),
      },
    ]);
  });
});

describe('a check that stands', () => {
  const [standing] = plan('enforce');

  test('is left alone while nothing but ages and times is another', () => {
    const later = reportOf({ expires_at: '2026-05-11T13:00:00Z' }, '2026-05-10T13:00:00Z');
    expect(plan('enforce', later, standing ?? null)).toEqual([]);
  });

  test.each([
    ['its verdict has ended', reportOf({ expires_at: '2026-05-12T12:00:00Z' }, UNTIL), 'enforce'],
    ['its headline is another', reportOf({ headline: 'No-go: Base CI (1)' }), 'enforce'],
    ['what it rests on is another', { ...reportOf(), criteria: [] }, 'enforce'],
    ['the mode is another', reportOf(), 'comment'],
  ] as const)('is written again when %s', (_title, report, mode) => {
    expect(plan(mode, report, standing ?? null)).toHaveLength(1);
  });
});

describe('a commit that several release branches are at', () => {
  const verdicts = {
    'release/3.1': reportOf({ decision: 'unknown', headline: 'Unknown: Base CI (1)' }),
    'release/3.2': reportOf({ decision: 'no_go', headline: 'No-go: Completion (2)', expires_at: null }),
    'release/3.10': reportOf({ decision: 'go', headline: 'Go: 9 of 9', expires_at: '2026-05-10T18:00:00Z' }),
  };
  const planOf = (names: readonly (keyof typeof verdicts)[]) => {
    const [first, ...more] = names.map((branch) => ({ branch, report: verdicts[branch] }));
    return first === undefined
      ? []
      : planReadinessCheck({ ...place, reports: [first, ...more], mode: 'enforce', ownCheck: null });
  };

  test('has the worst verdict, which ends with the first, and a line on each of the others', () => {
    const planned = planOf(['release/3.10', 'release/3.1', 'release/3.2']);
    expect(planned).toMatchObject([{ conclusion: 'failure', title: 'release/3.2: No-go: Completion (2)' }]);
    expect(planned[0]?.summary).toContain('<!-- until 2026-05-10T18:00:00Z -->');
    expect(planned[0]?.summary).toMatch(
      /\n\nAt the same commit, whose check speaks for all of them:\n- <code>release\/3\.1<\/code>: Unknown: Base CI \(1\)\n- <code>release\/3\.10<\/code>: Go: 9 of 9\n$/,
    );
  });

  test('is not passed while one of them is unknown', () => {
    expect(planOf(['release/3.10', 'release/3.1'])).toMatchObject([{ conclusion: 'action_required' }]);
  });

  test('is what the others are where nothing was merged into one of them, unless that could not be read', () => {
    const { 'release/3.1': unread, 'release/3.10': go } = verdicts;
    const none: ReadinessReport = { ...unread, items: [], criteria: [], coverage: [] };
    const withNew = (report: ReadinessReport) =>
      planReadinessCheck({
        ...{ ...place, mode: 'enforce', ownCheck: null },
        reports: [
          { branch: 'release/3.1', report: go },
          { branch: 'release/3.2', report },
        ],
      })[0]?.conclusion;
    expect(withNew(none)).toBe('success');
    expect(withNew({ ...none, coverage: unread.coverage.map((one) => ({ ...one, state: 'denied' as const })) })).toBe(
      'action_required',
    );
    expect(withNew({ ...none, criteria: [criterion({ outcome: 'unknown' })] })).toBe('action_required');
    expect(withNew({ ...none, items: [item(12)] })).toBe('action_required');
  });

  test('reads the same in whatever order they were listed', () => {
    expect(planOf(['release/3.2', 'release/3.1'])).toEqual(planOf(['release/3.1', 'release/3.2']));
  });
});

describe('the check on the commit before', () => {
  const moved = { repository: place.repository, branch: 'release/3.1', from: 'a'.repeat(40), to: 'b'.repeat(40) };
  const ownCheck = { title: 'Go: 9 of 9 criteria pass', summary: '', conclusion: 'success' };
  const expired = {
    kind: 'report_check',
    repository: place.repository,
    sha: moved.from,
    name: 'parasol/readiness',
    title: 'Expired: release/3.1 moved from aaaaaaa to bbbbbbb',
    summary: 'The verdict was about aaaaaaa. The check on bbbbbbb tells how things stand now.\n',
  };

  test.each([
    ['enforce', 'action_required'],
    ['comment', 'neutral'],
  ] as const)('with %s says that it is over, and passes no more', (mode, conclusion) => {
    expect(planExpiredCheck({ ...moved, mode, ownCheck })).toEqual([{ ...expired, conclusion }]);
  });

  test('is left alone where it says so already, or where there is none', () => {
    const mode = 'enforce';
    expect(planExpiredCheck({ ...moved, mode, ownCheck: { ...ownCheck, title: expired.title } })).toEqual([]);
    expect(planExpiredCheck({ ...moved, mode, ownCheck: null })).toEqual([]);
  });
});
