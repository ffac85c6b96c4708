import type * as z from 'zod';
import type { umbrellaList } from '../../operations/umbrella-list.ts';
import { shownTitle } from './near-text.ts';
import { plainText } from './plain-text.ts';
import { type Column, printTable } from './print-table.ts';
import { progressBar } from './progress-bar.ts';
import { renderNotes } from './render-notes.ts';
import type { View } from './view.ts';

type Listing = z.output<typeof umbrellaList.output>;
type Summary = Listing['umbrellas'][number];

/** One line per umbrella with a small bar, then the totals and what could not be read. */
export function renderUmbrellaList(listing: Listing, view: View): string {
  const { umbrellas } = listing;
  if (umbrellas.length === 0) {
    return ['No task here has sub-issues.', view.colors.dim('With --all, labelled ones without any are listed too.')]
      .concat(renderNotes(listing, view))
      .join('\n');
  }
  const children = umbrellas.reduce((sum, umbrella) => sum + umbrella.children, 0);
  const done = umbrellas.reduce((sum, umbrella) => sum + umbrella.done, 0);
  const totals = `${umbrellas.length} ${umbrellas.length === 1 ? 'umbrella' : 'umbrellas'}, ${done} of ${children} children done`;
  return [printTable(columns(view), umbrellas, view), '', view.colors.dim(totals), ...renderNotes(listing, view)].join(
    '\n',
  );
}

const columns = ({ colors }: View): readonly Column<Summary>[] => [
  { title: 'Umbrella', cell: ({ ref }) => ref },
  { title: 'Id', cell: ({ plannedId }) => plainText(plannedId ?? '') },
  { title: 'Title', cell: shownTitle, canShrink: true },
  { title: 'Progress', cell: ({ percentComplete }) => colors.green(progressBar(percentComplete, 10)) },
  {
    title: '',
    cell: ({ percentComplete }) => (percentComplete === null ? '–' : `${percentComplete} %`),
    align: 'right',
  },
  { title: 'Done', cell: ({ done, children }) => `${done}/${children}`, align: 'right' },
  { title: 'State', cell: ({ state }) => state.replace('_', ' ') },
];
