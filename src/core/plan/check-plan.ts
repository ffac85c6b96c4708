import type { Change } from '../change.ts';
import { UserError } from '../failure.ts';
import { canBeMarked, LONGEST_KEY } from '../issue-marker.ts';
import type { PlanDraft, PlanItem, PlannedRef } from './plan.ts';
import { isMadeByItem, needsOf, plannedRefs } from './resolve-change.ts';

const ITEM_ID = /^[a-z0-9][a-z0-9._-]{0,79}$/i;

/** Throws `usage` for a plan that nobody could apply, and names the item; whoever drafted it has a bug. */
export function checkPlan({ items }: Pick<PlanDraft, 'items'>): void {
  const earlier = new Map<string, PlanItem>();
  for (const item of items) {
    const problem = problemOf(item, earlier);
    if (problem !== null)
      throw new UserError('usage', `The plan's item ${item.id} ${problem}.`, 'This is a bug in what drafted the plan.');
    earlier.set(item.id, item);
  }
}

function problemOf(item: PlanItem, earlier: ReadonlyMap<string, PlanItem>): string | null {
  if (!ITEM_ID.test(item.id)) return 'has an id that is no word of letters, digits, dots, dashes and underscores';
  if (earlier.has(item.id)) return 'has the id of an earlier one';
  if (UNPLANNABLE.includes(item.change.kind)) return `is a ${item.change.kind}, which no plan may hold`;
  if (item.change.kind === 'create_issue' && !canBeMarked(item.change.key)) {
    return `has a key that no marker can carry: it takes 1 to ${LONGEST_KEY} characters of well-formed text`;
  }
  const missing = needsOf(item).find((need) => !earlier.has(need));
  if (missing !== undefined) return `needs ${missing}, which does not stand before it`;
  const unmade = plannedRefs(item.change).find((ref) => isUnmade(ref, earlier));
  return unmade === undefined ? null : `names the issue of an item that makes none`;
}

/** They are no bulk writes, and have no undo of their own; a label is only deleted to undo that it was made. */
const UNPLANNABLE: readonly Change['kind'][] = [
  'create_comment',
  'update_comment',
  'delete_comment',
  'add_reaction',
  'put_file',
  'report_check',
  'delete_label',
];

const isUnmade = (ref: PlannedRef, earlier: ReadonlyMap<string, PlanItem>): boolean =>
  isMadeByItem(ref) && earlier.get(ref.item)?.change.kind !== 'create_issue';
