import { expect, it } from 'vitest';
import { reportSchema } from '../../../src/core/readiness/report-schema.ts';
import { closedBy, pullRequestFacts, taskFacts } from '../build-facts.ts';
import { reportFor, world } from './build-world.ts';

const AT = '2026-05-04T09:00:00Z';

it('makes a report of its own schema', () => {
  const report = reportFor(
    world({
      tasks: [taskFacts({ number: 2, closedAt: AT, ...closedBy(41) }), taskFacts({ number: 3, closedAt: AT })],
      pullRequests: [pullRequestFacts({ mergedAt: AT }), pullRequestFacts({ number: 42, closedAt: AT })],
    }),
  );
  expect(reportSchema.parse(report)).toEqual(report);
  expect(report.verdict).toMatchObject({ decision: 'no_go', headline: 'No-go: Scope integrity (1)' });
});
