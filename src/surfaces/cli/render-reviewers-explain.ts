import type * as z from 'zod';
import { inWords } from '../../core/in-words.ts';
import { visibleLine } from '../../core/markdown.ts';
import { formatRef } from '../../core/task/identity.ts';
import { parseRepository } from '../../operations/repository-input.ts';
import type { reviewersExplain } from '../../operations/reviewers-explain.ts';
import { type Column, printTable } from './print-table.ts';
import { renderNotes } from './render-notes.ts';
import type { View } from './view.ts';
import { wrapLines } from './wrap-lines.ts';

type Output = z.output<typeof reviewersExplain.output>;
type Row = Output['candidates'][number];

/** The pull request, then one row per person: chosen or why not, and the figures that everybody can count. */
export function renderReviewersExplain(output: Output, view: View): string {
  const { ref, title, needs, asked, reviewed, candidates, repository } = output;
  const about = [
    `${formatRef(ref, parseRepository(repository))} ${visibleLine(title)}`,
    ...(needs.length === 0 ? [] : [`Asks for: ${needs.map(visibleLine).join(', ')}`]),
    ...(asked.length === 0 ? [] : [`Asked already: ${asked.map(visibleLine).join(', ')}`]),
    ...(reviewed.length === 0 ? [] : [`Reviewed by: ${reviewed.map(visibleLine).join(', ')}`]),
  ];
  const table = candidates.length === 0 ? [] : ['', printTable(COLUMNS, candidates, view)];
  const why = candidates.flatMap(whyChosen);
  const notes = wrapLines([...why, ...renderNotes(output, view)], view.width);
  return [...wrapLines(about, view.width), ...table, ...(notes.length === 0 ? [] : ['', ...notes])].join('\n');
}

const COLUMNS: readonly Column<Row>[] = [
  { title: 'Person', cell: ({ login }) => visibleLine(login), isHeading: true },
  { title: '', cell: standingText, canShrink: true },
  { title: 'Knows', cell: ({ knows }) => `${Math.round(knows * 100)} %`, align: 'right' },
  {
    title: 'Open',
    cell: ({ open, capacity }) => (open === null || capacity === null ? '' : `${open} of ${capacity.value}`),
    align: 'right',
  },
  { title: 'Can', cell: ({ has }) => has.map(visibleLine).join(', '), canShrink: true },
];

const STANDINGS = {
  chosen: 'to be asked',
  passed_over: 'others come first',
  not_available: 'not available now',
  not_eligible: '',
} as const;

function standingText({ standing, reasons }: Row): string {
  return standing === 'not_eligible'
    ? reasons.map((reason) => REASONS[reason] ?? inWords(reason)).join(', ')
    : STANDINGS[standing];
}

const REASONS: Readonly<Partial<Record<Row['reasons'][number], string>>> = {
  author: 'wrote it',
  co_author: 'wrote part of it',
  same_agent: 'the agent that wrote it',
  conflict: 'has a conflict of interest',
  missing_capability: 'lacks what it asks for',
  away: 'you are away',
  at_capacity: 'has no room',
  asked_before: 'was asked before, or taken off',
  declined: 'declined',
  no_access: 'has no access',
};

/** What speaks against who is chosen, and still least of all. */
function whyChosen({ login, hours }: Row): readonly string[] {
  if (hours === null) return [];
  const parts = Object.entries(hours)
    .filter(([, value]) => value > 0)
    .map(([name, value]) => `${WORDS[name] ?? name} ${value} h`);
  return [`${visibleLine(login)} costs least: ${parts.length === 0 ? 'nothing speaks against it' : parts.join(', ')}.`];
}

const WORDS: Readonly<Record<string, string>> = {
  wait: 'free in',
  effort: 'the review itself',
  fairness: 'fairness',
  expertise: 'new to the folders',
  scarcity: 'needed elsewhere',
  silence: 'busy or not heard of',
};
