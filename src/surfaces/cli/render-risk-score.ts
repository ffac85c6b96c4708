import type * as z from 'zod';
import { shorten, visibleLine } from '../../core/markdown.ts';
import { markOf, markOnBase } from '../../core/risk/mark-of-finding.ts';
import type { riskScore } from '../../operations/risk-score.ts';
import { fileWords, findingLines, likelihoodWords } from './finding-words.ts';
import { type Column, printTable } from './print-table.ts';
import { closingLines, counted, impactInOrder, importsLine, toldOnce, unknownLines, unknownOf } from './risk-words.ts';
import { type View, withLimit } from './view.ts';
import { wrapLines } from './wrap-lines.ts';

type Score = z.output<typeof riskScore.output>;
type Pair = Score['pairs'][number];
type Change = Score['changes'][number];

const MAX_PAIRS = 40;
const MAX_FACTORS = 2;
const LONGEST_TITLE = 60;

/** Each pair with its likelihood and where it meets, then what redoing each change would cost. */
export function renderRiskScore(score: Score, given: View): string {
  const view = withLimit(given);
  const { pairs, changes, base, change, looked } = score;
  const about = change === null ? counted(looked, 'open change') : visibleLine(change);
  const head = `${about} into ${visibleLine(base.name)}: ${countInWords(score)}.`;
  const known = pairs.filter(({ finding }) => !('reason' in finding));
  const shown = known.slice(0, MAX_PAIRS);
  const more =
    known.length > shown.length ? [`… and ${counted(known.length - shown.length, 'pair')} more (--json has all).`] : [];
  const pairTable = shown.length === 0 ? [] : [printTable(pairColumns(score, view), shown, view), ...more, ''];
  const changeTable = changes.length === 0 ? [] : [printTable(changeColumns(score), changes, view), ''];
  const aside = [...ownLines(score), ...unknownLines(unknownOf(pairs)), ...importsLine(score.imports, view)];
  const closing = closingLines(change === null ? score : { ...score, leftOut: [] }, view);
  return [
    ...wrapLines([head], view.width),
    '',
    ...pairTable,
    ...changeTable,
    ...wrapLines([...aside, ...closing], view.width),
  ]
    .join('\n')
    .trimEnd();
}

/** All else leaves it out; here it was asked for. */
function ownLines({ leftOut, change }: Score): readonly string[] {
  const own = leftOut.find(({ name }) => name === change);
  return own === undefined ? [] : [`${visibleLine(own.name)} is left out elsewhere: ${own.why}.`];
}

/** The same of the other side of a pair. */
const asideLines = ({ a, b }: Pair, { leftOut, change }: Score): readonly string[] =>
  change === null
    ? []
    : leftOut
        .filter(({ name }) => name !== change && [a, b].includes(name))
        .map(({ name, why }) => `${visibleLine(name)} is left out elsewhere: ${why}`);

function countInWords({ pairs, looked, leftOut, change, changes }: Score): string {
  if (looked === 0 && leftOut.length > 0) return `all ${leftOut.length} that there are were left out`;
  const missing = change === null ? null : whyUntold(changes.find(({ name }) => name === change));
  if (missing !== null) return `nobody can tell what it conflicts with, because ${missing}`;
  const unknown = unknownOf(pairs).length;
  const all = `${counted(pairs.length, 'pair')} to know of`;
  return unknown === 0 ? all : `${all}, ${unknown === pairs.length ? 'all' : unknown} unknown`;
}

/** What is missing of a change of which nothing can be told, with how to get it; null of any other. */
function whyUntold(change: Change | undefined): string | null {
  if (change?.onBase.verdict !== 'unknown') return null;
  const { onBase, number } = change;
  const isAbsent = onBase.reason.endsWith('is not in this clone');
  const fetch = number === null ? 'git fetch origin' : `git fetch origin refs/pull/${number}/head`;
  return `${visibleLine(onBase.reason)}${isAbsent ? ` (${fetch} brings it, where it is still there)` : ''}`;
}

const pairColumns = (score: Score, { colors }: View): readonly Column<Pair>[] => [
  { title: 'Pair', cell: ({ a, b }) => `${visibleLine(a)} × ${visibleLine(b)}`, isHeading: true },
  {
    title: 'Likelihood',
    cell: ({ finding }) => {
      const words = likelihoodWords(finding);
      const mark = markOf(finding);
      return mark === 'conflict' ? colors.red(words) : mark === 'likely' ? colors.yellow(words) : words;
    },
  },
  {
    title: `Where (lines of ${visibleLine(score.base.name)}), or why`,
    cell: (pair) => [...findingLines(pair.finding), ...asideLines(pair, score)].join('\n'),
    canShrink: true,
  },
];

function changeColumns({ base, changes }: Score): readonly Column<Change>[] {
  const unknown = changes.filter(({ onBase }) => onBase.verdict === 'unknown');
  const once = toldOnce(unknown.map(({ name, onBase }) => ({ name, reason: onBaseWords(onBase) })));
  return [
    { title: 'Change', cell: ({ name }) => visibleLine(name), isHeading: true },
    {
      title: 'Title',
      cell: ({ title }) => shorten(visibleLine(title), LONGEST_TITLE),
      isHeading: true,
      canShrink: true,
    },
    {
      title: `On ${visibleLine(base.name)}`,
      cell: ({ name, onBase }) => once(name, onBaseWords(onBase)),
      canShrink: true,
    },
    { title: 'Rework', cell: ({ impact }) => `${impact.lines}`, align: 'right' },
    { title: 'Weight', cell: ({ impact }) => impact.weight.toFixed(1), align: 'right' },
    {
      title: 'Impact',
      cell: ({ impact: { factors } }) => impactInOrder(factors).slice(0, MAX_FACTORS).join('\n'),
      canShrink: true,
    },
  ];
}

function onBaseWords(onBase: Change['onBase']): string {
  if (onBase.verdict === 'not_verified') return 'not verified';
  if (onBase.verdict === 'reported_conflict') return 'conflict, GitHub says; not verified';
  if (onBase.verdict === 'unknown') return `unknown: ${visibleLine(onBase.reason)}`;
  if (onBase.verdict !== 'conflict') return `${onBase.verdict} verified`;
  const [first] = onBase.files;
  const more = onBase.files.length > 1 ? ` and ${onBase.files.length - 1} more` : '';
  const words = markOnBase(onBase) === 'regenerate' ? 'only files made anew' : 'conflict verified';
  return `${words}: ${first === undefined ? '' : fileWords(first)}${more}`;
}
