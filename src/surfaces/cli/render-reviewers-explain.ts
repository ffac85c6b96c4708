import type * as z from 'zod';
import { visibleLine } from '../../core/markdown.ts';
import { formatRef } from '../../core/task/identity.ts';
import { parseRepository } from '../../operations/repository-input.ts';
import type { reviewersExplain } from '../../operations/reviewers-explain.ts';
import { type Column, printTable } from './print-table.ts';
import { renderNotes } from './render-notes.ts';
import type { View } from './view.ts';
import { wrapLines } from './wrap-lines.ts';

type Output = z.output<typeof reviewersExplain.output>;
type Row = Output['candidates'][number];

/** The pull request, then one row per person: chosen, or why not. */
export function renderReviewersExplain(output: Output, view: View): string {
  const { ref, title, needs, fallback, asked, reviewed, why, candidates, repository } = output;
  const about = [
    `${formatRef(ref, parseRepository(repository))} ${visibleLine(title)}`,
    ...(needs.length === 0 ? [] : [`Asks for: ${needs.map(visibleLine).join(', ')}`]),
    ...(fallback === null ? [] : [`Left out: ${visibleLine(fallback)}`]),
    ...(asked.length === 0 ? [] : [`Asked already: ${asked.map(visibleLine).join(', ')}`]),
    ...(reviewed.length === 0 ? [] : [`Reviewed by: ${reviewed.map(visibleLine).join(', ')}`]),
  ];
  const reason = why === null ? [] : [`Nobody is to be asked now: ${visibleLine(why)}.`];
  const table = candidates.length === 0 ? [] : ['', printTable(COLUMNS, candidates, view)];
  const legend = candidates.some(({ kind, score }) => kind !== 'not_eligible' && score !== null) ? [SCORE_LEGEND] : [];
  const notes = wrapLines([...legend, ...renderNotes(output, view)], view.width);
  return [
    ...wrapLines([...about, ...reason], view.width),
    ...table,
    ...(notes.length === 0 ? [] : ['', ...notes]),
  ].join('\n');
}

const SCORE_LEGEND =
  'Score: the lowest is asked. Hours until this person could begin, and points that count as hours for the rest. Of others it is told to them alone: it would tell their hours, and who is away.';

const COLUMNS: readonly Column<Row>[] = [
  { title: 'Person', cell: ({ login }) => visibleLine(login), isHeading: true },
  { title: 'Why', cell: ({ text }) => visibleLine(text), canShrink: true },
];
