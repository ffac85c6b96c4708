/**
 * Takes issues out of an umbrella, or out of its batches.
 *
 *     parasol umbrella unlink 12 14 15            says what it would do
 *     parasol umbrella unlink 12 14 15 --write    does it
 *
 * A child of another umbrella is refused, and one without a parent is left alone. The issues themselves stay as they are.
 * The operation itself writes nothing: it returns the changes.
 */
import * as z from 'zod';
import { planUnlink } from '../core/umbrella/links/plan-unlink.ts';
import { childNames, itemsOf, linkReportShape, umbrellaName } from './link-report.ts';
import { loadLinks } from './load-links.ts';
import type { Operation, OperationContext } from './operation.ts';

const input = z.object({ umbrella: umbrellaName, children: childNames });
const output = z.object(linkReportShape);

export const umbrellaUnlink: Operation<typeof input, typeof output> = {
  name: 'umbrella.unlink',
  summary: 'Say what taking issues out of an umbrella would change.',
  effect: 'read',
  input,
  output,
  run: plan,
};

async function plan(context: OperationContext, names: z.output<typeof input>): Promise<z.output<typeof output>> {
  const { umbrella, children, unfound, room } = await loadLinks(context, { ...names, needsLevels: false });
  const batches = room.batches.map(({ ref }) => ref);
  const { verdicts, changes } = planUnlink({ umbrella: umbrella.ref, batches, children });
  return { umbrella: umbrella.ref, items: itemsOf(verdicts, unfound), changes };
}
