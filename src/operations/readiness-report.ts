/**
 * Tells whether a scope is ready: one go or no-go, every reason for it, who can do what about each, and what could not be
 * read.
 *
 *     parasol readiness report                          what was merged since the latest release
 *     parasol readiness report 'milestone:Harbor 3.1'
 *     parasol readiness report '#12' --json             the umbrella #12
 *     parasol readiness report --repo ../harbor         with a clone, where merged work is looked for on its base
 *     parasol readiness report branch:release/3.1 --previous yesterday.json
 *
 * A scope is `since:TAG`, `since:30d`, `branch:`, `milestone:`, `phase:`, `umbrella:`, `label:` or `query:`. Nothing has to be
 * configured; what nobody configured is not judged, and listed so. Nothing is written.
 *
 * Exit code 1 for `no_go`, 2 for `unknown`.
 */
import * as z from 'zod';
import { buildReport } from '../core/readiness/build-report.ts';
import { parsePreviousReport } from '../core/readiness/parse-previous-report.ts';
import { reportSchema } from '../core/readiness/report-schema.ts';
import { loadReadinessFacts } from './load-readiness-facts.ts';
import type { Operation, OperationContext } from './operation.ts';
import { demandMachine } from './risk-clone.ts';

const input = z.object({
  scope: z
    .string()
    .max(1_000)
    .describe(
      'since:TAG, since:30d, branch:NAME, milestone:TITLE, phase:P3, umbrella:#12 (or #12), label:NAME or query:WORDS; since the latest release when left out',
    )
    .optional(),
  repository: z.string().describe('owner/repo; the default repository when left out').optional(),
  clone: z
    .string()
    .describe('folder of a clone on this machine, in which merged work is looked for on its base')
    .optional(),
  previous: z.string().max(5_000_000).describe('an earlier report as JSON, to tell what changed').optional(),
  previousName: z.string().max(500).describe('what the earlier report is called where it has a problem').optional(),
  ownRun: z
    .int()
    .positive()
    .describe('id of the workflow run that makes the report: what it does itself is no reason for anything')
    .optional(),
  audience: z
    .enum(['viewer', 'umbrella_readers'])
    .describe('viewer: all that may be read; umbrella_readers: what every reader of the umbrella or repository may see')
    .default('viewer'),
});

export const readinessReport: Operation<typeof input, typeof reportSchema> = {
  name: 'readiness.report',
  summary: 'Tell whether a scope is ready to ship: go or no-go, with every reason.',
  effect: 'read',
  input,
  output: reportSchema,
  run: report,
};

async function report(
  context: OperationContext,
  asked: z.output<typeof input>,
): Promise<z.output<typeof reportSchema>> {
  const { audience, previous: text, previousName = 'the earlier report' } = asked;
  if (asked.clone !== undefined) demandMachine(context);
  const previous = text === undefined ? null : parsePreviousReport(text, previousName);
  const { facts, config, policySource } = await loadReadinessFacts(context, asked);
  return buildReport(facts, config, { audience, previous, policySource });
}
