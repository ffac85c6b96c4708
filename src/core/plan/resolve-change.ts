import type { Ref } from '../task/identity.ts';
import { fillMadeNumbers } from './made-numbers.ts';
import type { PlanItem, PlannedChange, PlannedRef } from './plan.ts';
import type { PlannableChange } from './standing.ts';

export const isMadeByItem = (value: unknown): value is { readonly item: string } =>
  typeof value === 'object' && value !== null && 'item' in value;

/** The change with every issue that an item makes put in its place, and its number in a text; null while one of them is not made yet. */
export function resolveChange(planned: PlannedChange, made: ReadonlyMap<string, Ref>): PlannableChange | null {
  const entries = Object.entries(planned).map(
    ([key, value]) => [key, isMadeByItem(value) ? made.get(value.item) : value] as const,
  );
  if (entries.some(([, value]) => value === undefined)) return null;
  // The one place where a planned change becomes a real one: every field keeps its type but for the refs put in.
  const change = Object.fromEntries(entries) as unknown as PlannableChange;
  if (change.kind !== 'update_issue_body') return change;
  return { ...change, body: fillMadeNumbers(change.body, made, change.on) };
}

/** The issues that a change names, those still to be made included. */
export const plannedRefs = (change: PlannedChange): readonly PlannedRef[] =>
  Object.values(change).filter((value: unknown): value is PlannedRef => isMadeByItem(value) || isRef(value));

/** Ids of the items without which this one makes no sense: those it names, and those whose issues it names. */
export function needsOf({ needs, change }: Pick<PlanItem, 'needs' | 'change'>): readonly string[] {
  const made = plannedRefs(change).flatMap((ref) => (isMadeByItem(ref) ? [ref.item] : []));
  return [...new Set([...needs, ...made])];
}

const isRef = (value: unknown): value is Ref => typeof value === 'object' && value !== null && 'number' in value;
