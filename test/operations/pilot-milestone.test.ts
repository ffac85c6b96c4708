import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fixSteps } from '../../src/core/readiness/render/fix-steps.ts';
import { reportSchema } from '../../src/core/readiness/report-schema.ts';
import { captureRun } from '../surfaces/cli/captured-run.ts';

const HARBOR = join(import.meta.dirname, '..', '..', 'fixtures', 'worlds', 'harbor.yml');
const PILOT = 'tidewater/harbor-pilot';

/** What is wrong with the milestone of the demo, each one step of one person. */
const PLANTED: readonly (readonly [kind: string, item: string, actor: string, action: RegExp])[] = [
  ['stale_approval', '#17', 'lena', /^look at \S+#17 again, and approve its present head$/],
  ['silent_revert', '#13', 'tomas', /^bring \S+#13 back in src\/tariff\.ts, or say in a revert that it was meant$/],
  ['cycle', '#4', 'noor', /^take one of these dependencies away: \S+#4 → \S+#5 → \S+#4$/],
  ['skipped_check', '@', `a maintainer of ${PILOT}`, /^run sea-trial on main at [0-9a-f]{7}$/],
  ['closed_without_merge', '#7', 'tomas', /^reopen \S+#7, or link the pull request that did it$/],
  ['missing_backport', '#16', 'ravi', /^bring \S+#16 to release\/0\.9$/],
];

test('the milestone of the demo is no go for what was planted alone, each with an actor and an action', async () => {
  const argv = ['readiness', 'report', 'milestone:Pilot 1.0', '--world', HARBOR, '--repo', PILOT, '--json'];
  const { stdout, exitCode, stderr } = await captureRun(argv);
  const report = reportSchema.parse(JSON.parse(stdout));
  expect({ exitCode, stderr, decision: report.verdict.decision }).toEqual({
    exitCode: 1,
    stderr: '',
    decision: 'no_go',
  });
  const steps = fixSteps(report).map(({ finding: { kind, item, actor, action } }) => {
    return [kind, item?.ref.slice(PILOT.length) ?? '', actor.name, action.text];
  });
  expect(steps).toEqual(
    PLANTED.map(([kind, item, actor, action]) => {
      return [kind, expect.stringContaining(item), actor, expect.stringMatching(action)];
    }),
  );
  expect(report.findings.filter(({ effect }) => effect === 'unknown')).toEqual([]);
});
