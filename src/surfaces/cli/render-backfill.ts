import type * as z from 'zod';
import { visibleLine } from '../../core/markdown.ts';
import type { umbrellaBackfill } from '../../operations/umbrella-backfill.ts';
import { nearText } from './near-text.ts';
import { nextOfPlan } from './next-of-plan.ts';
import { type Column, printTable } from './print-table.ts';
import { renderNotes } from './render-notes.ts';
import type { View } from './view.ts';

type BackfillOutput = z.output<typeof umbrellaBackfill.output>;
type Proposal = BackfillOutput['proposals'][number];

/** What would be linked and why, what a person should look at, and what is left alone. */
export function renderBackfill(output: BackfillOutput, view: View): string {
  const { colors } = view;
  const [owner = '', repo = ''] = output.repository.split('/');
  const near = { owner, repo };
  const tier = (name: Proposal['tier']) => output.proposals.filter((one) => one.tier === name);
  const part = (title: string, rows: readonly Proposal[]): readonly string[] =>
    rows.length === 0 ? [] : ['', colors.bold(`${title}: ${rows.length}`), printTable(columnsFor(near), rows, view)];
  const conflicts = output.conflicts.map(({ text }) => `${colors.yellow('left alone:')} ${nearText(text, near)}`);
  return [
    `${colors.bold(output.repository)}  ${output.issues} issues read`,
    ...part('Stated in the texts', tier('apply')),
    ...part('For a person to look at', tier('review')),
    ...(conflicts.length === 0 ? [] : ['', ...conflicts]),
    ...renderNotes({ gaps: output.gaps, remarks: [] }, view),
    '',
    nextStep(output, view),
  ].join('\n');
}

function nextStep({ proposals, plan, repository }: BackfillOutput, view: View): string {
  if (plan !== null) return nextOfPlan(plan, view);
  if (proposals.every(({ tier }) => tier === 'ignore'))
    return 'Nothing to link: GitHub has every link that the texts state.';
  if (view.isInWorld) return 'Nothing was written. --write applies what the texts state.';
  return `Nothing was written. parasol umbrella backfill ${repository} --save keeps this as a plan.`;
}

const columnsFor = (near: { owner: string; repo: string }): readonly Column<Proposal>[] => [
  { title: 'Task', cell: ({ child }) => nearText(child, near), isHeading: true },
  { title: '', cell: ({ relation }) => (relation === 'parent' ? 'under' : 'blocked by') },
  { title: 'Other', cell: ({ parent }) => nearText(parent, near), isHeading: true },
  { title: 'Sure', cell: ({ confidence }) => confidence.toFixed(2), align: 'right' },
  { title: 'Because', cell: ({ rule }) => rule.replaceAll('_', ' ') },
  { title: 'Words', cell: ({ evidence: [first] }) => visibleLine(first?.quote ?? ''), canShrink: true },
];
