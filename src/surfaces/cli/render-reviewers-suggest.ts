import type * as z from 'zod';
import { visibleLine } from '../../core/markdown.ts';
import { formatRef } from '../../core/task/identity.ts';
import { parseRepository } from '../../operations/repository-input.ts';
import { refusalText } from '../../operations/review-choice.ts';
import type { reviewersSuggest } from '../../operations/reviewers-suggest.ts';
import { type Column, printTable } from './print-table.ts';
import { renderNotes } from './render-notes.ts';
import type { View } from './view.ts';
import { wrapLines } from './wrap-lines.ts';

type Output = Omit<z.output<typeof reviewersSuggest.output>, 'changes'>;
type Row = Output['requests'][number];

/** One row per pull request with whom to ask, and what speaks for them. */
export function renderReviewersSuggest(output: Output, view: View): string {
  const { requests } = output;
  const isProposed = view.outcomes === undefined && requests.some(({ chosen }) => chosen.length > 0);
  const more = isProposed ? ['Nobody was asked; --write asks them.'] : [];
  const notes = wrapLines([...more, ...renderNotes(output, view)], view.width);
  const table =
    requests.length === 0
      ? 'Every open pull request has its reviewers.'
      : printTable(columnsFor(output), requests, view);
  return [table, ...(notes.length === 0 ? [] : ['', ...notes])].join('\n');
}

const columnsFor = ({ repository }: Output): readonly Column<Row>[] => [
  { title: 'Pull request', cell: ({ ref }) => formatRef(ref, parseRepository(repository)), isHeading: true },
  { title: 'Title', cell: ({ title }) => visibleLine(title), canShrink: true, isHeading: true },
  { title: 'Ask', cell: ({ chosen }) => chosen.map(({ login }) => visibleLine(login)).join(', ') },
  { title: 'Why', cell: whyText, canShrink: true },
];

function whyText({ chosen, refused, missing, why, fallback }: Row): string {
  if (why !== null) return visibleLine(why);
  const each = chosen.map(({ login, knows, open, capacity, busy }) => {
    const knowing = knows === 0 ? 'new to these folders' : `knows ${Math.round(knows * 100)} % of it`;
    return `${chosen.length > 1 ? `${visibleLine(login)}: ` : ''}${knowing}, ${open} of ${capacity} waiting${busy ? ', busy as GitHub says' : ''}`;
  });
  const more = refusalText(refused) ?? (missing > 0 ? `${missing} more: nobody is available now` : null);
  const others = [more, fallback].flatMap((words) => (words === null ? [] : [visibleLine(words)]));
  return [...each, ...others].join('; ');
}
