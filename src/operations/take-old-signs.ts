import type { Config } from '../core/config.ts';
import { UserError } from '../core/failure.ts';
import { formatRef, type Ref } from '../core/task/identity.ts';
import type { UmbrellaSnapshot } from '../core/umbrella/snapshot.ts';
import type { ClaimFacts } from '../core/work/apply-claims.ts';
import type { ClaimSign } from '../core/work/live-claim.ts';
import type { StoredClaim } from '../store/claim-row.ts';
import { leaseTime } from '../store/lease-time.ts';
import { findLiveClaim } from '../store/load-claims.ts';
import type { OperationContext } from './operation.ts';
import { showClaim, takeAway } from './show-claim.ts';
import { givenTime, storeOf } from './store-of.ts';

interface Sweep {
  readonly snapshot: UmbrellaSnapshot;
  readonly claims: readonly ClaimFacts[];
  readonly show: Config['work'];
}

/** Labels and assignees that claims which are over have left behind; whoever asks next tidies up. What went wrong, in words. */
export async function takeOldSigns(
  context: OperationContext,
  { snapshot, claims, show }: Sweep,
): Promise<readonly string[]> {
  const remarks: string[] = [];
  for (const { key, live, sign } of claims) {
    const task = snapshot.tasks.get(key);
    if (task === undefined || live !== null || sign === null) continue;
    try {
      await takeOldSign(context, { task: task.ref, sign, show });
    } catch (cause) {
      if (!(cause instanceof UserError)) throw cause;
      remarks.push(`the ${sign.as} of a claim that is over is still on ${formatRef(task.ref)}: ${cause.message}`);
    }
  }
  return remarks;
}

interface OldSign {
  readonly task: Ref;
  readonly sign: ClaimSign;
  readonly show: Config['work'];
}

/** The task may be claimed anew at any moment: then the sign is the new claim's, and what was taken away is put back. */
async function takeOldSign(context: OperationContext, { task, sign, show }: OldSign): Promise<void> {
  if ((await holderOf(context, task)) !== null) return;
  await takeAway(context, task, sign);
  const successor = await holderOf(context, task);
  if (successor !== null) await showClaim(context, successor, show);
}

async function holderOf(context: OperationContext, task: Ref): Promise<StoredClaim | null> {
  const store = await storeOf(context);
  return findLiveClaim(store, task, await leaseTime(store.db, givenTime(context)));
}
