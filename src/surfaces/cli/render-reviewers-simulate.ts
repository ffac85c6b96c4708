import type * as z from 'zod';
import { visibleLine } from '../../core/markdown.ts';
import { progressBar } from '../../core/progress-bar.ts';
import type { reviewersSimulate } from '../../operations/reviewers-simulate.ts';
import { type Column, printTable } from './print-table.ts';
import { renderNotes } from './render-notes.ts';
import type { View } from './view.ts';
import { wrapLines } from './wrap-lines.ts';

type Output = z.output<typeof reviewersSimulate.output>;
type Comparison = Output['comparisons'][number];
type Figures = Comparison['today']['figures'];

/** Both ways side by side at each supposed share of time, then who had how much at the first of them. */
export function renderReviewersSimulate(output: Output, view: View): string {
  const { comparisons } = output;
  const notes = wrapLines(renderNotes(output, view), view.width);
  const [first] = comparisons;
  const parts = [
    headline(output),
    ...(first === undefined ? [] : [printTable(COLUMNS, comparisons.flatMap(rowsOf), view)]),
    ...(first === undefined ? [] : [loadsOf(first, view)]),
  ].filter((part) => part !== '');
  return [parts.join('\n\n'), ...(notes.length === 0 ? [] : ['', ...notes])].join('\n').trimStart();
}

const headline = ({ of, changes, from, until }: Output): string =>
  from === null
    ? ''
    : `${visibleLine(of)}: ${changes} changes from ${from.slice(0, 10)} to ${(until ?? '').slice(0, 10)}, replayed.`;

interface FigureRow {
  readonly utilisation: number | null;
  readonly way: string;
  readonly figures: Figures;
}

const rowsOf = ({ utilisation, today, ours }: Comparison): readonly FigureRow[] => [
  { utilisation, way: 'as it was', figures: today.figures },
  { utilisation: null, way: 'Parasol', figures: ours.figures },
];

const percent = (share: number): string => `${Math.round(share * 100)} %`;

const COLUMNS: readonly Column<FigureRow>[] = [
  { title: 'Time taken', cell: ({ utilisation }) => (utilisation === null ? '' : percent(utilisation)) },
  { title: 'Given out', cell: ({ way }) => way, isHeading: true },
  { title: 'Half within', cell: ({ figures }) => hours(figures.p50Hours), align: 'right' },
  { title: '95 % within', cell: ({ figures }) => hours(figures.p95Hours), align: 'right' },
  { title: 'Over 48 h', cell: ({ figures }) => percent(figures.breachShare), align: 'right' },
  { title: 'Unfairness', cell: ({ figures }) => figures.utilisationGini.toFixed(2), align: 'right' },
  { title: 'Open at once', cell: ({ figures }) => figures.p95Open.toFixed(0), align: 'right' },
  { title: 'Knew it', cell: ({ figures }) => percent(figures.capabilityShare), align: 'right' },
  { title: 'Handed on', cell: ({ figures }) => percent(figures.handOffShare), align: 'right' },
];

const hours = (value: number): string => `${value.toFixed(0)} h`;

interface LoadRow {
  readonly id: string;
  readonly today: number | null;
  readonly ours: number | null;
}

const BAR_WIDTH = 10;

function loadsOf({ today, ours }: Comparison, view: View): string {
  const oursBy = new Map(ours.loads.map(({ id, utilisation }) => [id, utilisation]));
  const rows = today.loads.map(({ id, utilisation }) => ({ id, today: utilisation, ours: oursBy.get(id) ?? null }));
  const most = Math.max(1e-9, ...rows.flatMap((row) => [row.today ?? 0, row.ours ?? 0]));
  const bar = (value: number | null): string =>
    value === null ? '' : `${progressBar(Math.min(100, (value / most) * 100), BAR_WIDTH)} ${percent(value)}`;
  const columns: readonly Column<LoadRow>[] = [
    { title: 'Reviewer', cell: ({ id }) => visibleLine(id), isHeading: true },
    { title: 'Time taken as it was', cell: (row) => bar(row.today) },
    { title: 'With Parasol', cell: (row) => bar(row.ours) },
  ];
  return printTable(columns, rows, view);
}
