import type * as z from 'zod';
import { visibleLine } from '../../core/markdown.ts';
import type { umbrellaDrift } from '../../operations/umbrella-drift.ts';
import { nextOfPlan } from './next-of-plan.ts';
import { type Column, printTable } from './print-table.ts';
import { renderNotes } from './render-notes.ts';
import type { View } from './view.ts';

type DriftOutput = z.output<typeof umbrellaDrift.output>;

const VERDICTS = {
  in_step: 'text and links say the same',
  drifted: 'text and links have drifted apart',
  unknown: 'nobody can say: the sub-issues could not be read',
} as const;

/** Each finding with its line in the umbrella's text and what becomes of it. */
export function renderDrift({ umbrella, verdict, findings, gaps, plan }: DriftOutput, view: View): string {
  const { colors } = view;
  const color = { in_step: colors.green, drifted: colors.yellow, unknown: colors.yellow }[verdict];
  const notes = renderNotes({ gaps, remarks: [] }, view);
  const head = `${colors.bold(umbrella)}  ${color(VERDICTS[verdict])}`;
  if (findings.length === 0) return [head, ...notes].join('\n');
  return [
    head,
    '',
    printTable(COLUMNS, findings, view),
    ...notes,
    '',
    nextStep({ umbrella, findings, plan }, view),
  ].join('\n');
}

function nextStep(
  { umbrella, findings, plan }: Pick<DriftOutput, 'umbrella' | 'findings' | 'plan'>,
  view: View,
): string {
  if (plan !== null) return nextOfPlan(plan, view);
  if (findings.every(({ fixable }) => !fixable)) return 'Nothing of it can be fixed without a person who decides.';
  if (view.isInWorld) return 'Nothing was written. --write fixes what can be fixed.';
  return `Nothing was written. parasol umbrella drift ${umbrella} --fix makes a plan of what can be fixed.`;
}

const COLUMNS: readonly Column<DriftOutput['findings'][number]>[] = [
  { title: 'Line', cell: ({ line }) => (line === null ? '' : String(line)), align: 'right', isHeading: true },
  { title: 'What', cell: ({ text }) => visibleLine(text), canShrink: true },
  { title: 'Words', cell: ({ quote }) => visibleLine(quote ?? ''), canShrink: true },
  { title: 'Can be fixed', cell: ({ fixable }) => (fixable ? 'yes' : 'a person decides') },
];
