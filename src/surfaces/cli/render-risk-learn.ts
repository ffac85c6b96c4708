import type * as z from 'zod';
import { visibleLine } from '../../core/markdown.ts';
import type { riskLearn } from '../../operations/risk-learn.ts';
import { type Column, printTable } from './print-table.ts';
import type { View } from './view.ts';
import { wrapLines } from './wrap-lines.ts';

type Learned = z.output<typeof riskLearn.output>;

/** How many merges were done again, and the files that conflicted most in them. */
export function renderRiskLearn(learned: Learned, view: View): string {
  const { base, merges, conflicted, unknown, commits, files, keptIn, learnedFor } = learned;
  const name = visibleLine(base.name);
  if (merges === 0) {
    const why = `The ${commits} commits of ${name} hold no merge: its pull requests were squashed or rebased onto it.`;
    return wrapLines([why, 'There is nothing to learn from; estimates go on without a history.'], view.width).join(
      '\n',
    );
  }
  const summary = `${merges} merges of ${name} were done again: ${conflicted} conflicted, so that somebody resolved them.`;
  const missing = unknown === 0 ? [] : [`${unknown} could not be done again.`];
  const table = files.length === 0 ? [] : [printTable(COLUMNS, files, view), ''];
  const kept =
    keptIn === null ? [] : [view.colors.dim(`Kept for ${visibleLine(learnedFor)} in ${visibleLine(keptIn)}`)];
  return [...wrapLines([summary, ...missing], view.width), '', ...table, ...kept].join('\n');
}

const COLUMNS: readonly Column<Learned['files'][number]>[] = [
  { title: 'Conflicts', cell: ({ conflicts }) => `${conflicts}`, align: 'right' },
  { title: 'Merges', cell: ({ merges }) => `${merges}`, align: 'right' },
  { title: 'Last', cell: ({ lastConflictAt }) => lastConflictAt?.slice(0, 10) ?? '' },
  { title: 'File', cell: ({ path }) => visibleLine(path), isHeading: true, canShrink: true },
];
