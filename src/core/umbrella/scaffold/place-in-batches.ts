import type { PlanDraft, PlanItem, PlannedChange, PlannedRef } from '../../plan/plan.ts';
import { isMadeByItem } from '../../plan/resolve-change.ts';
import { formatRef, sameRef } from '../../task/identity.ts';
import { CHILDREN_PER_ISSUE } from '../batch-umbrella.ts';
import { LEVELS } from '../links/check-link.ts';
import { planBatches, type UmbrellaRoom } from '../links/plan-batches.ts';

/**
 * The draft with every child that comes directly under the umbrella at its place there, in one of its batches or in a new
 * one, which the draft then makes first. What is only offered is placed last, and a batch that nothing else needs is
 * offered with it. Null when even 100 batches would not hold them all.
 */
export function placeInBatches(draft: PlanDraft, room: UmbrellaRoom): PlanDraft | null {
  const coming = draft.items.filter(({ change }) => comesUnder(change, room));
  const inOrder = [...coming.filter(({ selected }) => selected), ...coming.filter(({ selected }) => !selected)];
  const places = planBatches(room, inOrder.length);
  if (places === null) return null;
  const parents = new Map(inOrder.map(({ id }, n) => [id, places.parents[n] ?? room.ref]));
  const links = new Set(places.items.map(({ id }) => id).filter((id) => id.startsWith('link-')));
  const needed = new Set(
    inOrder.flatMap(({ id, selected }) => {
      const parent = parents.get(id);
      return selected && isMadeByItem(parent) ? [parent.item] : [];
    }),
  );
  return {
    ...draft,
    items: [
      ...places.items.map((item) => ({ ...item, selected: needed.has(item.id.replace(/^(room|link)-/, '')) })),
      ...draft.items.map((item) => placed(item, parents.get(item.id), links)),
    ],
  };
}

/**
 * Why GitHub would refuse the placed draft: tasks directly under the umbrella come one level below it, those of a batch
 * two. Null when all of it fits into the levels that GitHub allows.
 */
export function levelProblem(
  { items }: Pick<PlanDraft, 'items'>,
  { ref, above, batches }: UmbrellaRoom,
): string | null {
  const parents = items.flatMap(({ change }) =>
    change.kind === 'create_issue' || change.kind === 'add_sub_issue' ? (change.parent ?? []) : [],
  );
  const name = formatRef(ref);
  if (above + 1 > LEVELS && parents.length > 0) {
    return `${name} is on the last of the ${LEVELS} levels that GitHub allows, so that nothing can be made under it`;
  }
  const isInBatch = (parent: PlannedRef) => isMadeByItem(parent) || batches.some((batch) => sameRef(batch.ref, parent));
  if (above + 2 <= LEVELS || !parents.some(isInBatch)) return null;
  return `${name} has ${CHILDREN_PER_ISSUE} children, and a batch umbrella below it would put its tasks deeper than the ${LEVELS} levels that GitHub allows`;
}

type Coming = Extract<PlannedChange, { kind: 'create_issue' | 'add_sub_issue' }>;

function comesUnder(change: PlannedChange, { ref }: UmbrellaRoom): change is Coming {
  if (change.kind !== 'create_issue' && change.kind !== 'add_sub_issue') return false;
  return change.parent !== null && !isMadeByItem(change.parent) && sameRef(change.parent, ref);
}

/** A batch that is linked only later holds its children from then on. */
function placed(item: PlanItem, parent: PlannedRef | undefined, links: ReadonlySet<string>): PlanItem {
  const { change } = item;
  if (parent === undefined || (change.kind !== 'create_issue' && change.kind !== 'add_sub_issue')) return item;
  const link = isMadeByItem(parent) ? `link-${parent.item}` : '';
  return { ...item, change: { ...change, parent }, needs: links.has(link) ? [...item.needs, link] : item.needs };
}
