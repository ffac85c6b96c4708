/**
 * Shows one umbrella: verdict, what needs attention first, and each child with its state, pull request, checks, review,
 * blockers, missing fields and the one next action.
 *
 *     parasol umbrella show 12
 *     parasol umbrella show P3.M1.T8 --json
 *     parasol umbrella show 12 --repo ../harbor         with a clone, where trial merges tell what conflicts
 *
 * It shows everything that the reading token may see, so its text is for that reader alone; what may be posted where
 * others read comes from `umbrella rollup`. A task without sub-issues is no umbrella, unless its label or type says that
 * it will be one. It writes nothing.
 */
import * as z from 'zod';
import { refKey } from '../core/task/identity.ts';
import { isMarkedUmbrella } from '../core/umbrella/list-umbrellas.ts';
import type { Rollup } from '../core/umbrella/rollup.ts';
import { loadUmbrella } from '../github/load-umbrella.ts';
import { resolveRef } from '../github/resolve-ref.ts';
import { buildUmbrellaRollup } from './build-umbrella-rollup.ts';
import { configInForce } from './config-in-force.ts';
import { noUmbrella } from './no-umbrella.ts';
import type { Operation, OperationContext } from './operation.ts';
import { withClaimsAtHand } from './read-claims.ts';
import { demandMachine } from './risk-clone.ts';
import { rollupSchema } from './rollup-schema.ts';
import { cloneInput, withConflicts } from './with-conflicts.ts';

const input = z.object({
  ref: z.string().min(1).max(500).describe('#12, owner/repo#12, the address of the issue, or a planned id'),
  clone: cloneInput,
});

export const umbrellaShow: Operation<typeof input, typeof rollupSchema> = {
  name: 'umbrella.show',
  summary: 'Show an umbrella: verdict, what needs attention, and every child with its next action.',
  effect: 'read',
  input,
  output: rollupSchema,
  run: showUmbrella,
};

async function showUmbrella(context: OperationContext, { ref, clone }: z.output<typeof input>): Promise<Rollup> {
  if (clone !== undefined) demandMachine(context);
  const umbrella = await resolveRef(context.github, ref, { defaultRepository: context.defaultRepository });
  const read = await withClaimsAtHand(context, await loadUmbrella(context.github, umbrella));
  const { snapshot, remarks } = await withConflicts(context, read, { clone });
  const { rollup } = buildUmbrellaRollup(snapshot, { now: context.now(), audience: 'viewer' });
  const task = snapshot.tasks.get(refKey(snapshot.umbrella));
  const isMarked = task !== undefined && isMarkedUmbrella(task, configInForce(snapshot).config);
  if (rollup.progress.total === 0 && !isMarked) throw noUmbrella(snapshot.umbrella);
  return { ...rollup, remarks: [...rollup.remarks, ...remarks] };
}
