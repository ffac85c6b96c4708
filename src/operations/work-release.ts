/**
 * Gives a task back before its lease runs out, because it is done or because somebody else should take it.
 *
 *     parasol work release '#15' --agent a7 --token 3 --outcome 'pull request is open'
 *
 * What the claim had put on the issue is taken away; what others put there stays. A second release does nothing.
 */
import * as z from 'zod';
import { releaseClaim } from '../store/hold-claim.ts';
import { heldClaim } from './held-claim.ts';
import type { Operation, OperationContext } from './operation.ts';
import { refSchema } from './rollup-schema.ts';
import { hideClaim } from './show-claim.ts';
import { holderInput, shownSchema } from './work-schema.ts';

const input = holderInput.extend({
  outcome: z
    .string()
    .max(500)
    .refine((text) => !text.includes('\0'), { error: 'takes no NUL character' })
    .describe('what came of it, for the history')
    .optional(),
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

async function release(context: OperationContext, asked: z.output<typeof input>): Promise<z.output<typeof output>> {
  const { store, holder, now } = await heldClaim(context, asked);
  const released = await releaseClaim(store, holder, { now, outcome: asked.outcome ?? null });
  return { ...holder, shown: await hideClaim(context, released) };
}
