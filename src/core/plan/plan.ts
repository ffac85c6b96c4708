import type { Change } from '../change.ts';
import type { Instant } from '../task/facts.ts';
import type { Ref, RepositoryRef } from '../task/identity.ts';

/** A list of writes that can be shown, filtered, approved, applied, resumed and undone. */
export interface Plan {
  readonly version: 1;
  /** `p-` and twelve hexadecimal digits; older plans have eight. */
  readonly id: string;
  readonly kind: 'scaffold' | 'backfill' | 'relink' | 'drift';
  readonly repository: RepositoryRef;
  /** The umbrella it is about; null for a whole repository. */
  readonly umbrella: Ref | null;
  readonly createdAt: Instant;
  /** Login that made it. */
  readonly createdBy: string | null;
  /** In the order in which they are applied; an item stands after all that it needs. */
  readonly items: readonly PlanItem[];
  /** What the plan leaves alone, and why: conflicts, edited children, limits. */
  readonly notes: readonly PlanNote[];
  /** Absent unless a comment asked for it, which is then answered once the plan is applied. */
  readonly asked?: PlanAsked;
}

/** The command that a plan carries out, and what its answer has to say. */
export interface PlanAsked {
  readonly on: Ref;
  readonly commentId: number;
  readonly by: string;
  /** As the command names them. */
  readonly lanes: readonly string[];
  /** Tasks of these lanes that stood when the plan was made. */
  readonly standing: number;
  /** Lanes that the plan only offers. */
  readonly offered?: readonly string[];
}

/** What a slice proposes; `operations/save-plan.ts` makes a `Plan` of it. */
export type PlanDraft = Pick<Plan, 'kind' | 'repository' | 'umbrella' | 'items' | 'notes'>;

export interface PlanItem {
  /** Unique within the plan and speaking: `link-12`, `create-api-1`. */
  readonly id: string;
  readonly change: PlannedChange;
  /** Ids of earlier items without which this one makes no sense; those in its refs need not be repeated. */
  readonly needs: readonly string[];
  /** False: proposed, and applied only where a person selects it (`--only`, a ticked box). */
  readonly selected: boolean;
  readonly evidence: readonly PlanEvidence[];
}

export interface PlanEvidence {
  /** Name of the rule: `scaffold`, `parent_line`, `drift` … */
  readonly rule: string;
  readonly quote: string;
  readonly in: Ref | null;
  /** A file of the repository, where the reason stands in one. */
  readonly path: string | null;
  /** From 1. */
  readonly line: number | null;
  /** 0–1, calibrated; null where nothing was guessed. */
  readonly confidence: number | null;
}

export interface PlanNote {
  readonly kind: string;
  readonly text: string;
  readonly about: Ref | null;
}

/** An issue that stands on GitHub, or one that another item of the same plan makes. */
export type PlannedRef = Ref | { readonly item: string };

/** A change in which issues may still have to be made. */
export type PlannedChange = Planned<Change>;

type Planned<C> = C extends Change
  ? { readonly [K in keyof C]: C[K] extends Ref ? PlannedRef : C[K] extends Ref | null ? PlannedRef | null : C[K] }
  : never;
