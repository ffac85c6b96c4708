import { UserError } from '../core/failure.ts';
import { type ItemStatus, isInDoubt } from '../core/plan/item-status.ts';
import type { PlanItem, PlannedChange } from '../core/plan/plan.ts';
import { planUndo, type Undoing } from '../core/plan/plan-undo.ts';
import { isMadeByItem, plannedRefs } from '../core/plan/resolve-change.ts';
import { effectStands, type PlannableChange, sameName } from '../core/plan/standing.ts';
import type { Ref } from '../core/task/identity.ts';
import type { ChangeOutcome } from './apply-changes.ts';
import { failureOf, type ItemFailure, type ItemOutcome, type PlanRun, type Step } from './plan-run.ts';
import { DOUBT_PAUSES_MS, readBegun, readInDoubt } from './read-in-doubt.ts';
import { writeItem } from './write-item.ts';

const APPLIED: readonly ItemStatus[] = ['done', 'started', 'unknown', 'undoing', 'kept'];

/** Whether there may be something of this item to take back. */
export const mayBeUndone = (status: ItemStatus): boolean => APPLIED.includes(status);

/**
 * Takes one item back, where nobody changed since what it did; otherwise it is kept, with the reason. One whose undo was
 * cut off is taken up where it stands. Nothing but a bug or a broken store is thrown.
 */
export async function undoItem(run: PlanRun, item: PlanItem): Promise<ItemOutcome> {
  const change = run.changeOf(item);
  if (change === null) return conclude(run, item, { status: 'undone', reason: 'was never written' });
  await run.pace.untilFree();
  try {
    const undoing = await decidePatiently(run, item, change);
    if (undoing.verdict === 'as_before') return await conclude(run, item, { status: 'undone' });
    if (undoing.verdict === 'keep') return await conclude(run, item, { status: 'kept', reason: undoing.reason });
    return await revert(run, item, { change, changes: undoing.changes });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { status: run.entryOf(item).status, ...failureOf(error) };
  }
}

/** What this undo took off a new issue or label a moment ago may still show there, and is nobody's use of it. */
async function decidePatiently(run: PlanRun, item: PlanItem, change: PlannableChange): Promise<Undoing> {
  const isFresh = run.plan.items.some((other) => run.entryOf(other).status === 'undone' && isOnIt(other.change, item));
  for (const pauseMs of isFresh ? DOUBT_PAUSES_MS : []) {
    const undoing = await decide(run, item, change);
    if (undoing.verdict !== 'keep') return undoing;
    await run.pace.sleep(pauseMs);
  }
  return decide(run, item, change);
}

/** Whether one change is made on what another item made. */
function isOnIt(change: PlannedChange, { id, change: made }: PlanItem): boolean {
  if (plannedRefs(change).some((ref) => isMadeByItem(ref) && ref.item === id)) return true;
  return made.kind === 'create_label' && change.kind === 'add_label' && sameName(change.label, made.name);
}

async function decide(run: PlanRun, item: PlanItem, change: PlannableChange): Promise<Undoing> {
  const { status, before, after, result } = run.entryOf(item);
  if (before === null) return { verdict: 'keep', reason: 'the ledger does not say what stood there before' };
  const made = result?.issue ?? null;
  const isApplyInDoubt = status !== 'undoing' && isInDoubt(status);
  const now = await (isApplyInDoubt ? readInDoubt : readBegun)(run, item, { change, made });
  // Its apply was cut off, and the write never arrived.
  if (isApplyInDoubt && !effectStands(change, now)) return { verdict: 'as_before' };
  return planUndo(change, { before, after, now, takenBack: takenBackBy(run), isInDoubt: status === 'undoing' });
}

const takenBackBy = ({ plan, entryOf }: PlanRun): readonly Ref[] =>
  plan.items.flatMap((item) => {
    const { status, result } = entryOf(item);
    return status === 'undone' && result?.issue ? [result.issue] : [];
  });

interface Reversal {
  readonly change: PlannableChange;
  readonly changes: readonly PlannableChange[];
}

async function revert(run: PlanRun, item: PlanItem, { change, changes }: Reversal): Promise<ItemOutcome> {
  for (const one of changes) {
    const outcome = await writeItem(run, one, () => run.record(item, { status: 'undoing' }));
    if (outcome.outcome === 'done') continue;
    // An answer may have got lost on the way: what counts is what stands there now.
    const undoing = await decide(run, item, change);
    if (undoing.verdict === 'as_before') break;
    if (undoing.verdict === 'keep') return conclude(run, item, { status: 'kept', reason: undoing.reason });
    if (undoing.changes.every(({ kind }) => kind !== one.kind)) continue;
    const failure = failureIn(outcome);
    if (one.kind === 'place_sub_issue') {
      return conclude(run, item, {
        status: 'undone',
        reason: `linked again, but not at its old place: ${failure.reason}`,
      });
    }
    return { status: 'undoing', ...failure };
  }
  return conclude(run, item, { status: 'undone' });
}

const failureIn = ({ cause, reason, code }: ChangeOutcome): ItemFailure =>
  cause instanceof UserError ? failureOf(cause) : { reason: reason ?? 'GitHub did not do it', code };

async function conclude(run: PlanRun, item: PlanItem, step: Step): Promise<ItemOutcome> {
  // The issue stays known: what was done on it may still have to be taken back.
  const { result } = run.entryOf(item);
  const takenBack = step.status === 'undone' && result !== null ? { result: { ...result, stands: false } } : {};
  await run.record(item, { ...step, ...takenBack });
  return { status: step.status, reason: step.reason ?? null, code: null };
}
