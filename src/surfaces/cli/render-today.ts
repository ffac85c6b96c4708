import type * as z from 'zod';
import { visibleLine } from '../../core/markdown.ts';
import { durationWords } from '../../core/readiness/render/duration-words.ts';
import { nothingWords, TODAY_TITLES } from '../../core/readiness/today/render-today-markdown.ts';
import type { TodayLine } from '../../core/readiness/today/today-line.ts';
import type { RepositoryRef } from '../../core/task/identity.ts';
import type { today } from '../../operations/today.ts';
import { nearText } from './near-text.ts';
import { type Column, printTable } from './print-table.ts';
import { renderNotes } from './render-notes.ts';
import type { View } from './view.ts';
import { wrapLines } from './wrap-lines.ts';

type Output = z.output<typeof today.output>;

/** The morning list: one row per line, then what could not be looked into. */
export function renderToday(output: Output, view: View): string {
  const { repository, lines, more, hidden, gaps } = output;
  const [owner = '', repo = ''] = repository.split('/');
  const closing = wrapLines(
    [
      ...(more === 0 ? [] : [`and ${more} more`]),
      ...(hidden === 0 ? [] : [`${hidden} private, not shown`]),
      ...renderNotes(output, view),
    ],
    view.width,
  );
  const table = lines.length === 0 ? nothingWords(gaps) : printTable(columnsFor({ owner, repo }), lines, view);
  return [table, ...(closing.length === 0 ? [] : ['', ...closing])].join('\n');
}

const columnsFor = (near: RepositoryRef): readonly Column<TodayLine>[] => [
  { title: 'What', cell: ({ kind }) => TODAY_TITLES[kind], canShrink: true },
  { title: 'Who', cell: ({ actor }) => nearText(actor.name, near), isHeading: true, canShrink: true },
  { title: 'Do', cell: ({ action }) => nearText(action.text, near), isHeading: true, canShrink: true },
  { title: 'Title', cell: ({ title }) => visibleLine(title), canShrink: true },
  { title: 'Why', cell: ({ why }) => nearText(why, near), canShrink: true },
  { title: 'Since', cell: ({ age_seconds: age }) => (age === null ? '' : durationWords(age)), canShrink: true },
];
