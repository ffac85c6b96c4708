import { resolveRef } from '../github/resolve-ref.ts';
import type { Holder } from '../store/hold-claim.ts';
import type { OriginStore } from '../store/store.ts';
import type { OperationContext } from './operation.ts';
import { givenTime, storeOf } from './store-of.ts';

interface HeldClaim {
  readonly store: OriginStore;
  readonly holder: Holder;
  /** Null: the store's own time. */
  readonly now: string | null;
}

/** Whose claim a caller speaks of, and where it is kept. Throws where there is no such task, or no store. */
export async function heldClaim(
  context: OperationContext,
  { task, agent, token }: { readonly task: string; readonly agent: string; readonly token: number },
): Promise<HeldClaim> {
  const ref = await resolveRef(context.github, task, { defaultRepository: context.defaultRepository });
  return { store: await storeOf(context), holder: { task: ref, agent, token }, now: givenTime(context) };
}
