import { describeChange } from '../../core/describe-change.ts';
import { visibleLine } from '../../core/markdown.ts';
import { formatRef, type Ref } from '../../core/task/identity.ts';
import type { LinkItem } from '../../operations/link-report.ts';
import type { LinkReport } from '../../operations/umbrella-link.ts';
import { endOfWorld } from './next-of-plan.ts';
import { type Column, printTable } from './print-table.ts';
import type { View } from './view.ts';
import { wrapLines } from './wrap-lines.ts';

type ShownLinks = Pick<LinkReport, 'umbrella' | 'items'> & Partial<Pick<LinkReport, 'batchPlan' | 'planId'>>;

/** One line per issue that was named, then the plan where batches are needed. */
export function renderLinks({ umbrella, items, batchPlan = [], planId = null }: ShownLinks, view: View): string {
  const table = printTable(columns(umbrella, view), items, view);
  const isDue = items.some(({ outcome }) => outcome !== 'already' && outcome !== 'refused');
  if (batchPlan.length === 0) return isDue && view.isWritten !== true ? `${table}\n${DRY_RUN}` : table;
  const intro = `${formatRef(umbrella)} has no room for all of them. The plan, in order:`;
  const steps = batchPlan.map(({ what }, n) => `${n + 1}. ${what}`);
  const apply = view.isInWorld ? endOfWorld('plans', view) : [`parasol plan apply ${planId} carries it out.`];
  const next = planId === null ? [] : ['', ...apply];
  return [table, '', ...wrapLines([intro, ...steps, ...next], view.width)].join('\n');
}

export function renderOrder(
  {
    umbrella,
    child,
    changes,
  }: { readonly umbrella: Ref; readonly child: Ref; readonly changes: LinkReport['changes'] },
  { isWritten }: View,
): string {
  const [change] = changes;
  if (change === undefined) return `${formatRef(child)} stands there already.`;
  const words = describeChange(change, umbrella);
  return isWritten === true ? `Asked for: ${words}.` : `Would ${words}.\n${DRY_RUN}`;
}

const DRY_RUN = 'Nothing was written: --write does it.';

const columns = (umbrella: Ref, { colors, isWritten = false }: View): readonly Column<LinkItem>[] => [
  {
    title: 'Issue',
    cell: ({ ref, named }) => (ref === null ? visibleLine(named) : formatRef(ref, umbrella)),
    isHeading: true,
  },
  { title: 'Title', cell: ({ title }) => visibleLine(title ?? ''), canShrink: true, isHeading: true },
  {
    title: 'What',
    cell: (item) => (item.outcome === 'refused' ? colors.red('refused') : wordsFor(item, umbrella, isWritten)),
  },
  { title: 'Why', cell: ({ reason }) => visibleLine(reason ?? ''), canShrink: true },
  { title: 'Instead', cell: ({ hint }) => visibleLine(hint ?? ''), canShrink: true },
];

function wordsFor({ outcome, from }: LinkItem, umbrella: Ref, isWritten: boolean): string {
  const near = formatRef(umbrella, umbrella);
  switch (outcome) {
    case 'link':
      return isWritten ? `comes under ${near}` : `would come under ${near}`;
    case 'move':
      return `${isWritten ? 'moves' : 'would move'}${from === null ? '' : ` from ${formatRef(from, umbrella)}`} to ${near}`;
    case 'unlink':
      return isWritten ? `leaves ${near}` : `would leave ${near}`;
    case 'already':
      return 'is so already';
    case 'refused':
      return 'refused';
  }
}
