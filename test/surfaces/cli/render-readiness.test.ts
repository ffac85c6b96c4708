import pc from 'picocolors';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import type { ReadinessReport } from '../../../src/core/readiness/report-schema.ts';
import { renderReadiness } from '../../../src/surfaces/cli/render-readiness.ts';
import { finding, metrics, sampleReport } from '../../core/readiness/render/sample-report.ts';

const render = (input: Partial<ReadinessReport> = {}, width = 140): string =>
  renderReadiness(sampleReport(input), { colors: pc.createColors(false), width });

describe('renderReadiness', () => {
  test('shows verdict, progress, what makes it go, the criteria and the findings, each aligned', () => {
    expect(render().split('\n')).toEqual([
      '✗ No-go: Completion (1)',
      'Harbor 3.1: 4 tasks, 4 pull requests; main at 0123456',
      '██████████████████░░░░░░  75 %, 3 of 4 tasks complete',
      '',
      'What makes it go',
      '  1. merge #43 (ravi): #12: #43 is approved and not merged',
      '     gh pr merge 43 --repo=octo/harbor',
      '',
      'Criterion   Outcome       Weight   Measured      Why',
      'Completion  ✗ fail        blocks   3 of 4 tasks  1 open task',
      'Base CI     ✓ pass        blocks   3 of 4 tasks  the newest commit passed',
      'Artifacts   – not judged  informs                no artifact field is configured',
      '',
      'Completion  1 in the way',
      '   Item  Title       Why                             Since                     Next       Who   Unblocks',
      '✗  #12   Berth plan  #43 is approved and not merged  2 days, 12 hours excused  merge #43  ravi         1',
      '',
      'holds until 2026-05-11 12:00 UTC',
    ]);
  });

  test('tells what changed, which waivers there are, and what could not be read', () => {
    const text = render({
      diff: {
        since: '2026-05-09T00:00:00Z',
        decision: { from: 'unknown', to: 'no_go' },
        appeared: ['open_task-1a2b3c4d'],
        resolved: [{ id: 'gone', why: 'octo/harbor#9 is done now' }],
        criteria: [{ id: 'base_ci', from: 'fail', to: 'pass' }],
      },
      waivers: [
        {
          id: 'w',
          by: 'lena',
          reason: 'ships later',
          item: 'octo/harbor#3',
          criterion: null,
          until: '2026-06-01T00:00:00Z',
          sha: null,
          url: null,
          state: 'outdated',
          why: 'the base moved on',
        },
      ],
      coverage: [
        { source: 'checks', state: 'denied', missing: 'checks of octo/harbor#43', permission: 'checks: read' },
      ],
      metrics: metrics({ private_items: 2 }),
      truncation: [{ list: 'findings', shown: 1, total: 7 }],
    });
    expect(text.split('\n\n').filter((part) => /^(Changed|Waivers|checks)/.test(part))).toEqual([
      'Changed since 2026-05-09 00:00 UTC: unknown → no-go\n  Base CI: fail → pass\n  - #9 is done now\n  + #12 #43 is approved and not merged',
      'Waivers\n  for an older base: #3 by lena until 2026-06-01 00:00 UTC: ships later (the base moved on)',
      'checks may not be read: checks of #43 (needs checks: read)\nfindings: 1 of 7 are in the report\nholds until 2026-05-11 12:00 UTC',
    ]);
    expect(text).toContain('\n2 private items counted, not shown\n');
  });

  test('says how many findings it leaves out, and cannot be driven by a title', () => {
    const item = {
      ref: 'octo/harbor#12',
      kind: 'task',
      title: '\u001b[2Jgone',
      url: 'https://github.com/octo/harbor/issues/12',
    } as const;
    const text = render({ findings: Array.from({ length: 30 }, (_, index) => finding({ id: `f${index}`, item })) });
    expect(text).toContain('\nand 5 more findings (--json lists all)\n');
    expect(text).not.toContain('\u001b');
  });

  test.each([40, 60, 80, 120])('keeps within %i columns', (width) => {
    const widest = Math.max(
      ...render({}, width)
        .split('\n')
        .map((line) => stringWidth(line)),
    );
    expect(widest).toBeLessThanOrEqual(width);
  });
});
