import type * as z from 'zod';
import { visibleLine } from '../../core/markdown.ts';
import { progressBar } from '../../core/progress-bar.ts';
import { formatRef } from '../../core/task/identity.ts';
import { parseRepository } from '../../operations/repository-input.ts';
import type { reviewersLoad } from '../../operations/reviewers-load.ts';
import { ageText } from './age-text.ts';
import { type Column, printTable } from './print-table.ts';
import { renderNotes } from './render-notes.ts';
import type { View } from './view.ts';
import { wrapLines } from './wrap-lines.ts';

type Output = z.output<typeof reviewersLoad.output>;
type Row = Output['reviewers'][number];

const BAR_WIDTH = 10;
const MOST_UNASKED = 10;

/** One row per person with a bar of how much of the capacity is taken, then what nobody was asked for. */
export function renderReviewersLoad(output: Output, view: View): string {
  const { reviewers } = output;
  const notes = wrapLines([...summaryLines(output), ...renderNotes(output, view)], view.width);
  const table = reviewers.length === 0 ? [] : [printTable(columnsFor(output, view), reviewers, view), ''];
  const unasked = unaskedLines(output, view);
  return [...table, ...unasked, ...(unasked.length > 0 ? [''] : []), ...notes].join('\n').trimEnd();
}

function columnsFor({ now }: Output, { colors }: View): readonly Column<Row>[] {
  const colored = ({ overdue, atRisk }: Row, text: string): string => {
    if (overdue > 0) return colors.red(text);
    return atRisk > 0 ? colors.yellow(text) : text;
  };
  return [
    { title: 'Reviewer', cell: ({ login }) => visibleLine(login), isHeading: true },
    { title: 'Load', cell: (row) => colored(row, progressBar(percentOf(row), BAR_WIDTH)) },
    { title: 'Open', cell: ({ open }) => String(open), align: 'right' },
    {
      title: 'Of',
      cell: ({ capacity }) => `${capacity.value}${capacity.basis === 'default' ? '?' : ''}`,
      align: 'right',
    },
    { title: 'Effort', cell: ({ effort }) => effort.toFixed(1), align: 'right' },
    { title: 'Days', cell: ({ days }) => days.toFixed(1), align: 'right' },
    { title: 'Oldest', cell: ({ oldestAt }) => ageText(secondsSince(oldestAt, now)), align: 'right' },
    { title: 'Late', cell: (row) => colored(row, countText(row.overdue)), align: 'right' },
    { title: 'At risk', cell: (row) => colored(row, countText(row.atRisk)), align: 'right' },
    { title: 'GitHub says', cell: ({ isBusy }) => (isBusy === true ? 'busy' : '') },
  ];
}

const percentOf = ({ open, capacity }: Row): number => (open >= capacity.value ? 100 : (open / capacity.value) * 100);

const countText = (count: number): string => (count === 0 ? '' : String(count));

const secondsSince = (at: string | null, now: string): number | null =>
  at === null ? null : Math.max(0, (Date.parse(now) - Date.parse(at)) / 1000);

function unaskedLines({ unasked, repository, now }: Output, { colors, width }: View): readonly string[] {
  if (unasked.length === 0) return [];
  const near = parseRepository(repository);
  const lines = unasked.slice(0, MOST_UNASKED).map(({ ref, title, readyAt, isOverdue }) => {
    const age = ageText(secondsSince(readyAt, now));
    return `  ${formatRef(ref, near)} ${visibleLine(title)} (${isOverdue ? colors.red(age) : age})`;
  });
  const more = unasked.length > MOST_UNASKED ? [`  and ${unasked.length - MOST_UNASKED} more`] : [];
  return wrapLines(['Nobody was asked to review:', ...lines, ...more], width);
}

function summaryLines({ reviewers, leftOut, slaHours }: Output): readonly string[] {
  const isGuessed = reviewers.some(({ capacity }) => capacity.basis === 'default');
  const counts = [
    counted(leftOut.drafts, 'draft', 'drafts'),
    counted(leftOut.dependencyBots, 'update of dependencies', 'updates of dependencies'),
    counted(leftOut.teams, 'request to a whole team', 'requests to whole teams'),
  ].filter((text) => text !== null);
  if (reviewers.length === 0) return [];
  return [
    `Late: waiting for more than ${slaHours} h.`,
    'At risk: due before its review is likely. The requests of a person, the first due first, take as many working hours each as four in five took at most in the last 90 days; where fewer than five are known, a working day.',
    ...(isGuessed ? ['? too few reviews to tell the capacity: the default.'] : []),
    ...(counts.length === 0 ? [] : [`Left out: ${counts.join(', ')}.`]),
  ];
}

const counted = (count: number, one: string, many: string): string | null =>
  count === 0 ? null : `${count} ${count === 1 ? one : many}`;
