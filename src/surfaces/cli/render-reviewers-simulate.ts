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

/** What really happened, then both ways at each supposed share of time, then who had how much at the first of them. */
export function renderReviewersSimulate(output: Output, view: View): string {
  const { comparisons } = output;
  const notes = wrapLines([...legendOf(output), ...renderNotes(output, view)], view.width);
  const [first] = comparisons;
  const parts = [
    headline(output),
    ...(first === undefined
      ? []
      : [printTable(columnsFor(output), [...recordRow(output), ...comparisons.flatMap(rowsOf)], view)]),
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
  /** Of the record, only what it tells. */
  readonly figures: Partial<Figures> & Pick<Figures, 'p50Hours' | 'p95Hours' | 'breachShare' | 'undone'>;
}

const recordRow = ({ record }: Output): readonly FigureRow[] =>
  record === null ? [] : [{ utilisation: null, way: 'as it was', figures: { ...record, undone: record.unreviewed } }];

const rowsOf = ({ utilisation, today, ours }: Comparison): readonly FigureRow[] => [
  { utilisation, way: 'today, replayed', figures: today.figures },
  { utilisation: null, way: 'Parasol, replayed', figures: ours.figures },
];

const percent = (share: number): string => `${Math.round(share * 100)} %`;

const ifKnown = (value: number | undefined, text: (value: number) => string): string =>
  value === undefined ? '' : text(value);

function columnsFor({ horizonDays }: Output): readonly Column<FigureRow>[] {
  const hours = (value: number | null): string => (value === null ? `> ${horizonDays} d` : `${value.toFixed(0)} h`);
  return [
    { title: 'Time taken', cell: ({ utilisation }) => (utilisation === null ? '' : percent(utilisation)) },
    { title: 'Given out', cell: ({ way }) => way, isHeading: true },
    { title: 'Half in', cell: ({ figures }) => hours(figures.p50Hours), align: 'right' },
    { title: '95 % in', cell: ({ figures }) => hours(figures.p95Hours), align: 'right' },
    { title: 'Over 48 h', cell: ({ figures }) => percent(figures.breachShare), align: 'right' },
    { title: 'No review', cell: ({ figures }) => String(figures.undone), align: 'right' },
    {
      title: 'Unfairness',
      cell: ({ figures }) => ifKnown(figures.utilisationGini, (value) => value.toFixed(2)),
      align: 'right',
    },
    {
      title: 'Open at once',
      cell: ({ figures }) => ifKnown(figures.p95Open, (value) => value.toFixed(0)),
      align: 'right',
    },
    { title: 'Knew it', cell: ({ figures }) => ifKnown(figures.capabilityShare, percent), align: 'right' },
    { title: 'Handed on', cell: ({ figures }) => ifKnown(figures.handOffShare, percent), align: 'right' },
  ];
}

function legendOf({ comparisons, record, horizonDays }: Output): readonly string[] {
  if (comparisons.length === 0) return [];
  const was =
    record === null
      ? []
      : [
          `As it was: the record, from ready to the first review, of the ${record.reviewed} changes that got one${record.untimed === 0 ? '' : ` at a known time (${record.untimed} more at an unknown one)`}; no review: merged without.`,
        ];
  return [
    ...was,
    `Replayed: both ways in the same supposed world, until ${horizonDays} days after the last change was opened; no review: none by then.`,
    'Unfairness: 0 where all have as much of their time taken, towards 1 where one has everything. Open at once: of one person, at most, on 19 of 20 days. Knew it: reviews by who knew a third of the changed folders.',
  ];
}

interface LoadRow {
  readonly id: string;
  readonly today: number | null;
  readonly ours: number | null;
}

const BAR_WIDTH = 10;

/** Bars are of somebody's own time, so that they compare with each other and with the share in the heading. */
function loadsOf({ utilisation, today, ours }: Comparison, view: View): string {
  const oursBy = new Map(ours.loads.map(({ id, utilisation: share }) => [id, share]));
  const rows = today.loads.map(({ id, utilisation: share }) => ({ id, today: share, ours: oursBy.get(id) ?? null }));
  const bar = (value: number | null): string =>
    value === null ? '' : `${progressBar(Math.min(100, value * 100), BAR_WIDTH)} ${percent(value)}`;
  const columns: readonly Column<LoadRow>[] = [
    { title: 'Reviewer', cell: ({ id }) => visibleLine(id), isHeading: true },
    { title: "Today's way", cell: (row) => bar(row.today) },
    { title: "Parasol's", cell: (row) => bar(row.ours) },
  ];
  const about = `Of each person's own time, where the work is supposed to take ${percent(utilisation)} of all (a full bar is all of it):`;
  return `${wrapLines([about], view.width).join('\n')}\n${printTable(columns, rows, view)}`;
}
