/**
 * Lengthens an agent's lease on a task that it holds: from now on for as long as asked.
 *
 *     parasol work renew '#15' --agent a7 --token 3 --lease 1h
 *
 * A lease that has run out is renewed too, unless somebody else has claimed the task since; then the agent is told who,
 * and must stop working on it.
 */
import * as z from 'zod';
import { parseLease } from '../core/work/lease.ts';
import { loadConfig } from '../github/load-config.ts';
import { renewClaim } from '../store/hold-claim.ts';
import { configInForce } from './config-in-force.ts';
import { heldClaim } from './held-claim.ts';
import type { Operation, OperationContext } from './operation.ts';
import { showClaim } from './show-claim.ts';
import { claimOutput, claimSchema, holderInput, leaseInput, shownSchema } from './work-schema.ts';

const input = holderInput.extend({ lease: leaseInput });

const output = z.object({ claim: claimSchema, shown: shownSchema });

export const workRenew: Operation<typeof input, typeof output> = {
  name: 'work.renew',
  summary: 'Lengthen the lease of an agent on a task that it has claimed.',
  effect: 'write',
  needsStore: true,
  hints: { isDestructive: false, isIdempotent: true },
  input,
  output,
  run: renew,
};

async function renew(context: OperationContext, asked: z.output<typeof input>): Promise<z.output<typeof output>> {
  const leaseMs = parseLease(asked.lease);
  const { store, holder, now } = await heldClaim(context, asked);
  const renewed = await renewClaim(store, holder, { now, leaseMs });
  const { config } = configInForce(await loadConfig(context.github, renewed.umbrella));
  return { claim: claimOutput(renewed), shown: await showClaim(context, renewed, config.work) };
}
