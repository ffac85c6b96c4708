/**
 * Shows which open changes conflict with which, in the order in which they are best merged.
 *
 *     parasol risk matrix --repo PATH --base main --heads 'refs/pull/*\/head'
 *     parasol risk matrix octo/harbor --svg matrix.svg
 *
 * With a clone alone nothing is asked of GitHub: refs are the changes, trial merges tell what happens. Of a repository on
 * GitHub the open pull requests are read; a pair is verified where a clone has both commits, estimated otherwise. It writes
 * nothing, to GitHub or to the clone.
 */
import * as z from 'zod';
import { loadRisk } from './load-risk.ts';
import type { Operation, OperationContext } from './operation.ts';
import { pairSchema, riskChangeSchema, riskInput, riskOutput, wishOf } from './risk-schema.ts';
import { changesInOrder, queueOf } from './show-risk.ts';

const input = z.object(riskInput);

const output = z.object({
  ...riskOutput,
  changes: z.array(riskChangeSchema).readonly().describe('in the merge order'),
  pairs: z.array(pairSchema).readonly().describe('those that share something; every other pair is clean'),
});

export const riskMatrix: Operation<typeof input, typeof output> = {
  name: 'risk.matrix',
  summary: 'Show which open changes conflict with which, verified in a clone or estimated.',
  effect: 'read',
  input,
  output,
  run: buildMatrix,
};

async function buildMatrix(context: OperationContext, asked: z.output<typeof input>): Promise<z.output<typeof output>> {
  const wish = wishOf(asked);
  const facts = await loadRisk(context, wish);
  const plan = queueOf(facts, wish);
  const changes = changesInOrder(facts, plan);
  const shown = new Set(changes.map(({ name }) => name));
  const { repository, base, gaps, remarks } = facts;
  const pairs = facts.pairs.filter(({ a, b }) => shown.has(a) && shown.has(b));
  return { repository, base, changes, pairs, leftOut: plan.leftOut, gaps, remarks };
}
