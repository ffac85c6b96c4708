import type { LinkChange } from '../../change.ts';
import { createItemIds } from '../../plan/item-ids.ts';
import type { PlanItem, PlannedRef } from '../../plan/plan.ts';
import { formatRef, type Ref, refKey, sameRef } from '../../task/identity.ts';
import { CHILDREN_PER_ISSUE } from '../batch-umbrella.ts';
import { checkLink, LEVELS, type Refusal } from './check-link.ts';
import type { LinkEnd } from './link-end.ts';
import { planBatches, type UmbrellaRoom } from './plan-batches.ts';

/** What becomes of one child that somebody named. */
export interface LinkVerdict {
  readonly child: Ref;
  readonly title: string;
  readonly outcome: 'link' | 'move' | 'already' | 'refused';
  readonly refusal: Refusal | null;
  /** The parent that it has now, where it may be seen. */
  readonly from: Ref | null;
}

export interface LinkPlan {
  readonly verdicts: readonly LinkVerdict[];
  /** All of it, in order, where every child has a place; empty where new batches are needed. */
  readonly changes: readonly LinkChange[];
  /** All of it as items of a plan, where batches have to be made; empty otherwise. */
  readonly items: readonly PlanItem[];
}

interface LinkRequest {
  readonly umbrella: LinkEnd;
  readonly room: UmbrellaRoom;
  /** In the order asked for; one that is named twice counts once. */
  readonly children: readonly LinkEnd[];
  readonly moves: boolean;
}

/** Puts children under an umbrella, those that GitHub would refuse left out and said why. */
export function planLinks({ umbrella, room, children, moves }: LinkRequest): LinkPlan {
  const batches = room.batches.map(({ ref }) => ref);
  const once = [...new Map(children.map((child) => [refKey(child.ref), child])).values()];
  const judged = once.map((child) => ({ child, check: checkLink({ umbrella, child, moves, batches }) }));
  const fitting = judged.flatMap(({ child, check }) => (check.kind === 'fits' ? [child] : []));
  const places = planBatches(room, fitting.length);
  const parents = places?.parents ?? [];
  const placed = new Map(fitting.map((child, n) => [child, parents[n] ?? null]));
  const full = places === null ? noRoom(umbrella.ref) : null;
  const verdicts = judged.map(({ child, check }): LinkVerdict => {
    const from = child.ancestors[0] ?? null;
    const base = { child: child.ref, title: child.title, from };
    if (check.kind === 'refused') return { ...base, outcome: 'refused', refusal: check.refusal };
    if (check.kind === 'already') return { ...base, outcome: 'already', refusal: null };
    const refusal = full ?? tooDeepForBatch({ umbrella, child, parent: placed.get(child) ?? null });
    return { ...base, outcome: refusal !== null ? 'refused' : from === null ? 'link' : 'move', refusal };
  });
  const going = fitting.filter((child) => verdicts.some((one) => one.child === child.ref && one.refusal === null));
  const links = going.map((child) => ({ child, parent: placed.get(child) ?? umbrella.ref }));
  const needsBatches = links.some(({ parent }) => 'item' in parent);
  if (!needsBatches) return { verdicts, changes: links.flatMap(changeOf), items: [] };
  return { verdicts, changes: [], items: [...(places?.items ?? []), ...itemsOf(links)] };
}

interface Link {
  readonly child: LinkEnd;
  readonly parent: PlannedRef;
}

const changeOf = ({ child, parent }: Link): readonly LinkChange[] =>
  'item' in parent
    ? []
    : [{ kind: 'add_sub_issue', parent, child: child.ref, replaceParent: child.ancestors.length > 0 }];

function itemsOf(links: readonly Link[]): readonly PlanItem[] {
  const ids = createItemIds();
  return links.map((link) => itemOf(link, ids(`link-${link.child.ref.number}-${link.child.ref.repo.toLowerCase()}`)));
}

const itemOf = ({ child, parent }: Link, id: string): PlanItem => ({
  id,
  change: { kind: 'add_sub_issue', parent, child: child.ref, replaceParent: child.ancestors.length > 0 },
  needs: [],
  selected: true,
  evidence: [{ rule: 'link', quote: 'asked for by name', in: null, path: null, line: null, confidence: null }],
});

function tooDeepForBatch({
  umbrella,
  child,
  parent,
}: {
  readonly umbrella: LinkEnd;
  readonly child: LinkEnd;
  readonly parent: PlannedRef | null;
}): Refusal | null {
  const isDirect = parent !== null && !('item' in parent) && sameRef(parent, umbrella.ref);
  if (isDirect || umbrella.ancestors.length + 2 + child.levelsBelow <= LEVELS) return null;
  return {
    reason: `${formatRef(umbrella.ref)} is full, and a batch below it would put ${formatRef(child.ref)} deeper than the ${LEVELS} levels that GitHub allows`,
    hint: 'Link it to an issue further up.',
  };
}

const noRoom = (umbrella: Ref): Refusal => ({
  reason: `${formatRef(umbrella)} has no room left, not even in batches: GitHub allows ${CHILDREN_PER_ISSUE} children under one issue`,
  hint: 'Divide the work among several umbrellas.',
});
