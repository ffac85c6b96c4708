import type * as z from 'zod';
import { visibleLine } from '../../core/markdown.ts';
import { formatRef } from '../../core/task/identity.ts';
import { parseRepository } from '../../operations/repository-input.ts';
import type { reviewersLoad } from '../../operations/reviewers-load.ts';
import { ageSince } from './age-text.ts';
import type { View } from './view.ts';
import { wrapLines } from './wrap-lines.ts';

type Output = Pick<z.output<typeof reviewersLoad.output>, 'queue' | 'repository' | 'now'>;
type Row = Output['queue'][number];

const MOST_ROWS = 15;

/** What waits, by what it needs; groups and rows by what is given out first. Empty where nothing waits. */
export function queueLines(output: Output, view: View): readonly string[] {
  const { queue } = output;
  const shown = queue.slice(0, MOST_ROWS);
  const lines = (['somebody_available', 'somebody_able'] as const).flatMap((waitsFor) => {
    const rows = shown.filter((row) => row.waitsFor === waitsFor);
    return rows.length === 0 ? [] : [TITLES[waitsFor], ...groupLines(rows, output, view)];
  });
  const more = queue.length > MOST_ROWS ? [`  and ${queue.length - MOST_ROWS} more`] : [];
  return wrapLines([...lines, ...more], view.width);
}

/** How the order came about; nothing where nothing waits for somebody to be available. */
export const queueLegend = ({ queue }: Output): readonly string[] =>
  queue.some(({ waitsFor }) => waitsFor === 'somebody_available') ? [QUEUE_LEGEND] : [];

const QUEUE_LEGEND =
  'Waiting: left over when everything else is given out. It is given out in this order as soon as somebody can take it: the latest for its size first, then the earliest deadline.';

const TITLES: Readonly<Record<Row['waitsFor'], string>> = {
  somebody_available: 'Waiting, as nobody who could review it is available now:',
  somebody_able: 'Waiting, as nobody who can be asked here is known to be able to review it:',
};

function groupLines(rows: readonly Row[], output: Output, view: View): readonly string[] {
  const groups = [...new Set(rows.map(needsText))];
  return groups.flatMap((needs) => [
    `  ${needs}:`,
    ...rows.filter((row) => needsText(row) === needs).map((row) => `    ${rowText(row, output, view)}`),
  ]);
}

function needsText({ needs, waitsFor }: Row): string {
  if (needs.length > 0) return needs.map(visibleLine).join(' and ');
  return waitsFor === 'somebody_able' ? 'anybody but its authors' : 'anybody will do';
}

function rowText(row: Row, { repository, now }: Output, { colors }: View): string {
  const { ref, title, effort, missing, readyAt } = row;
  const facts = [
    `effort ${effort.toFixed(1)}`,
    row.isOverdue ? colors.red(dueText(row, now)) : dueText(row, now),
    `waiting ${ageSince(readyAt, now)}`,
    ...(missing > 1 ? [`${missing} reviewers missing`] : []),
  ].filter((text) => text !== '');
  return `${formatRef(ref, parseRepository(repository))} ${visibleLine(title)} (${facts.join(', ')})`;
}

function dueText({ dueAt, isOverdue }: Row, now: string): string {
  if (dueAt === null) return '';
  return isOverdue ? `late by ${ageSince(dueAt, now)}` : `due in ${ageSince(now, dueAt)}`;
}
