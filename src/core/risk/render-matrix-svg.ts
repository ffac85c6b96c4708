import { scaleBand, scaleSqrt } from 'd3-scale';
import { escapeXml } from '../escape-xml.ts';
import { shorten, visibleLine } from '../markdown.ts';
import { isWorthTelling, markOf, type PairMark } from './mark-of-finding.ts';
import { type PairFinding, type PairRisk, stackOf } from './pair-risk.ts';

export interface MatrixRow {
  readonly name: string;
  readonly title: string;
  /** In the merge order, from 1. */
  readonly place: number;
  /** `regenerate`: a conflict in nothing but files that are made anew. */
  readonly onBase: 'clean' | 'merged' | 'conflict' | 'regenerate' | 'reported_conflict' | 'unknown' | 'not_verified';
}

export interface MatrixFacts {
  /** Name of the branch that all go into. */
  readonly base: string;
  /** In the merge order. */
  readonly rows: readonly MatrixRow[];
  /** How many more there are that have no row; 0 when absent. */
  readonly left?: number;
  readonly pairs: readonly PairRisk[];
}

const CELL = 14;
const LABEL = 350;
const TITLE_LETTERS = 38;
const HEAD = 84;
const FOOT = 46;
/** The line that tells of those without a row. */
const REST = 20;
const MARGIN = 16;
/** Room for the legend, however few the changes are. */

/**
 * The matrix as a heat map, one row and one column per change in the merge order, which stands beside it. Marks differ in
 * shape as well as in colour, an estimate's area is its probability, and both light and dark have colours of their own.
 */
export function renderMatrixSvg({ base, rows, left = 0, pairs }: MatrixFacts): string {
  const names = rows.map(({ name }) => name);
  const size = rows.length * CELL;
  const at = scaleBand<string>().domain(names).range([0, size]);
  const placeOf = (name: string): number => at(name) ?? 0;
  const width = Math.max(legendWidth(), MARGIN * 2 + LABEL + CELL + size);
  const rest = left === 0 ? [] : [`… and ${left} more, of which fewer conflicts are to be expected: not drawn.`];
  const height = MARGIN * 2 + HEAD + size + rest.length * REST + FOOT;
  const marks = pairs.flatMap((pair) => cellsOf(pair, new Set(names), placeOf));
  const title = `Which of ${rows.length + left} changes into ${visibleLine(base)} conflict`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title desc">`,
    `<title id="title">${escapeXml(title)}</title>`,
    `<desc id="desc">${escapeXml([description(pairs), ...unlikelyWords(pairs), ...rest].join(' '))}</desc>`,
    `<style>${STYLE}</style>`,
    `<rect class="page" width="${width}" height="${height}"/>`,
    `<text class="head" x="${MARGIN}" y="${MARGIN + 14}">${escapeXml(title)}</text>`,
    `<text class="dim" x="${MARGIN}" y="${MARGIN + 34}">${escapeXml(description(pairs))}</text>`,
    ...unlikelyLine(pairs),
    `<text class="dim" x="${MARGIN}" y="${MARGIN + HEAD - 8}">Merge order</text>`,
    `<text class="dim" text-anchor="end" x="${MARGIN + LABEL - 4}" y="${MARGIN + HEAD - 8}">on base</text>`,
    `<g transform="translate(${MARGIN + LABEL + CELL} ${MARGIN + HEAD})">`,
    ...rows.map((row, index) => rowLine(row, { index, size, nameLength: longestName(rows) })),
    ...columnNumbers(rows),
    ...rows.map((row) => baseCell(row, placeOf(row.name))),
    ...marks,
    '</g>',
    ...rest.map(
      (words) => `<text class="dim" x="${MARGIN}" y="${MARGIN + HEAD + size + REST - 4}">${escapeXml(words)}</text>`,
    ),
    ...legend(MARGIN, height - MARGIN - 10),
    '</svg>',
    '',
  ].join('\n');
}

// Text has at least 4.5 : 1 against its ground (WCAG 2.2, 1.4.3), marks at least 3 : 1 (1.4.11), in both schemes.
const STYLE = [
  'svg{--page:#fff;--text:#1f2328;--dim:#59636e;--line:#d1d9e0;--band:#f6f8fa;--conflict:#b42318;--likely:#b45309;--anew:#0e7490;--stacked:#4f46e5;--unknown:#6b7280}',
  '@media(prefers-color-scheme:dark){svg{--page:#0d1117;--text:#f0f6fc;--dim:#9198a1;--line:#3d444d;--band:#151b23;--conflict:#ff7b72;--likely:#f0a348;--anew:#39c5cf;--stacked:#a5a3ff;--unknown:#9ca3af}}',
  'text{font:11px ui-monospace,SFMono-Regular,Menlo,monospace;fill:var(--text)}',
  '.head{font:600 15px system-ui,sans-serif}.dim{fill:var(--dim)}.tiny{font-size:9px;fill:var(--dim)}',
  '.page{fill:var(--page)}.band{fill:var(--band)}.line{stroke:var(--line);stroke-width:1}.self{fill:var(--line)}',
  '.conflict{fill:var(--conflict)}.likely,.unlikely{fill:var(--likely)}.stacked{fill:var(--stacked)}',
  '.regenerate{fill:none;stroke:var(--anew);stroke-width:2}.waits{fill:var(--dim)}.unknown{fill:var(--unknown);font-weight:700}',
].join('');

const NAME_LETTERS = 18;

const longestName = (rows: readonly MatrixRow[]): number =>
  Math.min(NAME_LETTERS, Math.max(0, ...rows.map(({ name }) => visibleLine(name).length)));

interface RowPlace {
  readonly index: number;
  readonly size: number;
  readonly nameLength: number;
}

function rowLine({ name, title, place }: MatrixRow, { index, size, nameLength }: RowPlace): string {
  const top = index * CELL;
  const shown = shorten(visibleLine(name), NAME_LETTERS).padEnd(nameLength);
  const text = `${`${place}`.padStart(3)}. ${shown}  ${shorten(visibleLine(title), TITLE_LETTERS)}`;
  const left = -(LABEL + CELL);
  const band =
    index % 2 === 0
      ? `<rect class="band" x="${left}" y="${top}" width="${LABEL + CELL + size}" height="${CELL}"/>`
      : '';
  const full = `<title>${escapeXml(`${place}. ${visibleLine(name)} ${visibleLine(title)}`)}</title>`;
  const label = shorten(text, 46);
  return `${band}<text xml:space="preserve" x="${left}" y="${top + CELL - 3}">${full}${escapeXml(label)}</text><rect class="self" x="${top + 4}" y="${top + 4}" width="${CELL - 8}" height="${CELL - 8}"/>`;
}

/** Every one where there are few and none has three digits, else every fifth, so that no number runs into the next. */
function columnNumbers(rows: readonly MatrixRow[]): readonly string[] {
  const step = rows.length > 30 || rows.some(({ place }) => place >= 100) ? 5 : 1;
  const size = rows.length * CELL;
  return rows.flatMap(({ place }, index) => {
    if (index > 0 && (index + 1) % step !== 0) return [];
    const x = index * CELL + CELL / 2;
    const guide = step === 1 ? '' : `<line class="line" x1="${x}" x2="${x}" y1="-4" y2="${size}" opacity=".35"/>`;
    return [`${guide}<text class="tiny" text-anchor="middle" x="${x}" y="-8">${place}</text>`];
  });
}

function baseCell({ name, onBase }: MatrixRow, top: number): string {
  const place = { x: -CELL - 4, y: top, share: 1 };
  const words = `${visibleLine(name)} on its base:`;
  if (onBase === 'reported_conflict')
    return drawn('conflict', { ...place, words: `${words} ${WORDS.conflict}, as GitHub says` });
  if (onBase !== 'conflict' && onBase !== 'regenerate' && onBase !== 'unknown') return '';
  return drawn(onBase, { ...place, words: `${words} ${WORDS[onBase]}` });
}

/** A pair has two cells, one on either side of the diagonal. */
function cellsOf(pair: PairRisk, names: ReadonlySet<string>, placeOf: (name: string) => number): readonly string[] {
  const { a, b, finding } = pair;
  const mark = markOf(finding);
  const share = finding.basis === 'estimated' ? finding.probability : 1;
  if (mark === 'clean' || (mark !== 'stacked' && share < LEAST) || !names.has(a) || !names.has(b)) return [];
  const stack = stackOf(finding);
  const words =
    stack === null
      ? `${visibleLine(a)} × ${visibleLine(b)}: ${inWords(finding, mark)}`
      : `${visibleLine(stack.dependent)} depends on ${visibleLine(stack.on)}`;
  return [
    drawn(mark, { x: placeOf(a), y: placeOf(b), share, words, isBelow: stack?.on === b }),
    drawn(mark, { x: placeOf(b), y: placeOf(a), share, words, isBelow: stack?.on === a }),
  ];
}

/** Less would be no more than a speck. */
const LEAST = 0.05;

function inWords(finding: PairFinding, mark: PairMark): string {
  if (finding.basis === 'estimated') return `${Math.round(finding.probability * 100)} % estimated`;
  if (finding.verdict === 'waits') return `waits until ${visibleLine(finding.held)} merges onto the base`;
  const files = 'files' in finding ? finding.files.slice(0, 3).map(({ path }) => visibleLine(path)) : [];
  return [`${WORDS[mark]} (verified)`, ...files].join(' ');
}

const WORDS: Readonly<Record<PairMark, string>> = {
  conflict: 'conflict',
  likely: 'likely',
  unlikely: 'unlikely',
  regenerate: 'only files made anew',
  stacked: 'depends on another',
  unknown: 'unknown',
  waits: 'waits until it merges onto the base',
  clean: 'clean',
};

interface Drawn {
  readonly x: number;
  readonly y: number;
  /** 0–1, of the area. */
  readonly share: number;
  readonly words: string;
  /** Of a stack: its row is the one that the other stands on. */
  readonly isBelow?: boolean;
}

const side = scaleSqrt()
  .domain([0, 1])
  .range([0, CELL - 3]);

function drawn(mark: PairMark, { x, y, share, words, isBelow = false }: Drawn): string {
  const [middleX, middleY] = [x + CELL / 2, y + CELL / 2];
  const told = `<title>${escapeXml(words)}</title>`;
  if (mark === 'unknown')
    return `<text class="unknown" text-anchor="middle" x="${middleX}" y="${middleY + 4}">${told}?</text>`;
  // It points up in the row of the one that depends on the other, and down in the row of that.
  if (mark === 'stacked') {
    const corners = isBelow ? `M${middleX} ${y + 11}l5 -9h-10z` : `M${middleX} ${y + 2}l5 9h-10z`;
    return `<path class="stacked" d="${corners}">${told}</path>`;
  }
  if (mark === 'waits') return `<circle class="waits" cx="${middleX}" cy="${middleY}" r="1.5">${told}</circle>`;
  if (mark === 'regenerate') return `<circle class="regenerate" cx="${middleX}" cy="${middleY}" r="4">${told}</circle>`;
  const isEstimate = mark === 'likely' || mark === 'unlikely';
  const width = side(share);
  const edge = rounded(width);
  const round = isEstimate ? ` rx="${rounded(width / 2)}"` : '';
  return `<rect class="${mark}" x="${rounded(middleX - width / 2)}" y="${rounded(middleY - width / 2)}" width="${edge}" height="${edge}"${round}>${told}</rect>`;
}

const rounded = (value: number): number => Math.round(value * 10) / 10;

const LEGEND: readonly (readonly [PairMark, string, number])[] = [
  ['conflict', 'conflict (verified)', 145],
  ['likely', 'estimated, by area', 140],
  ['regenerate', 'made anew', 85],
  ['stacked', 'depends on', 95],
  ['unknown', 'unknown', 70],
  ['waits', 'waits for its base', 120],
];

const legendWidth = (): number => MARGIN * 2 + LEGEND.reduce((sum, [, , width]) => sum + width + CELL, 0);

function legend(left: number, y: number): readonly string[] {
  let x = left;
  return LEGEND.map(([mark, words, width]) => {
    const key = drawn(mark, { x, y: y - CELL + 3, share: 1, words });
    const text = `<text class="dim" x="${x + CELL + 4}" y="${y}">${escapeXml(words)}</text>`;
    x += width + CELL;
    return key + text;
  });
}

function description(pairs: readonly PairRisk[]): string {
  const marks = pairs.map(({ finding }) => markOf(finding));
  const told = (['conflict', 'likely', 'regenerate', 'stacked', 'unknown', 'waits'] as const).flatMap((mark) => {
    const count = marks.filter((one) => one === mark).length;
    return count === 0 ? [] : [`${count} ${TOLD[mark] ?? WORDS[mark]}`];
  });
  return told.length === 0 ? 'No pair is known to conflict.' : `Pairs: ${told.join(', ')}.`;
}

const TOLD: Readonly<Partial<Record<PairMark, string>>> = {
  likely: 'likely (estimated)',
  waits: 'wait until one of them merges onto the base',
};

const unlikelyLine = (pairs: readonly PairRisk[]): readonly string[] =>
  unlikelyWords(pairs).map((words) => `<text class="dim" x="${MARGIN}" y="${MARGIN + 50}">${escapeXml(words)}</text>`);

/** Drawn as specks, and the least of them not at all: a number has to stand for these. */
function unlikelyWords(pairs: readonly PairRisk[]): readonly string[] {
  const chances = pairs.flatMap(({ finding }) =>
    finding.basis === 'estimated' && markOf(finding) === 'unlikely' && isWorthTelling(finding)
      ? [finding.probability]
      : [],
  );
  const drawn = chances.filter((chance) => chance >= LEAST).length;
  const rest = chances.length - drawn;
  const words = [...(drawn > 0 ? [`${drawn} below 50 %`] : []), ...(rest > 0 ? [`${rest} below 5 %, not drawn`] : [])];
  return words.length === 0 ? [] : [`Also estimated: ${words.join('; ')}.`];
}
