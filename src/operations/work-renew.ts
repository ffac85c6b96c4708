/**
 * Lengthens an agent's lease on a task that it holds: from now on for as long as asked.
 *
 *     parasol work renew '#15' --agent a7 --token 3 --lease 1h
 *
 * A lease that has run out is renewed too, unless somebody else has claimed the task since; then the agent is told who,
 * and must stop working on it.
 */
import * as z from 'zod';
import { leaseEnd, parseLease } from '../core/work/lease.ts';
import { loadConfig } from '../github/load-config.ts';
import { resolveRef } from '../github/resolve-ref.ts';
import { renewClaim } from '../store/claim-store.ts';
import { configInForce } from './config-in-force.ts';
import type { Operation, OperationContext } from './operation.ts';
import { showClaim } from './show-claim.ts';
import { storeOf } from './store-of.ts';
import { agentInput, claimSchema, leaseInput, shownSchema, taskInput, tokenInput } from './work-schema.ts';

const input = z.object({ task: taskInput, agent: agentInput, token: tokenInput, lease: leaseInput });

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

async function renew(
  context: OperationContext,
  { task, agent, token, lease }: z.output<typeof input>,
): Promise<z.output<typeof output>> {
  const leaseMs = parseLease(lease);
  const { github, defaultRepository } = context;
  const ref = await resolveRef(github, task, { defaultRepository });
  const now = context.now();
  const holder = { task: ref, agent, token };
  const renewed = await renewClaim(await storeOf(context), holder, { now, until: leaseEnd(now, leaseMs) });
  const { umbrella, sign: _sign, ...claim } = renewed;
  const { config } = configInForce(await loadConfig(github, umbrella));
  return { claim, shown: await showClaim(context, renewed, config.work) };
}
