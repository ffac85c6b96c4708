import type { Change } from '../core/change.ts';
import type { Config } from '../core/config.ts';
import { UserError } from '../core/failure.ts';
import type { Ref } from '../core/task/identity.ts';
import type { ClaimSign } from '../core/work/live-claim.ts';
import { loadOwnLogin } from '../github/load-own-login.ts';
import { noteSign, noteSignGone } from '../store/note-sign.ts';
import { applyChanges } from './apply-changes.ts';
import type { OperationContext } from './operation.ts';
import { showInRollups } from './show-in-rollups.ts';
import { givenTime, storeOf } from './store-of.ts';
import type { Shown } from './work-schema.ts';

type Show = Config['work'];

interface Claimed {
  readonly task: Ref;
  readonly umbrella: Ref;
  /** What an earlier claim has left on the issue. */
  readonly sign: ClaimSign | null;
}

/** Shows on GitHub, as configured, that a task is claimed. What goes wrong there is told, and leaves the claim as it is. */
export async function showClaim(
  context: OperationContext,
  { task, umbrella, sign }: Claimed,
  show: Show,
): Promise<Shown> {
  return told(show.show, async () => {
    if (show.show === 'none') return unchanged('none');
    if (show.show === 'rollup') return showInRollups(context, umbrella);
    const wanted = await signOf(context, show);
    if (sign !== null && !isSame(sign, wanted)) await takeAway(context, task, sign);
    // What was there before, and not from us, is not ours to take away either.
    if (!(await write(context, additionOf(task, wanted)))) return unchanged(show.show);
    await noteSign(await storeOf(context), task, wanted);
    return { as: show.show, outcome: 'done', reason: null };
  });
}

/** Takes away what a claim that is over has put on the issue, and nothing else; brings the rollup up to date. */
export async function hideClaim(context: OperationContext, { task, umbrella, sign }: Claimed): Promise<Shown> {
  return told(sign?.as ?? 'rollup', async () => {
    if (sign === null) return showInRollups(context, umbrella);
    await takeAway(context, task, sign);
    return { as: sign.as, outcome: 'done', reason: null };
  });
}

/** Takes a sign away and notes that it is gone. Throws what GitHub failed with, then the note stays. */
export async function takeAway(context: OperationContext, task: Ref, sign: ClaimSign): Promise<void> {
  await write(context, removalOf(task, sign));
  await noteSignGone(await storeOf(context), task, givenTime(context));
}

const unchanged = (as: Shown['as']): Shown => ({ as, outcome: 'unchanged', reason: null });

async function told(as: Shown['as'], show: () => Promise<Shown>): Promise<Shown> {
  try {
    return await show();
  } catch (cause) {
    if (!(cause instanceof UserError)) throw cause;
    return { as, outcome: 'failed', reason: cause.message };
  }
}

async function signOf(context: OperationContext, show: Show): Promise<ClaimSign> {
  if (show.show === 'label') return { as: 'label', label: show.label };
  return { as: 'assignee', login: await loadOwnLogin(context.github) };
}

const isSame = (a: ClaimSign, b: ClaimSign): boolean => JSON.stringify(a) === JSON.stringify(b);

const additionOf = (on: Ref, sign: ClaimSign): Change =>
  sign.as === 'label' ? { kind: 'add_label', on, label: sign.label } : { kind: 'add_assignee', on, login: sign.login };

const removalOf = (on: Ref, sign: ClaimSign): Change =>
  sign.as === 'label'
    ? { kind: 'remove_label', on, label: sign.label }
    : { kind: 'remove_assignee', on, login: sign.login };

/** False when GitHub had it so already. */
async function write(context: OperationContext, change: Change): Promise<boolean> {
  const [outcome] = await applyChanges(context, [change]);
  if (outcome?.outcome === 'failed') throw outcome.cause ?? new Error(outcome.reason ?? 'GitHub did not take it');
  return outcome?.outcome === 'done';
}
