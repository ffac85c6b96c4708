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
import { chooseMatrixRows } from '../core/risk/choose-matrix-rows.ts';
import { markOnBase } from '../core/risk/mark-of-finding.ts';
import { ALL_LISTED, pairsNotListed } from '../core/risk/pairs-not-listed.ts';
import { renderMatrixSvg } from '../core/risk/render-matrix-svg.ts';
import { loadRisk } from './load-risk.ts';
import type { Operation, OperationContext } from './operation.ts';
import type { RiskFacts, RiskWish } from './risk-facts.ts';
import { orderInput, pairSchema, riskChangeSchema, riskOutput, wishOf } from './risk-schema.ts';
import { changesInOrder, queueOf } from './show-risk.ts';

const input = z.object({
  ...orderInput,
  svg: z.boolean().describe('also draw it, as an SVG with the merge order beside it').default(false),
});

const output = z.object({
  ...riskOutput,
  changes: z.array(riskChangeSchema).readonly().describe('in the merge order'),
  pairs: z
    .array(pairSchema)
    .readonly()
    .describe('those that share something, or that nobody can judge; every other pair is clean, but for `notListed`'),
  notListed: z
    .object({
      unknown: z.int().describe('with a change that nobody could judge'),
      waiting: z.int().describe('with a change that conflicts with the base'),
      estimated: z.int(),
      estimatedUpTo: z.number().min(0).max(1).describe('the most that one of these is likely to conflict'),
      estimatedConflicts: z.number().min(0).describe('how many of these conflict if the estimates hold'),
      notReached: z.int().describe('neither merged on trial nor estimated, because the time was up'),
    })
    .readonly()
    .describe('how many pairs are too many to be among `pairs`, and not said to be clean'),
  svg: z.string().nullable().describe('the drawing; null where none was asked for'),
});

export const riskMatrix: Operation<typeof input, typeof output> = {
  name: 'risk.matrix',
  summary: 'Show which open changes conflict with which, verified in a clone or estimated.',
  effect: 'read',
  input,
  output,
  run: buildMatrix,
};

async function buildMatrix(context: OperationContext, asked: z.output<typeof input>): Promise<RiskMatrixReport> {
  const wish = wishOf(asked);
  return matrixReport(await loadRisk(context, wish), wish, asked.svg);
}

export type RiskMatrixReport = z.output<typeof output>;

/** The same of facts that were loaded already. */
export function matrixReport(facts: RiskFacts, wish: RiskWish, hasDrawing: boolean): RiskMatrixReport {
  const plan = queueOf(facts, wish);
  const changes = changesInOrder(facts, plan);
  const shown = new Set(changes.map(({ name }) => name));
  const { repository, base, gaps } = facts;
  const remarks = [...facts.remarks, ...facts.orderRemarks];
  const pairs = facts.pairs.filter(({ a, b }) => shown.has(a) && shown.has(b));
  const { notListed = ALL_LISTED } = facts;
  const svg = hasDrawing ? drawMatrix({ base: base.name, changes, pairs, notListed }) : null;
  return { repository, base, changes, pairs, notListed, leftOut: plan.leftOut, gaps, remarks, svg };
}

type Drawn = Pick<RiskMatrixReport, 'changes' | 'pairs' | 'notListed'> & { readonly base: string };

function drawMatrix({ base, changes, pairs, notListed }: Drawn): string {
  const all = changes.map(({ name, title, place, onBase }) => ({ name, title, place, onBase: markOnBase(onBase) }));
  const chosen = chooseMatrixRows(all, pairs);
  const more = pairsNotListed(chosen.rows, pairs, notListed);
  return renderMatrixSvg({ base, ...chosen, pairs: [...pairs, ...more] });
}
