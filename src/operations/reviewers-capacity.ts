/**
 * Says how many review requests may wait for you at once before others go first; it goes before what the configuration and
 * your past say. It is kept in the store, not on GitHub, and nobody else is shown it; with `0` nothing new waits for you, and with
 * `default` your word is taken back.
 *
 *     parasol reviewers capacity 4
 *     parasol reviewers capacity default
 */
import * as z from 'zod';
import { UserError } from '../core/failure.ts';
import { loadOwnLogin } from '../github/load-own-login.ts';
import { noteCapacity } from '../store/reviewers/capacities.ts';
import type { Operation, OperationContext } from './operation.ts';
import { storeOf } from './store-of.ts';

export const CAPACITY_FORM = 'a number from 0 to 99, or `default` to take your word back';

const input = z.object({ count: z.string().max(20).describe(CAPACITY_FORM) });

const output = z.object({
  login: z.string().describe('whose token it is'),
  capacity: z.int().nullable().describe('null: as the configuration and the past say'),
});

export const reviewersCapacity: Operation<typeof input, typeof output> = {
  name: 'reviewers.capacity',
  summary: 'Say how many reviews may wait for you at once before others go first.',
  effect: 'write',
  needsStore: true,
  hints: { isDestructive: false, isIdempotent: true },
  input,
  output,
  run,
};

async function run(context: OperationContext, { count }: z.output<typeof input>): Promise<z.output<typeof output>> {
  const capacity = parseCapacity(count);
  if (capacity === undefined) throw new UserError('usage', 'That is no capacity.', `Say ${CAPACITY_FORM}.`);
  const login = await loadOwnLogin(context.github);
  await noteCapacity(await storeOf(context), login, capacity);
  return { login, capacity };
}

/** Null: `default`; undefined: neither that nor a number that a person can mean. */
export function parseCapacity(count: string): number | null | undefined {
  if (count.toLowerCase() === 'default') return null;
  return /^(?:0|[1-9]\d?)$/.test(count) ? Number(count) : undefined;
}
