import type * as z from 'zod';
import { visibleLine } from '../../core/markdown.ts';
import { progressBar } from '../../core/progress-bar.ts';
import { FEWEST_CHANGES, FEWEST_WEEKS } from '../../core/reviewers/simulation/compare-waits.ts';
import type { reviewersSimulate } from '../../operations/reviewers-simulate.ts';
import { type Column, fitsTable, printTable } from './print-table.ts';
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
    ...(first === undefined ? [] : [`${figuresTable(output, view)}\n\n${differenceText(output, view)}`]),
    ...(first === undefined ? [] : [loadsOf(first, view)]),
  ].filter((part) => part !== '');
  return [parts.join('\n\n'), ...(notes.length === 0 ? [] : ['', ...notes])].join('\n').trimStart();
}

const headline = ({ of, changes, from, until }: Output): string =>
  from === null
    ? ''
    : `${visibleLine(of)}: ${changes} changes from ${from.slice(0, 10)} to ${(until ?? '').slice(0, 10)}, replayed.`;

interface FigureRow {
  /** Supposed; of the record null. */
  readonly utilisation: number | null;
  readonly way: 'as it was' | 'today' | 'Parasol';
  /** Of the record, only what it tells. */
  readonly figures: Partial<Figures> & Pick<Figures, 'p50Hours' | 'p95Hours' | 'breachShare' | 'undone'>;
}

const recordRow = ({ record }: Output): readonly FigureRow[] =>
  record === null ? [] : [{ utilisation: null, way: 'as it was', figures: { ...record, undone: record.unreviewed } }];

const rowsOf = ({ utilisation, today, ours }: Comparison): readonly FigureRow[] => [
  { utilisation, way: 'today', figures: today.figures },
  { utilisation, way: 'Parasol', figures: ours.figures },
];

/** A way a row; where that is too wide, a way a column. */
function figuresTable(output: Output, view: View): string {
  const rows = [...recordRow(output), ...output.comparisons.flatMap(rowsOf)];
  const figures = figureColumns(output);
  const columns = [...WAY_COLUMNS, ...figures];
  if (fitsTable(columns, rows, view)) return printTable(columns, rows, view);
  const ways = rows.map(
    ({ utilisation, way, figures: its }): Column<Column<FigureRow>> => ({
      title: utilisation === null ? way : `${way} ${percent(utilisation)}`,
      cell: ({ cell }) => cell({ utilisation, way, figures: its }),
      align: 'right',
    }),
  );
  const title: Column<Column<FigureRow>> = { title: 'Given out', cell: (figure) => figure.title, isHeading: true };
  return printTable([title, ...ways], figures, view);
}

/** What the two rows of 95 % tell, and how surely: a reader compares them, however few changes there are. */
function differenceText({ comparisons, changes }: Output, view: View): string {
  const each = comparisons.map(({ utilisation, difference: { p95Hours, interval } }) => {
    const by = `at ${percent(utilisation)} ${hoursApart(p95Hours)}`;
    if (interval === null) return by;
    const isSure = interval.low > 0 || interval.high < 0;
    const range = `${hoursApart(interval.low)} to ${hoursApart(interval.high)}`;
    return `${by} (95 of 100 times ${range}${isSure ? '' : ', so it may be chance'})`;
  });
  const isTold = comparisons.some(({ difference }) => difference.interval !== null);
  const few = ` ${changes} changes are too few to tell that from chance: it takes ${FEWEST_CHANGES}, opened in ${FEWEST_WEEKS} weeks or more.`;
  const words = `95 % in, Parasol against today: ${each.join('; ')}.${isTold ? '' : few}`;
  return wrapLines([words], view.width).join('\n');
}

function hoursApart(hours: number): string {
  const whole = Math.round(Math.abs(hours));
  if (whole === 0) return 'the same';
  return `${whole} h ${hours < 0 ? 'shorter' : 'longer'}`;
}

const WAY_COLUMNS: readonly Column<FigureRow>[] = [
  {
    title: 'Time taken',
    cell: ({ utilisation, way }) => (utilisation === null || way === 'Parasol' ? '' : percent(utilisation)),
  },
  {
    title: 'Given out',
    cell: ({ utilisation, way }) => (utilisation === null ? way : `${way}, replayed`),
    isHeading: true,
  },
];

const percent = (share: number): string => `${Math.round(share * 100)} %`;

const ifKnown = (value: number | undefined, text: (value: number) => string): string =>
  value === undefined ? '' : text(value);

function figureColumns({ horizonDays }: Output): readonly Column<FigureRow>[] {
  const hours = (value: number | null): string => (value === null ? `> ${horizonDays} d` : `${value.toFixed(0)} h`);
  return [
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
