import type * as z from 'zod';
import { visibleLine } from '../../core/markdown.ts';
import { formatRef, type Ref } from '../../core/task/identity.ts';
import { touches } from '../../core/umbrella/live-lane.ts';
import type { taskNext } from '../../operations/task-next.ts';
import { type Column, printTable } from './print-table.ts';
import { renderNotes } from './render-notes.ts';
import type { View } from './view.ts';
import { wrapLines } from './wrap-lines.ts';

type Next = z.output<typeof taskNext.output>;

/** One line per task that can be started, then what was left out, what is not free, and what could not be read. */
export function renderNext(next: Next, view: View): string {
  const { umbrella, tasks, total, notFree, retryAt } = next;
  const more = total > tasks.length ? [`${total - tasks.length} more can be started; --limit shows more.`] : [];
  const rest = notFree === '' ? [] : [`Not free: ${notFree}.${retryAt === null ? '' : ` Ask again at ${retryAt}.`}`];
  const closing = wrapLines([...more, ...leftOutLines(next), ...rest, ...renderNotes(next, view)], view.width);
  if (tasks.length === 0) return ['Nothing can be started now.', ...closing].join('\n');
  return [printTable(columnsFor(umbrella), tasks, view), ...(closing.length === 0 ? [] : ['', ...closing])].join('\n');
}

const columnsFor = (near: Ref): readonly Column<Next['tasks'][number]>[] => [
  { title: 'Task', cell: ({ ref }) => formatRef(ref, near), isHeading: true },
  { title: 'Lane', cell: ({ lane }) => visibleLine(lane ?? '') },
  { title: 'Title', cell: ({ title }) => visibleLine(title), canShrink: true, isHeading: true },
  { title: 'Why', cell: whyText },
];

const whyText = ({ unblocks, unsure }: Next['tasks'][number]): string =>
  [unblocks === 0 ? 'can start' : `unblocks ${unblocks}`, ...(unsure === null ? [] : [unsure])].join(', ');

/** One line for each task that would touch what others are at work on. */
export const leftOutLines = ({ umbrella, leftOut }: Pick<Next, 'umbrella' | 'leftOut'>): readonly string[] =>
  leftOut.map(
    ({ task, title, lane, path }) =>
      `Left out: ${formatRef(task, umbrella)} ${visibleLine(title)} (${visibleLine(`${touches(lane, umbrella)} ${path}`)})`,
  );
