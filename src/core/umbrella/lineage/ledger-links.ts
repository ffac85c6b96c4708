import type { Plan } from '../../plan/plan.ts';
import { resolveChange } from '../../plan/resolve-change.ts';
import type { Instant } from '../../task/facts.ts';
import type { Ref } from '../../task/identity.ts';

/** A link that a plan made, as the ledger has it. */
export interface LedgerLink {
  readonly kind: 'child' | 'blocker';
  /** The parent of a child, or the issue that waits. */
  readonly to: Ref;
  /** The child, or the blocker. */
  readonly ref: Ref;
  readonly source: Plan['kind'];
  readonly rule: string | null;
  readonly plan: string;
  readonly at: Instant;
  /** The child had another parent before. */
  readonly isMove: boolean;
}

interface DonePlan {
  readonly plan: Plan;
  /** Items that were done. */
  readonly ledger: readonly {
    readonly itemId: string;
    readonly result: { readonly issue: Ref | null } | null;
    readonly finishedAt: Instant | null;
  }[];
}

/** Every link that plans made, in the order of the plans; numbers of issues that a plan made are filled in. */
export function ledgerLinks(plans: readonly DonePlan[]): readonly LedgerLink[] {
  return plans.flatMap(({ plan, ledger }) => {
    const done = new Map(ledger.map((entry) => [entry.itemId, entry]));
    const made = new Map(ledger.flatMap(({ itemId, result }) => (result?.issue ? [[itemId, result.issue]] : [])));
    return plan.items.flatMap(({ id, change, evidence }): LedgerLink[] => {
      const at = done.get(id)?.finishedAt ?? null;
      const real = at === null ? null : resolveChange(change, made);
      const ends = real === null ? null : endsOf(real, made.get(id) ?? null);
      if (ends === null || at === null) return [];
      const isMove = real?.kind === 'add_sub_issue' && real.replaceParent;
      return [{ ...ends, isMove, source: plan.kind, rule: evidence[0]?.rule ?? null, plan: plan.id, at }];
    });
  });
}

type RealChange = NonNullable<ReturnType<typeof resolveChange>>;

function endsOf(change: RealChange, issue: Ref | null): Pick<LedgerLink, 'kind' | 'to' | 'ref'> | null {
  switch (change.kind) {
    case 'add_sub_issue':
      return { kind: 'child', to: change.parent, ref: change.child };
    case 'add_blocker':
      return { kind: 'blocker', to: change.on, ref: change.blocker };
    case 'create_issue':
      return change.parent === null || issue === null ? null : { kind: 'child', to: change.parent, ref: issue };
    default:
      return null;
  }
}
