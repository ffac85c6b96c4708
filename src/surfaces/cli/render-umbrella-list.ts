import type * as z from 'zod';
import { inWords } from '../../core/in-words.ts';
import { visibleLine } from '../../core/markdown.ts';
import { progressBar } from '../../core/progress-bar.ts';
import type { umbrellaList } from '../../operations/umbrella-list.ts';
import { doneText } from './done-text.ts';
import { shownTitle } from './near-text.ts';
import { type Column, printTable } from './print-table.ts';
import { renderNotes } from './render-notes.ts';
import type { View } from './view.ts';
import { wrapLines } from './wrap-lines.ts';

type Listing = z.output<typeof umbrellaList.output>;
type Summary = Listing['umbrellas'][number];

/** One line per umbrella with a small bar, then the totals and what could not be read. */
export function renderUmbrellaList(listing: Listing, view: View): string {
  const { umbrellas } = listing;
  if (umbrellas.length === 0) {
    const nothing = ['No task here has sub-issues.', 'With --all, labelled ones without any are listed too.'];
    return wrapLines([...nothing, ...renderNotes(listing, view)], view.width).join('\n');
  }
  const children = umbrellas.reduce((sum, umbrella) => sum + umbrella.children - umbrella.dropped, 0);
  const dropped = umbrellas.reduce((sum, umbrella) => sum + umbrella.dropped, 0);
  const done = umbrellas.reduce((sum, umbrella) => sum + umbrella.done, 0);
  const totals = `${umbrellas.length} ${umbrellas.length === 1 ? 'umbrella' : 'umbrellas'}, ${done} of ${children} children done${dropped === 0 ? '' : ` · ${dropped} dropped`}`;
  const closing = wrapLines([view.colors.dim(totals), ...renderNotes(listing, view)], view.width);
  return [printTable(columns(view), umbrellas, view), '', ...closing].join('\n');
}

const columns = ({ colors }: View): readonly Column<Summary>[] => [
  { title: 'Umbrella', cell: ({ ref }) => ref, isHeading: true },
  { title: 'Id', cell: ({ plannedId }) => visibleLine(plannedId ?? ''), isHeading: true },
  { title: 'Title', cell: shownTitle, canShrink: true, isHeading: true },
  { title: 'Progress', cell: ({ percentComplete }) => colors.green(progressBar(percentComplete, 10)) },
  {
    title: '',
    cell: ({ percentComplete }) => (percentComplete === null ? '–' : `${percentComplete} %`),
    align: 'right',
  },
  { title: 'Done', cell: ({ done, children, dropped }) => doneText(done, children - dropped, dropped), align: 'right' },
  { title: 'State', cell: ({ state }) => inWords(state) },
];
