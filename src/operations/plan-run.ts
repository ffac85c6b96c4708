import type { FailureCode, UserError } from '../core/failure.ts';
import { type ItemStatus, isAttempt } from '../core/plan/item-status.ts';
import type { Plan, PlanItem } from '../core/plan/plan.ts';
import { needsOf, resolveChange } from '../core/plan/resolve-change.ts';
import type { PlannableChange } from '../core/plan/standing.ts';
import type { Ref } from '../core/task/identity.ts';
import type { LedgerEntry } from '../store/ledger-entry.ts';
import { type Lease, takeLease } from '../store/plan-lease.ts';
import { type ItemRecord, loadIssuesOfOthers, loadPlan, recordItem } from '../store/plan-store.ts';
import type { OriginStore } from '../store/store.ts';
import type { OperationContext } from './operation.ts';
import { storeOf } from './store-of.ts';
import { MACHINE_CLOCK } from './wait-clock.ts';
import { startPace, type WritePace } from './write-pace.ts';

/** One run over a plan, held against every other run, with what its items came to so far. */
export interface PlanRun {
  readonly context: Pick<OperationContext, 'github'>;
  readonly plan: Plan;
  readonly pace: WritePace;
  readonly entryOf: (item: Pick<PlanItem, 'id'>) => LedgerEntry;
  /** Null while an issue that it names is not made. */
  readonly changeOf: (item: PlanItem) => PlannableChange | null;
  /** Issues that other items made, which are never taken for this one's. */
  readonly issuesOfOthers: (item: PlanItem) => Promise<readonly Ref[]>;
  /** Writes a step into the ledger, before anything after it is done. */
  readonly record: (item: PlanItem, step: Step) => Promise<void>;
}

export type Step = Pick<ItemRecord, 'status' | 'before' | 'after' | 'result' | 'reason'>;

/** What a run came to for one item. `code` is null unless it failed. */
export interface ItemOutcome {
  readonly status: ItemStatus;
  readonly reason: string | null;
  readonly code: FailureCode | null;
  /** What to do about a failure, where that is known. */
  readonly hint?: string;
  /** Another run would fail the same way: only a new plan can do it. */
  readonly isOutdated?: boolean;
}

export type ItemFailure = Omit<ItemOutcome, 'status'>;

/** What a failure comes to; where a permission is missing, the reason names it. */
export function failureOf({ message, code, hint }: UserError): ItemFailure {
  return { reason: code === 'forbidden' ? `${message} ${hint}` : message, code, hint };
}

/** Holds the plan while `work` runs. Throws `not_found` without such a plan, `store_locked` where somebody else holds it. */
export async function withPlan<Result>(
  context: OperationContext,
  id: string,
  work: (run: PlanRun, store: OriginStore) => Promise<Result>,
): Promise<Result> {
  const store = await storeOf(context);
  await loadPlan(store, id);
  const lease = await takeLease(store, id);
  try {
    return await work(await startRun(context, store, { id, lease }), store);
  } finally {
    await lease.release();
  }
}

interface Held {
  readonly id: string;
  readonly lease: Lease;
}

async function startRun(context: OperationContext, store: OriginStore, { id, lease }: Held): Promise<PlanRun> {
  const pace = startPace(store, context.clock ?? MACHINE_CLOCK, context.stop);
  // Read once it is held: until then another run may have added to it.
  const { plan, ledger } = await loadPlan(store, id);
  const entries = new Map(ledger.map((entry) => [entry.itemId, entry]));
  const entryOf: PlanRun['entryOf'] = (item) => {
    const entry = entries.get(item.id);
    if (entry === undefined) throw new Error(`the ledger of ${id} has no item ${item.id}`);
    return entry;
  };
  return {
    context,
    plan,
    pace,
    entryOf,
    changeOf: (item) => resolveChange(item.change, madeIssues(entries)),
    issuesOfOthers: (item) => loadIssuesOfOthers(store, { planId: id, itemId: item.id }),
    record: async (item, step) => {
      const at = pace.now();
      await recordItem(store, { planId: id, itemId: item.id, holder: lease.holder, at, ...step });
      const entry = entryOf(item);
      entries.set(item.id, {
        ...entry,
        status: step.status,
        attempts: isAttempt(step.status) ? entry.attempts + 1 : entry.attempts,
        startedAt: isAttempt(step.status) ? at : entry.startedAt,
        before: step.before ?? entry.before,
        after: step.after ?? entry.after,
        result: step.result ?? entry.result,
        reason: step.reason ?? null,
      });
    },
  };
}

function madeIssues(entries: ReadonlyMap<string, LedgerEntry>): ReadonlyMap<string, Ref> {
  return new Map([...entries].flatMap(([id, { result }]) => (result?.issue ? [[id, result.issue] as const] : [])));
}

/** Whether what the item is for stands on GitHub, as the ledger has it: not once it was taken back, or half of it. */
export const isStanding = ({ status, result }: Pick<LedgerEntry, 'status' | 'result'>): boolean =>
  result?.stands === true && status !== 'undoing' && status !== 'undone';

/** The first need whose effect does not stand; null when the item may be applied. */
export function unmetNeed({ entryOf }: Pick<PlanRun, 'entryOf'>, item: PlanItem): string | null {
  return needsOf(item).find((id) => !isStanding(entryOf({ id }))) ?? null;
}
