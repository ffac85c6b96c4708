import stringWidth from 'string-width';
import type * as z from 'zod';
import { shorten, visibleLine } from '../../core/markdown.ts';
import { countUnlikely, markOf, markOnBase } from '../../core/risk/mark-of-finding.ts';
import { type PairFinding, stackOf } from '../../core/risk/pair-risk.ts';
import { pairsNotListed } from '../../core/risk/pairs-not-listed.ts';
import { LIKELY } from '../../core/risk/risk-of-pull-request.ts';
import type { riskMatrix } from '../../operations/risk-matrix.ts';
import { type Column, printTable } from './print-table.ts';
import { closingLines, counted, namesInWords, unknownLines, unknownOf } from './risk-words.ts';
import { type View, withLimit } from './view.ts';
import { wrapLines } from './wrap-lines.ts';

type Matrix = z.output<typeof riskMatrix.output>;
type Change = Matrix['changes'][number];

/** Who conflicts with whom, in the merge order: a grid where it fits, always a list; those that meet nobody are counted. */
export function renderRiskMatrix(matrix: Matrix, given: View): string {
  const view = withLimit(given);
  const { changes, base } = matrix;
  const met = meetings(matrix.pairs);
  const rows = rowsOf(matrix, met);
  const alone = changes.length - rows.length;
  const about = `${counted(changes.length, 'open change')} into ${visibleLine(base.name)}`;
  const isRow = new Set(rows.map(({ name }) => name));
  const others = changes.filter(({ name }) => !isRow.has(name));
  const rest = [
    ...(alone === 0 ? [] : [`${alone} of them ${aloneWords(others, matrix)}.`]),
    ...unlikelyLine(countUnlikely(matrix.pairs)),
  ];
  const head = `${about}: ${countsInWords(matrix)}.`;
  const grid = gridOf(rows, withNotListed(rows, matrix, met), view);
  const table = rows.length === 0 ? [] : [printTable(columnsOf(met, matrix, view), rows, view), ''];
  const closing = wrapLines(
    [...rest, ...unknownLines(unknownOf(matrix.pairs)), ...closingLines(matrix, view)],
    view.width,
  );
  return [...wrapLines([head], view.width), '', ...grid, ...table, ...closing].join('\n').trimEnd();
}

/** Of those that meet nobody for sure, or as far as anybody can tell: many unlikely pairs together are likely to hold a conflict. */
function aloneWords(alone: readonly Change[], { pairs, notListed, changes }: Matrix): string {
  const isOne = alone.length === 1;
  const known = changes.some(({ onBase }) => onBase.verdict === 'unknown') ? ' that could be judged' : '';
  const isWhole = notListed.estimated + notListed.notReached === 0;
  if (isWhole && countUnlikely(pairs) === 0) return `${isOne ? 'meets' : 'meet'} nobody${known}`;
  const chances = chancesToMeetNobody(pairs);
  const areLikely = isWhole && alone.every(({ name }) => (chances.get(name) ?? 1) >= LIKELY);
  if (areLikely) return `${isOne ? 'is' : 'are'} likely to meet nobody${known}`;
  return `${isOne ? 'has' : 'have'} no conflict that is known or likely by itself`;
}

/** By name, 0–1; absent where no estimate speaks against it. */
function chancesToMeetNobody(pairs: Matrix['pairs']): ReadonlyMap<string, number> {
  const chances = new Map<string, number>();
  for (const { a, b, finding } of pairs) {
    if (finding.basis !== 'estimated') continue;
    for (const name of [a, b]) chances.set(name, (chances.get(name) ?? 1) * (1 - finding.probability));
  }
  return chances;
}

/** How many of the pairs that are estimated below 50 % conflict if the estimates hold. */
const expectedOfUnlikely = ({ pairs, notListed }: Matrix): number =>
  pairs.reduce(
    (sum, { finding }) =>
      finding.basis === 'estimated' && markOf(finding) === 'unlikely' ? sum + finding.probability : sum,
    notListed.estimatedUpTo < LIKELY ? notListed.estimatedConflicts : 0,
  );

/** Nothing where less than one is to be expected. */
function expectedWords(matrix: Matrix): readonly string[] {
  const expected = Math.round(expectedOfUnlikely(matrix));
  if (expected < 1) return [];
  const all = countUnlikely(matrix.pairs) + (matrix.notListed.estimatedUpTo < LIKELY ? matrix.notListed.estimated : 0);
  return [`about ${expected} of ${counted(all, 'pair')} estimated below 50 % to conflict all the same`];
}

const unlikelyLine = (count: number): readonly string[] =>
  count === 0
    ? []
    : [
        `${counted(count, 'pair')} estimated below 50 % ${count === 1 ? 'is' : 'are'} not shown: risk score has ${count === 1 ? 'it' : 'them'}.`,
      ];

type Meetings = ReadonlyMap<string, ReadonlyMap<string, PairFinding>>;

/** By name and other name; pairs that are clean or hardly likely are no meeting. */
function meetings(pairs: Matrix['pairs']): Meetings {
  const met = new Map<string, Map<string, PairFinding>>();
  for (const { a, b, finding } of pairs) {
    if (markOf(finding) === 'clean' || markOf(finding) === 'unlikely') continue;
    met.set(a, (met.get(a) ?? new Map()).set(b, finding));
    met.set(b, (met.get(b) ?? new Map()).set(a, finding));
  }
  return met;
}

/** A cell of what was not listed is not that of a clean pair. */
function withNotListed(rows: readonly Change[], { pairs, notListed }: Matrix, met: Meetings): Meetings {
  if (rows.length > WIDEST_GRID) return met;
  const marked = rows.map(({ name, onBase }) => ({ name, onBase: markOnBase(onBase) }));
  const more = meetings(pairsNotListed(marked, pairs, notListed));
  return new Map(rows.map(({ name }) => [name, new Map([...(met.get(name) ?? []), ...(more.get(name) ?? [])])]));
}

/** Every change meets one that nobody can judge: where they are many, that alone is no reason for a row. */
function rowsOf({ changes }: Matrix, met: Meetings): readonly Change[] {
  const unknown = new Set(changes.filter(({ onBase }) => onBase.verdict === 'unknown').map(({ name }) => name));
  const meets = (name: string): boolean => [...(met.get(name)?.values() ?? [])].some((one) => markOf(one) !== 'waits');
  const rows = changes.filter(({ name, onBase }) => meets(name) || needsWords(onBase));
  if (rows.length <= WIDEST_GRID) return rows;
  const isTelling = (name: string): boolean =>
    [...(met.get(name) ?? [])].some(([other, finding]) => !unknown.has(other) && markOf(finding) !== 'waits');
  return rows.filter(({ name, onBase }) => needsWords(onBase) || isTelling(name));
}

const needsWords = ({ verdict }: Change['onBase']): boolean =>
  verdict === 'conflict' || verdict === 'reported_conflict' || verdict === 'unknown';

function countsInWords(matrix: Matrix): string {
  const { pairs, changes, leftOut } = matrix;
  if (changes.length === 0 && leftOut.length > 0) return `all ${leftOut.length} that there are were left out`;
  const marks = pairs.map(({ finding }) => markOf(finding));
  const counts = (
    [
      ['conflict', 'conflict (verified)'],
      ['likely', 'likely to conflict (estimated)'],
      ['regenerate', 'only in files made anew'],
      ['stacked', 'stacked'],
      ['unknown', 'unknown'],
      ['waits', 'waiting until one of them merges onto the base'],
    ] as const
  ).map(([mark, words]) => ({ count: marks.filter((one) => one === mark).length, words }));
  const { notReached } = matrix.notListed;
  const more = notReached === 0 ? [] : [`${counted(notReached, 'pair')} not reached in time and unknown`];
  const named = counts.filter(({ count }) => count > 0).map(({ count, words }) => `${counted(count, 'pair')} ${words}`);
  const quiet = notReached === 0 ? 'nothing speaks for a conflict between two of them' : 'no conflict is known of';
  const nothing = countUnlikely(pairs) > 0 ? 'no two of them are likely to conflict' : quiet;
  return [...(named.length === 0 ? [nothing] : named), ...expectedWords(matrix), ...more].join(', ');
}

/** A cell is two columns wide; past this many nobody follows a line across. */
const WIDEST_GRID = 40;
const CELL = 3;

function gridOf(rows: readonly Change[], met: Meetings, view: View): readonly string[] {
  const labels = rows.map(({ name }) => visibleLine(name));
  const label = Math.max(...labels.map((text) => stringWidth(text)), 0);
  const fits = rows.length > 1 && rows.length <= WIDEST_GRID && label + 1 + rows.length * CELL <= view.width;
  if (!fits) return [];
  const head = ' '.repeat(label + 1) + rows.map(({ place }) => `${place}`.padStart(CELL)).join('');
  const lines = rows.map(({ name, place }, row) => {
    const cells = rows.map((other) =>
      other.name === name
        ? ' '.repeat(CELL - 1) + view.colors.dim('\\')
        : cell(met.get(name)?.get(other.name), name, view),
    );
    const text = labels[row] ?? '';
    return `${text}${' '.repeat(label - stringWidth(text) + 1)}${cells.join('')}  ${view.colors.dim(`${place}`)}`;
  });
  const legend =
    '■ conflicts  ▪ likely  ↻ made anew  ↑ depends on that  ↓ that depends on it  ? unknown  – waits for its base  · clean; columns are places in the merge order';
  return [view.colors.dim(head), ...lines, '', ...wrapLines([view.colors.dim(legend)], view.width), ''];
}

function cell(finding: PairFinding | undefined, row: string, { colors }: View): string {
  const pad = ' '.repeat(CELL - 1);
  switch (finding === undefined ? 'clean' : markOf(finding)) {
    case 'conflict':
      return pad + colors.red('■');
    case 'likely':
      return pad + colors.yellow('▪');
    case 'regenerate':
      return pad + colors.cyan('↻');
    case 'stacked':
      return pad + colors.blue(finding !== undefined && stackOf(finding)?.dependent === row ? '↑' : '↓');
    case 'unknown':
      return pad + colors.yellow('?');
    case 'waits':
      return pad + colors.dim('–');
    default:
      return pad + colors.dim('·');
  }
}

const columnsOf = (met: Meetings, { base }: Matrix, { colors }: View): readonly Column<Change>[] => {
  const others = (name: string, mark: ReturnType<typeof markOf>): string =>
    namesInWords([...(met.get(name) ?? [])].filter(([, finding]) => markOf(finding) === mark).map(([other]) => other));
  const below = (name: string): readonly string[] =>
    [...(met.get(name)?.values() ?? [])].flatMap((finding) => {
      const stack = stackOf(finding);
      return stack?.dependent === name ? [stack.on] : [];
    });
  return [
    { title: 'Place', cell: ({ place }) => `${place}`, align: 'right', isHeading: true },
    { title: 'Change', cell: ({ name }) => visibleLine(name), isHeading: true },
    { title: 'Title', cell: ({ title }) => shortTitle(title), canShrink: true, isHeading: true },
    {
      title: `On ${visibleLine(base.name)}`,
      cell: ({ onBase }) => {
        const mark = markOnBase(onBase);
        if (mark === 'reported_conflict') return colors.red(REPORTED);
        return mark === 'regenerate' ? colors.cyan('↻ regenerate') : needsWords(onBase) ? colors.red(mark) : '';
      },
    },
    { title: 'Conflicts with', cell: ({ name }) => others(name, 'conflict'), canShrink: true },
    { title: 'Likely with', cell: ({ name }) => others(name, 'likely'), canShrink: true },
    { title: 'Made anew with', cell: ({ name }) => others(name, 'regenerate'), canShrink: true },
    { title: 'Depends on', cell: ({ name }) => namesInWords(below(name)), canShrink: true },
    { title: 'Unknown with', cell: ({ name }) => others(name, 'unknown'), canShrink: true },
  ];
};

/** Of one that nobody merged on trial. */
const REPORTED = 'conflict, GitHub says';

const LONGEST_TITLE = 60;

const shortTitle = (title: string): string => shorten(visibleLine(title), LONGEST_TITLE);
