import { describe, expect, it } from 'vitest';
import { renderReadinessMarkdown } from '../../../../src/core/readiness/render/render-markdown.ts';
import { reportSchema } from '../../../../src/core/readiness/report-schema.ts';
import { SCENARIOS } from './scenarios.ts';

/** What each scenario is there to show; the whole text stands in `fixtures/golden/`. */
const SHOWN: Readonly<Record<string, readonly [decision: string, headline: string]>> = {
  go: ['go', 'Go: 6 of 7 criteria pass, none blocks'],
  empty_scope: ['unknown', 'Unknown: no task is in the milestone Harbor 3.1'],
  no_go_completion: ['no_go', 'No-go: Completion (1)'],
  no_go_outcomes: ['no_go', 'No-go: Completion (1), Integration outcomes (1)'],
  no_go_dependencies: ['no_go', 'No-go: Completion (3), Dependencies (2)'],
  no_go_base_ci: ['no_go', 'No-go: Base CI (1)'],
  no_go_skipped_check: ['no_go', 'No-go: Base CI (1)'],
  no_go_stale_approval: ['no_go', 'No-go: Completion (1), Review backlog (1)'],
  no_go_scope_integrity: ['no_go', 'No-go: Scope integrity (1)'],
  no_go_freeze: ['no_go', 'No-go: Scope integrity (1)'],
  no_go_reviews: ['no_go', 'No-go: Completion (1), Review backlog (1)'],
  no_go_age: ['no_go', 'No-go: Completion (1), Age of implemented work (1)'],
  no_go_artifacts: ['no_go', 'No-go: Artifacts (1)'],
  no_go_backports: ['no_go', 'No-go: Backports (2)'],
  no_go_present_on_base: ['no_go', 'No-go: Present on the base (2)'],
  unknown_permission: ['unknown', 'Unknown, nobody can tell: Base CI (1)'],
  unknown_running: ['unknown', 'Unknown, nobody can tell: Base CI (1)'],
  unknown_limit: ['unknown', 'Unknown, nobody can tell: Base CI (1)'],
  waived: ['go', 'Go, with 1 waiver: 6 of 8 criteria pass, none blocks'],
  waiver_expired: ['no_go', 'No-go: Completion (1)'],
  waiver_of_a_stranger: ['no_go', 'No-go: Completion (1)'],
  private_items: ['no_go', 'No-go: Completion (1)'],
  hostile_titles: ['no_go', 'No-go: Completion (1), Base CI (1)'],
  thousand_findings: ['no_go', 'No-go: Completion (1000)'],
  diff: ['no_go', 'No-go: Base CI (1)'],
};

describe('the report as Markdown', () => {
  it.each(Object.entries(SCENARIOS))('of the scenario %s', async (name, make) => {
    const report = make();
    expect(reportSchema.parse(report)).toEqual(report);
    expect([report.verdict.decision, report.verdict.headline]).toEqual(SHOWN[name]);
    await expect(renderReadinessMarkdown(report)).toMatchFileSnapshot(
      `../../../../fixtures/golden/readiness-${name.replaceAll('_', '-')}.golden.md`,
    );
  });
});
