/**
 * Writes an umbrella's rollup comment, and says what would have to change on GitHub for it to stand there.
 *
 *     parasol umbrella rollup 12            prints the comment
 *     parasol umbrella rollup 12 --write    puts it on the umbrella, or edits the one that is there
 *
 * The comment holds only what every reader of the umbrella may see. The operation itself writes nothing: it returns the
 * change, none when the comment already says this or the configuration turns rollup comments off. It finds only a comment that the same identity wrote before.
 */
import * as z from 'zod';
import { planRollupComment } from '../core/umbrella/plan-rollup-comment.ts';
import { renderRollupComment } from '../core/umbrella/render-comment.ts';
import type { Rollup } from '../core/umbrella/rollup.ts';
import { loadUmbrella } from '../github/load-umbrella.ts';
import { resolveRef } from '../github/resolve-ref.ts';
import { buildUmbrellaRollup } from './build-umbrella-rollup.ts';
import { commentChangeSchema } from './change-schema.ts';
import { noUmbrella } from './no-umbrella.ts';
import type { Operation, OperationContext } from './operation.ts';
import { withClaimsAtHand } from './read-claims.ts';
import { demandMachine } from './risk-clone.ts';
import { refSchema } from './rollup-schema.ts';
import { cloneInput, withConflicts } from './with-conflicts.ts';

const input = z.object({
  ref: z.string().min(1).max(500).describe('#12, owner/repo#12, the address of the issue, or a planned id'),
  clone: cloneInput,
});

const output = z.object({
  umbrella: refSchema,
  decision: z.enum(['go', 'no_go', 'unknown']).describe('the integration-readiness indicator'),
  percentComplete: z.int().nullable().describe('null when nothing counts'),
  body: z.string().describe('the comment, in Markdown'),
  existing: z.string().nullable().describe('address of the comment that stands there now'),
  changes: z
    .array(commentChangeSchema)
    .readonly()
    .describe('what writing it would do; empty when nothing would change'),
  withheld: z.string().nullable().describe('why nothing may be written; null when it may'),
});

export const umbrellaRollup: Operation<typeof input, typeof output> = {
  name: 'umbrella.rollup',
  summary: "Render an umbrella's rollup comment and say what writing it would change.",
  effect: 'read',
  input,
  output,
  run: async (context, asked) => {
    const { rollup: _, ...shown } = await planRollup(context, asked);
    return shown;
  },
};

export interface PlannedRollup extends z.output<typeof output> {
  /** What the comment says, as data: for every reader of the umbrella. */
  readonly rollup: Rollup;
}

/** The operation, with what the comment was rendered from. */
export async function planRollup(
  context: OperationContext,
  { ref, clone }: z.output<typeof input>,
): Promise<PlannedRollup> {
  if (clone !== undefined) demandMachine(context);
  const asked = await resolveRef(context.github, ref, { defaultRepository: context.defaultRepository });
  const read = await withClaimsAtHand(context, await loadUmbrella(context.github, asked));
  const { snapshot, remarks } = await withConflicts(context, read, { clone });
  const { umbrella, ownComment } = snapshot;
  const { rollup: built, rollupWish } = buildUmbrellaRollup(snapshot, {
    now: context.now(),
    audience: 'umbrella_readers',
  });
  const rollup = { ...built, remarks: [...built.remarks, ...remarks] };
  if (rollup.progress.total === 0 && ownComment === null) throw noUmbrella(umbrella);
  const body = renderRollupComment(rollup);
  const isUnwanted = rollupWish === 'unwanted';
  const changes = isUnwanted ? [] : planRollupComment({ ownComment, umbrella, body });
  const { progress, integration } = rollup;
  return {
    umbrella,
    decision: integration.verdict,
    percentComplete: progress.percentComplete,
    body,
    rollup,
    existing: ownComment?.url ?? null,
    changes,
    withheld: isUnwanted ? `Rollup comments are turned off in ${umbrella.owner}/${umbrella.repo}.` : null,
  };
}
