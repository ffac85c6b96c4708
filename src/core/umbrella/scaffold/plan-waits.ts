import { slugOf } from '../../plan/item-ids.ts';
import type { PlanItem, PlanNote, PlannedRef } from '../../plan/plan.ts';
import { type Ref, sameRef } from '../../task/identity.ts';
import { isThere, type Standing } from './match-children.ts';
import type { AfterEdge } from './resolve-after.ts';
import { scaffoldEvidence } from './scaffold-evidence.ts';

interface WaitBuilding {
  /** By `taskName`: the tasks of the chosen lanes. */
  readonly chosen: ReadonlySet<string>;
  readonly standing: ReadonlyMap<string, Standing>;
  /** The item that makes a task, by `taskName`. */
  readonly made: ReadonlyMap<string, PlanItem>;
  readonly ids: (wanted: string) => string;
}

interface Waits {
  readonly items: readonly PlanItem[];
  readonly notes: readonly PlanNote[];
}

/** Only where a chosen lane has part in it. A dependency that somebody took away stays away. */
export function planWaits(edges: readonly AfterEdge[], building: WaitBuilding): Waits {
  const items: PlanItem[] = [];
  const notes: PlanNote[] = [];
  for (const edge of edges.filter(({ on, blocker }) => building.chosen.has(on) || building.chosen.has(blocker))) {
    const [on, blocker] = [endOf(edge.on, building), endOf(edge.blocker, building)];
    if (on === null) continue;
    if (blocker === null) notes.push(unmadeBlocker(edge, on));
    else if (isKnownPair(on, blocker)) notes.push(...removedNote(on, blocker));
    else items.push(waitItem(edge, { on, blocker, ids: building.ids }));
  }
  return { items, notes };
}

interface End {
  readonly ref: PlannedRef;
  readonly standing: Standing | null;
  readonly item: PlanItem | null;
}

/** Null: it neither stands nor is it made. One that was taken out of the umbrella or undone, or that proves nothing, is no end. */
function endOf(name: string, { standing, made }: WaitBuilding): End | null {
  const item = made.get(name) ?? null;
  if (item !== null) return { ref: { item: item.id }, standing: null, item };
  const found = standing.get(name) ?? null;
  if (found === null || found.by === 'removed' || !isThere(found)) return null;
  return { ref: found.child.ref, standing: found, item: null };
}

const hasRef = (refs: readonly Ref[], ref: Ref): boolean => refs.some((one) => sameRef(one, ref));

function isKnownPair(on: End, blocker: End): boolean {
  if (on.standing === null || blocker.standing === null) return false;
  const { blockers, formerBlockers } = on.standing.child;
  return hasRef([...blockers, ...formerBlockers], blocker.standing.child.ref);
}

function removedNote(on: End, blocker: End): PlanNote[] {
  if (on.standing === null || blocker.standing === null) return [];
  const { ref, blockers } = on.standing.child;
  if (hasRef(blockers, blocker.standing.child.ref)) return [];
  const text = `The template lets it wait for #${blocker.standing.child.ref.number}; somebody took that away, so it stays away.`;
  return [{ kind: 'dependency_removed', text, about: ref }];
}

function unmadeBlocker({ on, blocker }: AfterEdge, end: End): PlanNote {
  const text = `${on} waits for ${blocker} in the template, which does not stand here; once it does, the dependency is offered.`;
  return { kind: 'waits_for_unmade', text, about: end.standing?.child.ref ?? null };
}

function waitItem(
  edge: AfterEdge,
  { on, blocker, ids }: { readonly on: End; readonly blocker: End; readonly ids: (wanted: string) => string },
): PlanItem {
  return {
    id: ids(`after-${slugOf(edge.on).slice(0, 36)}-${slugOf(edge.blocker).slice(0, 36)}`),
    change: { kind: 'add_blocker', on: on.ref, blocker: blocker.ref },
    needs: [],
    selected: [on, blocker].every(({ item }) => item?.selected !== false),
    evidence: [scaffoldEvidence(`${edge.on} after ${edge.blocker}`, edge.place)],
  };
}
