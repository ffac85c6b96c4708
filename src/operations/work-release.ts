/**
 * Gives a task back before its lease runs out, because it is done or because somebody else should take it.
 *
 *     parasol work release '#15' --agent a7 --token 3 --outcome 'pull request is open'
 *
 * What the claim had put on the issue is taken away; what others put there stays. A second release does nothing.
 */
import * as z from 'zod';
import { resolveRef } from '../github/resolve-ref.ts';
import { releaseClaim } from '../store/claim-store.ts';
import type { Operation, OperationContext } from './operation.ts';
import { refSchema } from './rollup-schema.ts';
import { hideClaim } from './show-claim.ts';
import { storeOf } from './store-of.ts';
import { agentInput, shownSchema, taskInput, tokenInput } from './work-schema.ts';

const input = z.object({
  task: taskInput,
  agent: agentInput,
  token: tokenInput,
  outcome: z.string().max(500).describe('what came of it, for the history').optional(),
});

const output = z.object({
  task: refSchema,
  agent: z.string(),
  token: z.int(),
  shown: shownSchema.describe('what became of taking it off GitHub'),
});

export const workRelease: Operation<typeof input, typeof output> = {
  name: 'work.release',
  summary: 'Give a claimed task back, so that another agent may claim it.',
  effect: 'write',
  needsStore: true,
  hints: { isDestructive: false, isIdempotent: true },
  input,
  output,
  run: release,
};

async function release(
  context: OperationContext,
  { task, agent, token, outcome }: z.output<typeof input>,
): Promise<z.output<typeof output>> {
  const ref = await resolveRef(context.github, task, { defaultRepository: context.defaultRepository });
  const holder = { task: ref, agent, token };
  const released = await releaseClaim(await storeOf(context), holder, { now: context.now(), outcome: outcome ?? null });
  return { ...holder, shown: await hideClaim(context, released) };
}
