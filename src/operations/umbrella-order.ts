/**
 * Puts a child of an umbrella at another place in GitHub's list of its sub-issues.
 *
 *     parasol umbrella order 12 15 --first
 *     parasol umbrella order 12 15 --after 14 --write
 *
 * Exactly one of `--after`, `--before`, `--first` and `--last` says where. Children of a batch umbrella are ordered within
 * their batch. The operation itself writes nothing: it returns the change, none when the child stands there already.
 */
import * as z from 'zod';
import { UserError } from '../core/failure.ts';
import type { Ref } from '../core/task/identity.ts';
import { type Place, planOrder } from '../core/umbrella/links/plan-order.ts';
import { resolveRef } from '../github/resolve-ref.ts';
import { changeSchema } from './change-schema.ts';
import { umbrellaName } from './link-report.ts';
import { loadLinks } from './load-links.ts';
import type { Operation, OperationContext } from './operation.ts';
import { refSchema } from './rollup-schema.ts';

const issueName = z.string().min(1).max(500);

const input = z.object({
  umbrella: umbrellaName,
  child: issueName.describe('the child to place'),
  after: issueName.describe('the child that it is to come after').optional(),
  before: issueName.describe('the child that it is to come before').optional(),
  first: z.boolean().describe('before all others').default(false),
  last: z.boolean().describe('after all others').default(false),
});

const output = z.object({
  umbrella: refSchema,
  child: refSchema,
  changes: z.array(changeSchema).readonly().describe('what writing would do; empty when it stands there already'),
});

export const umbrellaOrder: Operation<typeof input, typeof output> = {
  name: 'umbrella.order',
  summary: 'Say what placing a child among the children of an umbrella would change.',
  effect: 'read',
  input,
  output,
  run: plan,
};

async function plan(context: OperationContext, asked: z.output<typeof input>): Promise<z.output<typeof output>> {
  const wanted = placeWanted(asked);
  const { github, defaultRepository } = context;
  const resolve = (text: string): Promise<Ref> => resolveRef(github, text, { defaultRepository });
  const child = await resolve(asked.child);
  const place: Place = 'sibling' in wanted ? { ...wanted, sibling: await resolve(wanted.sibling) } : wanted;
  const { umbrella, lists } = await loadLinks(context, {
    umbrella: asked.umbrella,
    children: [],
    needsLevels: false,
  });
  const change = planOrder({ umbrella: umbrella.ref, child, place, lists });
  return { umbrella: umbrella.ref, child, changes: change === null ? [] : [change] };
}

type WantedPlace =
  | { readonly kind: 'first' | 'last' }
  | { readonly kind: 'after' | 'before'; readonly sibling: string };

function placeWanted({ after, before, first, last }: z.output<typeof input>): WantedPlace {
  const wishes: WantedPlace[] = [
    ...(after === undefined ? [] : [{ kind: 'after', sibling: after } as const]),
    ...(before === undefined ? [] : [{ kind: 'before', sibling: before } as const]),
    ...(first ? [{ kind: 'first' } as const] : []),
    ...(last ? [{ kind: 'last' } as const] : []),
  ];
  const [wish, another] = wishes;
  if (wish !== undefined && another === undefined) return wish;
  throw new UserError(
    'usage',
    wish === undefined ? 'Nothing says where the child is to stand.' : 'More than one place is given for the child.',
    'Give exactly one of --after, --before, --first and --last.',
  );
}
