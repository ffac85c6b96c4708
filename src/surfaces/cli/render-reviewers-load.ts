import type * as z from 'zod';
import { visibleLine } from '../../core/markdown.ts';
import { progressBar } from '../../core/progress-bar.ts';
import { formatRef, refKey } from '../../core/task/identity.ts';
import { parseRepository } from '../../operations/repository-input.ts';
import type { reviewersLoad } from '../../operations/reviewers-load.ts';
import { ageSince } from './age-text.ts';
import { type Column, fitsTable, printTable } from './print-table.ts';
import { renderNotes } from './render-notes.ts';
import { queueLegend, queueLines } from './render-review-queue.ts';
import type { View } from './view.ts';
import { wrapLines } from './wrap-lines.ts';

type Output = z.output<typeof reviewersLoad.output>;
type Row = Output['reviewers'][number];

const BAR_WIDTH = 10;
/** Where the table would not fit otherwise. */
const NARROW_BAR_WIDTH = 5;
const MOST_UNASKED = 10;

/** One row per person with a bar of how much of the capacity is taken, then what is late, what waits, and what nobody was asked for. */
export function renderReviewersLoad(output: Output, view: View): string {
  const { reviewers } = output;
  const notes = wrapLines(
    [...ownLines(output), ...summaryLines(output), ...queueLegend(output), ...renderNotes(output, view)],
    view.width,
  );
  const wide = columnsFor(output, { view, bar: BAR_WIDTH });
  const columns = fitsTable(wide, reviewers, view) ? wide : columnsFor(output, { view, bar: NARROW_BAR_WIDTH });
  const table = reviewers.length === 0 ? [] : [printTable(columns, reviewers, view), ''];
  const lists = [
    lateLines(output, view),
    otherLines(output, view),
    queueLines(output, view),
    unaskedLines(output, view),
  ].filter((lines) => lines.length > 0);
  return [...table, ...lists.flatMap((lines) => [...lines, '']), ...notes].join('\n').trimEnd();
}

interface LoadStyle {
  readonly view: View;
  /** Of the bar that shows the capacity. */
  readonly bar: number;
}

function columnsFor({ now }: Output, { view: { colors }, bar }: LoadStyle): readonly Column<Row>[] {
  const colored = ({ overdue, atRisk }: Row, text: string): string => {
    // A colour on nothing would make an empty column look filled.
    if (text === '') return text;
    if (overdue > 0) return colors.red(text);
    return atRisk > 0 ? colors.yellow(text) : text;
  };
  return [
    { title: 'Reviewer', cell: ({ login }) => visibleLine(login), isHeading: true },
    { title: 'Load', cell: (row) => colored(row, loadText(row, bar)) },
    { title: 'Open', cell: ({ open }) => String(open), align: 'right' },
    {
      title: 'Of',
      cell: ({ capacity }) => `${capacity.value}${capacity.basis === 'default' ? '?' : ''}`,
      align: 'right',
    },
    { title: 'Effort', cell: ({ effort }) => effort.toFixed(1), align: 'right' },
    { title: 'Days', cell: ({ days }) => days.toFixed(1), align: 'right' },
    { title: 'Oldest', cell: ({ oldestAt }) => ageSince(oldestAt, now), align: 'right' },
    { title: 'Late', cell: (row) => colored(row, countText(row.overdue)), align: 'right' },
    { title: 'At risk', cell: (row) => colored(row, countText(row.atRisk)), align: 'right' },
    { title: 'GitHub', cell: ({ isBusy }) => (isBusy === true ? 'busy' : '') },
  ];
}

/** A full bar is the capacity; what waits beyond it stands behind. */
function loadText({ open, capacity }: Row, width: number): string {
  const bar = progressBar(open >= capacity.value ? 100 : (open / capacity.value) * 100, width);
  return open > capacity.value ? `${bar} +${Number((open - capacity.value).toFixed(1))}` : bar;
}

const countText = (count: number): string => (count === 0 ? '' : String(count));

/** The oldest first. */
function lateLines({ reviewers, repository, now }: Output, { colors, width }: View): readonly string[] {
  const near = parseRepository(repository);
  const lines = reviewers
    .filter(({ overdue }) => overdue > 0)
    .map(({ login, waiting }) => {
      const late = waiting
        .filter(({ due }) => due === 'late')
        .toSorted((one, other) => ((one.dueAt ?? '') < (other.dueAt ?? '') ? -1 : 1))
        .map(({ ref, askedAt }) => `${formatRef(ref, near)} (${colors.red(ageSince(askedAt, now))})`);
      return `  ${visibleLine(login)}: ${late.join(', ')}`;
    });
  return lines.length === 0 ? [] : wrapLines(['Late:', ...lines], width);
}

/** Whom somebody asked by hand who does not review here otherwise: their load is not known, what waits for them is. */
function otherLines({ others, repository, now }: Output, { colors, width }: View): readonly string[] {
  if (others.length === 0) return [];
  const near = parseRepository(repository);
  const lines = others.map(({ ref, login, askedAt, isOverdue }) => {
    const age = askedAt === null ? 'since when is not known' : ageSince(askedAt, now);
    return `  ${visibleLine(login)}: ${formatRef(ref, near)} (${isOverdue ? colors.red(`${age}, late`) : age})`;
  });
  return wrapLines(['Asked by hand, and not among the reviewers:', ...lines], width);
}

/** Without what waits in the queue, which stands above. */
function unaskedLines({ unasked: all, queue, repository, now }: Output, { colors, width }: View): readonly string[] {
  const queued = new Set(queue.map(({ ref }) => refKey(ref)));
  const unasked = all.filter(({ ref }) => !queued.has(refKey(ref)));
  if (unasked.length === 0) return [];
  const near = parseRepository(repository);
  const lines = unasked.slice(0, MOST_UNASKED).map(({ ref, title, readyAt, isOverdue }) => {
    const age = ageSince(readyAt, now);
    return `  ${formatRef(ref, near)} ${visibleLine(title)} (${isOverdue ? colors.red(age) : age})`;
  });
  const more = unasked.length > MOST_UNASKED ? [`  and ${unasked.length - MOST_UNASKED} more`] : [];
  return wrapLines(['Nobody was asked to review:', ...lines, ...more], width);
}

function ownLines({ ownAbsence }: Output): readonly string[] {
  if (ownAbsence === null) return [];
  const { until, level } = ownAbsence;
  const what = level === 'off' ? 'away' : 'asked for nothing new';
  return [`You are ${what} ${until === null ? 'until you end it' : `until ${until}`}; nobody else sees this.`];
}

function summaryLines({ reviewers, leftOut, slaHours }: Output): readonly string[] {
  const isAnyLate = reviewers.some(({ overdue }) => overdue > 0);
  const isAnyAtRisk = reviewers.some(({ atRisk }) => atRisk > 0);
  const isGuessed = reviewers.some(({ capacity }) => capacity.basis === 'default');
  const counts = [
    counted(leftOut.drafts, 'draft', 'drafts'),
    counted(leftOut.dependencyBots, 'update of dependencies', 'updates of dependencies'),
    counted(leftOut.teams, 'request to a whole team', 'requests to whole teams'),
    counted(
      leftOut.notTheirTurn,
      'request that waits for the author, checks or the merge',
      'requests that wait for the author, checks or the merge',
    ),
    counted(
      leftOut.withoutAccess,
      'person who has no access or may only read',
      'people who have no access or may only read',
    ),
  ].filter((text) => text !== null);
  if (reviewers.length === 0) return [];
  return [
    'Open: what waits on the person. Of: how many may wait before others go first; a full bar is as many.',
    'Effort: units by size, 0.6 to 2, half as much again for who does not know the folders. Days: working days for it at the pace of the last 90 days, which is what was asked as much as what is possible.',
    ...(isAnyLate ? [`Late: waiting for more than ${slaText(slaHours)}.`] : []),
    ...(isAnyAtRisk ? [AT_RISK] : []),
    ...(isGuessed ? ['? too few reviews to tell the capacity: the default.'] : []),
    ...(counts.length === 0 ? [] : [`Left out: ${counts.join(', ')}.`]),
  ];
}

const AT_RISK =
  'At risk: not late yet, and due before its review is likely; what is late counts under Late alone. The requests of a person, the first due first, take as many working hours each as four in five took at most in the last 90 days; where fewer than five are known, a working day.';

const counted = (count: number, one: string, many: string): string | null =>
  count === 0 ? null : `${count} ${count === 1 ? one : many}`;

/** From four days on, in days. */
const slaText = (hours: number): string =>
  hours < 96 ? `${Number(hours.toFixed(1))} h` : `${Number((hours / 24).toFixed(1))} days`;
