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
  const { requests, takenOff } = output;
  const isProposed = view.outcomes === undefined && requests.some(({ chosen }) => chosen.length > 0);
  const more = isProposed ? ['Nobody was asked; --write asks them.'] : [];
  const notes = wrapLines([...more, ...takenOffLines(output), ...renderNotes(output, view)], view.width);
  const table =
    requests.length === 0
      ? `Every ${takenOff.length === 0 ? '' : 'other '}open pull request has its reviewers.`
      : printTable(columnsFor(output), requests, view);
  return [table, ...(notes.length === 0 ? [] : ['', ...notes])].join('\n');
}

const MOST_TAKEN_OFF = 5;

function takenOffLines({ takenOff, repository }: Output): readonly string[] {
  const [first] = takenOff;
  if (first === undefined) return [];
  const near = parseRepository(repository);
  const named = takenOff.slice(0, MOST_TAKEN_OFF).map((ref) => formatRef(ref, near));
  const more = takenOff.length - named.length;
  const all = `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return [
    `Left out: ${all}, from which a person took a reviewer off. \`parasol reviewers ask ${first.number}\` asks somebody else.`,
  ];
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
