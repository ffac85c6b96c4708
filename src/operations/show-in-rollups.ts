import { type Ref, refKey } from '../core/task/identity.ts';
import { findAffectedUmbrellas } from './find-affected-umbrellas.ts';
import type { OperationContext } from './operation.ts';
import { type RefreshResult, refreshRollup } from './refresh-rollup.ts';
import type { Shown } from './work-schema.ts';

const OUTCOMES = {
  written: { outcome: 'done', reason: null },
  unchanged: { outcome: 'unchanged', reason: null },
  dry_run: { outcome: 'unchanged', reason: null },
  quiet: { outcome: 'withheld', reason: 'this identity keeps no rollup there' },
  turned_off: { outcome: 'withheld', reason: 'rollups are turned off there' },
  not_an_umbrella: { outcome: 'withheld', reason: 'it has no sub-issues any more' },
} as const;

/**
 * Brings the rollup that has a line for the claimed task up to date, and those of the umbrellas above, which count what is
 * started below them. What it answers with is of the first. Throws what one of them failed with, once all were tried.
 */
export async function showInRollups(context: OperationContext, umbrella: Ref): Promise<Shown> {
  const first = await refreshUntilQuiet(context, umbrella);
  const { umbrellas, failed } = await findAffectedUmbrellas(context, [
    { kind: 'umbrella', ref: umbrella, nodeId: null },
  ]);
  const causes = failed.map(({ cause }) => cause);
  for (const above of umbrellas.filter((one) => refKey(one) !== refKey(umbrella))) {
    await refreshUntilQuiet(context, above).catch((cause: unknown) => causes.push(cause));
  }
  if (causes.length > 0) throw causes[0];
  return { as: 'rollup', ...OUTCOMES[first] };
}

const MOST_ROUNDS = 5;

/**
 * A claim of somebody else, made while this comment was being written, may be missing from it, and their own comment may
 * have been overwritten by this one. So whoever wrote looks again, until there is nothing new to say.
 */
async function refreshUntilQuiet(context: OperationContext, umbrella: Ref): Promise<RefreshResult['outcome']> {
  const first = await refreshRollup(context, umbrella, { creates: false });
  for (let round = 1, last = first; last.outcome === 'written' && round < MOST_ROUNDS; round += 1) {
    last = await refreshRollup(context, umbrella, { creates: false });
  }
  return first.outcome;
}
