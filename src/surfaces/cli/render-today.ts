import stringWidth from 'string-width';
import type * as z from 'zod';
import { visibleLine } from '../../core/markdown.ts';
import { durationWords } from '../../core/readiness/render/duration-words.ts';
import { nothingWords, TODAY_TITLES } from '../../core/readiness/today/render-today-markdown.ts';
import type { TodayLine } from '../../core/readiness/today/today-line.ts';
import type { RepositoryRef } from '../../core/task/identity.ts';
import type { today } from '../../operations/today.ts';
import { cutToWidth } from './cut-to-width.ts';
import { nearText } from './near-text.ts';
import { type Column, fitsWithoutWrapping, printTable } from './print-table.ts';
import { renderNotes } from './render-notes.ts';
import type { View } from './view.ts';
import { wrapLines } from './wrap-lines.ts';

type Output = z.output<typeof today.output>;

/** The morning list: one line for each, whatever the width; then what could not be looked into. */
export function renderToday(output: Output, view: View): string {
  const { repository, lines, more, hidden, gaps } = output;
  const [owner = '', repo = ''] = repository.split('/');
  const columns = columnsFor({ owner, repo });
  const isWide = fitsWithoutWrapping(columns, lines, view);
  const closing = wrapLines(
    [
      ...(more === 0 ? [] : [`and ${more} more`]),
      ...(hidden === 0 ? [] : [`${hidden} private, not shown`]),
      ...(isWide ? [] : ['why and since when: --markdown, or more columns']),
      ...renderNotes(output, view),
    ],
    view.width,
  );
  const list = isWide ? printTable(columns, lines, view) : shortLines(lines, { owner, repo }, view);
  return [lines.length === 0 ? nothingWords(gaps) : list, ...(closing.length === 0 ? [] : ['', ...closing])].join('\n');
}

const columnsFor = (near: RepositoryRef): readonly Column<TodayLine>[] => [
  { title: 'What', cell: ({ kind }) => TODAY_TITLES[kind] },
  { title: 'Who', cell: ({ actor }) => nearText(actor.name, near) },
  { title: 'Do', cell: ({ action }) => nearText(action.text, near) },
  { title: 'Title', cell: (line) => titleOf(line, near) },
  { title: 'Why', cell: ({ why }) => nearText(why, near) },
  { title: 'Since', cell: ({ age_seconds: age }) => (age === null ? '' : durationWords(age)) },
];

/** With its number, where the action names another item or none. */
function titleOf({ ref, title, action }: TodayLine, near: RepositoryRef): string {
  const isNamed = action.text.split(/[\s,]+/).includes(ref);
  return isNamed ? visibleLine(title) : `${nearText(ref, near)} ${visibleLine(title)}`;
}

/** Who and what to do in full, and as much of the title as has room beside it. */
function shortLines(lines: readonly TodayLine[], near: RepositoryRef, { width, colors }: View): string {
  return lines
    .flatMap((line) => {
      const who = nearText(line.actor.name, near);
      const task = `${who}: ${nearText(line.action.text, near)}`;
      const [first = '', ...rest] = wrapLines([task], width);
      const room = width - stringWidth(first) - LEAST_TITLE;
      const whole = rest.length > 0 || room < 0 ? first : cutToWidth(`${first} · ${titleOf(line, near)}`, width);
      return [whole.startsWith(who) ? `${colors.bold(who)}${whole.slice(who.length)}` : whole, ...rest];
    })
    .join('\n');
}

/** Columns: less of a title says nothing. */
const LEAST_TITLE = 12;
