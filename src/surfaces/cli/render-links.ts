import { describeChange } from '../../core/describe-change.ts';
import { visibleLine } from '../../core/markdown.ts';
import { formatRef, type Ref, sameRef } from '../../core/task/identity.ts';
import type { ChangeOutcome } from '../../operations/apply-changes.ts';
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
  if (batchPlan.length === 0) return isDue && view.outcomes === undefined ? `${table}\n${DRY_RUN}` : table;
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
  { outcomes }: View,
): string {
  const [change] = changes;
  if (change === undefined) return `${formatRef(child)} stands there already.`;
  const words = describeChange(change, umbrella);
  if (outcomes === undefined) return `Would ${words}.\n${DRY_RUN}`;
  const [sent] = outcomes;
  return sent?.outcome === 'done' ? `Done: ${words}.` : `Not done: ${words} (${visibleLine(reasonOf(sent))}).`;
}

const DRY_RUN = 'Nothing was written: --write does it.';

const columns = (umbrella: Ref, view: View): readonly Column<LinkItem>[] => [
  {
    title: 'Issue',
    cell: ({ ref, named }) => (ref === null ? visibleLine(named) : formatRef(ref, umbrella)),
    isHeading: true,
  },
  { title: 'Title', cell: ({ title }) => visibleLine(title ?? ''), canShrink: true, isHeading: true },
  { title: 'What', cell: (item) => wordsFor(item, umbrella, view) },
  { title: 'Why', cell: (item) => visibleLine(item.reason ?? reasonOf(sentFor(item, view))), canShrink: true },
  { title: 'Instead', cell: ({ hint }) => visibleLine(hint ?? ''), canShrink: true },
];

/** What became of the item's own change; undefined where none was sent. */
const sentFor = ({ ref }: LinkItem, { outcomes = [] }: View): ChangeOutcome | undefined =>
  outcomes.find(({ change }) => 'child' in change && ref !== null && sameRef(change.child, ref));

const reasonOf = (sent: ChangeOutcome | undefined): string => sent?.reason ?? '';

function wordsFor(item: LinkItem, umbrella: Ref, view: View): string {
  const { outcome, from } = item;
  const sent = sentFor(item, view)?.outcome;
  if (outcome === 'already') return 'is so already';
  if (outcome === 'refused') return view.colors.red('refused');
  if (sent === 'failed') return view.colors.red('failed');
  if (sent === 'skipped') return 'left alone';
  const near = formatRef(umbrella, umbrella);
  const isDone = sent === 'done';
  switch (outcome) {
    case 'link':
      return isDone ? `comes under ${near}` : `would come under ${near}`;
    case 'move':
      return `${isDone ? 'moves' : 'would move'}${from === null ? '' : ` from ${formatRef(from, umbrella)}`} to ${near}`;
    case 'unlink':
      return isDone ? `leaves ${near}` : `would leave ${near}`;
  }
}
