import { type Conflict, hitChance, placesOf } from './conflict-graph.ts';
import { type CapPlan, waitsOf } from './hold-cap.ts';
import type { OrderLimits } from './merge-item.ts';
import type { Backlog } from './read-backlog.ts';
import type { Urgency } from './urgency.ts';

/** Why a change stands where it does; the first that holds, in this order. */
export type PlaceReason =
  /** `waitsFor`: what it depends on is not ready; empty where it is not ready itself. */
  | { readonly kind: 'not_ready'; readonly waitsFor: readonly string[] }
  /**
   * It exceeds the cap already, or further back it, or what waits for it, would. `waitedDays`: until now; `mergedDays`: until
   * it is merged here, where the rate is known.
   */
  | {
      readonly kind: 'overdue';
      readonly waitedDays: number;
      readonly mergedDays: number | null;
      readonly maxWaitDays: number;
    }
  | { readonly kind: 'priority'; readonly priority: number }
  /** Goes with the priority of those that wait for it. */
  | { readonly kind: 'needed_by'; readonly names: readonly string[] }
  | { readonly kind: 'depends_on'; readonly names: readonly string[] }
  /** Conflicts with nothing that waits here. */
  | { readonly kind: 'free' }
  /** Merges before everything that it conflicts with. */
  | { readonly kind: 'independent' }
  /** Sparing others costs less than sparing it. */
  | { readonly kind: 'rest' };

/** What one choice costs: how many are expected to be hit, and their weight. */
export interface ChoiceCost {
  readonly hits: number;
  readonly weight: number;
}

export interface NamedConflict {
  readonly name: string;
  readonly probability: number;
}

export interface MergePlace {
  readonly name: string;
  /** From 1. */
  readonly place: number;
  readonly reason: PlaceReason;
  /** What it conflicts with that merges before it. */
  readonly hitBy: readonly NamedConflict[];
  /** What it conflicts with that merges after it. */
  readonly hits: readonly NamedConflict[];
  /** The chance that it has to be redone, 0–1. */
  readonly hitChance: number;
  /** Merged before all others: how many of them are hit by it. Merged after all others: whether it is hit. */
  readonly first: ChoiceCost;
  readonly last: ChoiceCost;
  /** Days from when it entered until it is merged here at the recorded rate; null without a rate. */
  readonly waitDays: number | null;
}

interface Arranged {
  readonly order: readonly number[];
  readonly preferred: readonly number[];
  readonly urgency: Urgency;
  readonly cap: CapPlan;
  readonly limits: OrderLimits;
}

export function explainPlaces(backlog: Backlog, arranged: Arranged): readonly MergePlace[] {
  const { order, limits } = arranged;
  const { items, graph } = backlog;
  const placeOf = placesOf(order);
  const wait = waitsOf(backlog, limits);
  const named = (conflicts: readonly Conflict[]): readonly NamedConflict[] =>
    [...conflicts]
      .sort((one, other) => (placeOf[one.other] ?? 0) - (placeOf[other.other] ?? 0))
      .map(({ other, probability }) => ({ name: items[other]?.name ?? '', probability }));
  return order.map((vertex, place) => {
    const isEarlier = (other: number): boolean => (placeOf[other] ?? 0) < place;
    const conflicts = graph.conflicts[vertex] ?? [];
    const chanceLast = hitChance(graph, vertex, () => true);
    return {
      name: items[vertex]?.name ?? '',
      place: place + 1,
      reason: reasonOf(backlog, arranged, { vertex, placeOf }),
      hitBy: named(conflicts.filter(({ other }) => isEarlier(other))),
      hits: named(conflicts.filter(({ other }) => !isEarlier(other))),
      hitChance: hitChance(graph, vertex, isEarlier),
      first: {
        hits: conflicts.reduce((sum, { probability }) => sum + probability, 0),
        weight: conflicts.reduce((sum, { other, probability }) => sum + probability * (graph.weights[other] ?? 0), 0),
      },
      last: { hits: chanceLast, weight: chanceLast * (graph.weights[vertex] ?? 0) },
      waitDays: !wait.hasRate ? null : wait.at(vertex, place),
    };
  });
}

interface Placed {
  readonly vertex: number;
  readonly placeOf: Int32Array;
}

function reasonOf(backlog: Backlog, arranged: Arranged, { vertex, placeOf }: Placed): PlaceReason {
  const { items, graph } = backlog;
  const { urgency, limits } = arranged;
  const namesOf = (vertices: readonly number[]): readonly string[] => vertices.map((one) => items[one]?.name ?? '');
  const after = graph.after[vertex] ?? [];
  const priority = urgency.priority[vertex] ?? 0;
  if (urgency.isReady[vertex] !== true)
    return { kind: 'not_ready', waitsFor: namesOf(after.filter((earlier) => urgency.isReady[earlier] !== true)) };
  if (limits.maxWaitDays !== null && isHurried(arranged, vertex)) {
    const wait = waitsOf(backlog, limits);
    const mergedDays = wait.hasRate ? wait.at(vertex, placeOf[vertex] ?? 0) : null;
    return { kind: 'overdue', waitedDays: wait.at(vertex, 0), mergedDays, maxWaitDays: limits.maxWaitDays };
  }
  if (priority > (items[vertex]?.priority ?? 0))
    return { kind: 'needed_by', names: namesOf(urgentBehind(backlog, urgency, vertex)) };
  if (priority > 0) return { kind: 'priority', priority };
  if (after.length > 0) return { kind: 'depends_on', names: namesOf(after) };
  const conflicts = graph.conflicts[vertex] ?? [];
  if (conflicts.length === 0) return { kind: 'free' };
  const isFirst = conflicts.every(({ other }) => (placeOf[other] ?? 0) > (placeOf[vertex] ?? 0));
  return { kind: isFirst ? 'independent' : 'rest' };
}

/** Where it would stand but for the cap is too late. */
function isHurried({ cap, preferred }: Arranged, vertex: number): boolean {
  return cap.overdue.has(vertex) || (cap.latest[vertex] ?? 0) < preferred.indexOf(vertex);
}

function urgentBehind({ items, graph }: Backlog, { priority, isReady }: Urgency, vertex: number): readonly number[] {
  return [...items.keys()].filter(
    (other) =>
      graph.after[other]?.includes(vertex) &&
      isReady[other] === true &&
      (priority[other] ?? 0) === (priority[vertex] ?? 0),
  );
}
