import type { RepositoryRef } from '../task/identity.ts';
import { assessImpact, type Impact } from './impact.ts';
import { type LeftOut, leaveOut, type QueueScope } from './leave-out.ts';
import { type MergeCommand, type MergeMethod, nextMerges } from './next-merges.ts';
import type { OpenChange } from './open-change.ts';
import type { OrderLimits } from './order/merge-item.ts';
import { type MergeOrder, orderMerges } from './order/order-merges.ts';
import type { PairRisk } from './pair-risk.ts';
import { type ReadPairs, readPairs } from './read-pairs.ts';

export interface QueueFacts {
  readonly changes: readonly OpenChange[];
  readonly pairs: readonly PairRisk[];
  /** As in `ImpactFacts`. */
  readonly dependents: ReadonlyMap<string, number> | null;
  readonly isRegenerated: (path: string) => boolean;
  /** Null where there is no GitHub: then there are no commands. */
  readonly repository: RepositoryRef | null;
  /** What the clone calls it; null where no clone is at hand, or none of its remotes is that. */
  readonly remote: string | null;
  /** The branch that all of the changes go into. */
  readonly base: { readonly name: string };
  /** How the repository merges; null where nobody knows. */
  readonly mergeMethod: MergeMethod | null;
}

export interface QueueOptions {
  /** What is asked for beside what waits as a rule. */
  readonly scope: QueueScope;
  readonly limits: OrderLimits;
}

export interface QueuePlan {
  readonly order: MergeOrder;
  /** By name, of those in the order. */
  readonly impact: ReadonlyMap<string, Impact>;
  readonly leftOut: readonly LeftOut[];
  readonly pairs: ReadPairs;
  /** In words and by name, what keeps those in the order from merging. */
  readonly held: ReadonlyMap<string, readonly string[]>;
  /** At most ten, first things first; none for what is not ready. */
  readonly next: readonly MergeCommand[];
}

/** What `parasol risk queue` shows: the merge order of open changes, why, and how to carry out its beginning. */
export function planQueue(facts: QueueFacts, { scope, limits }: QueueOptions): QueuePlan {
  const { waiting, leftOut } = leaveOut(facts.changes, { ...scope, now: limits.now });
  const names = new Set(waiting.map(({ name }) => name));
  const pairs = readPairs(facts, names);
  const impact = new Map(waiting.map((change) => [change.name, impactOf(change, pairs, facts)]));
  const absent = new Map(leftOut.map((one) => [one.name, one]));
  const held = new Map(waiting.map((change) => [change.name, holdsOf(change, pairs, absent)]));
  const order = orderMerges(
    waiting.map(({ name, enteredAt, priority, after }) => ({
      name,
      weight: impact.get(name)?.weight ?? 0,
      enteredAt,
      priority,
      ready: held.get(name)?.length === 0,
      after: [...after, ...pairs.stacks.filter(({ dependent }) => dependent === name).map(({ on }) => on)],
    })),
    pairs.edges,
    limits,
  );
  return {
    order,
    impact,
    leftOut,
    pairs,
    held,
    next: nextMerges(order, waiting, { ...facts, ...pairs }),
  };
}

function impactOf({ name }: OpenChange, { meets }: ReadPairs, { dependents, isRegenerated }: QueueFacts): Impact {
  return assessImpact({ files: meets.get(name) ?? [], dependents, isRegenerated });
}

/** A change cannot merge before another that is open but left out of the order. */
function holdsOf(
  { name, heldBy, after }: OpenChange,
  { stacks }: ReadPairs,
  absent: ReadonlyMap<string, LeftOut>,
): readonly string[] {
  const needs = new Set([...after, ...stacks.filter(({ dependent }) => dependent === name).map(({ on }) => on)]);
  const missing = [...needs].flatMap((earlier) => absent.get(earlier) ?? []);
  return [...heldBy, ...missing.map((one) => `depends on ${one.name}, left out: ${one.why}`)];
}
