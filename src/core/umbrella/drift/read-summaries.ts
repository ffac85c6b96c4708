import { readTextBlocks, type TextBlock } from '../../markdown-blocks.ts';
import { labelOfHeading } from '../backfill/statement-labels.ts';
import { type BodyPlace, linesOf, placeInBody } from './place-in-body.ts';

/** A place in a text that says how far the work is. */
export interface StatedProgress {
  /** Line of the body, from 1. */
  readonly line: number;
  /** As it stands there: `3/7 done`, `43 % complete`. */
  readonly quote: string;
  /** The numbers alone, as they stand there: `3/7`, `43 %`. */
  readonly figure: string;
  /** Where the figure stands; null where the same words stand twice, or signs of Markdown between them. */
  readonly place: BodyPlace | null;
  /** It says in parentheses, in another way, what stands in front of them: `(75 %)` behind "3/4 done". */
  readonly repeats: boolean;
  readonly says:
    | { readonly kind: 'count'; readonly done: number; readonly of: number; readonly between: string }
    | { readonly kind: 'percent'; readonly percent: number; readonly sign: string };
}

const WORDS = '(?:done|complete[d]?|closed|finished|integrated)';
const THINGS = '(?:(?:child(?:ren)?|sub-?issues|sub-?tasks|tasks|issues|items)(?: are| were)? )?';
const LABEL = '(?:progress|status|completion|complete|completed|done)[ \\t]*:[ \\t]*';
const COUNT = '(?<done>\\d{1,4})(?<between> ?/ ?| of | out of )(?<of>\\d{1,4})';
const PERCENT = '(?<percent>\\d{1,3})(?<sign> ?%)';
const A_COUNT = '\\d{1,4}(?: ?/ ?| of | out of )\\d{1,4}';
const A_PERCENT = '\\d{1,3} ?%';
const STATED = [
  new RegExp(`(?<![\\w./])(?<figure>${COUNT}) ${THINGS}${WORDS}\\b`, 'gi'),
  new RegExp(`\\b${LABEL}(?<figure>${COUNT})(?![\\w./])`, 'gi'),
  new RegExp(`(?<![\\w./])(?<figure>${PERCENT}) ${WORDS}\\b`, 'gi'),
  new RegExp(`\\b${LABEL}(?<figure>${PERCENT})`, 'gi'),
];
const REPEATED = [
  new RegExp(`${stated(A_COUNT)} ?\\((?<figure>${PERCENT})\\)`, 'gi'),
  new RegExp(`${stated(A_PERCENT)} ?\\((?<figure>${COUNT})(?: [a-z-]+)?\\)`, 'gi'),
];

/** A figure with a word or a label that makes it a summary. */
function stated(figure: string): string {
  return `(?:(?<![\\w./])${figure} ${THINGS}${WORDS}|\\b${LABEL}${figure}(?: ${THINGS}${WORDS})?)`;
}

/**
 * Summaries of the whole in an umbrella's own words: "3/7 done", "Progress: 43 %". What stands in a list, in a row of a
 * table, or under a heading that is neither the title nor one such as "Progress" speaks of a part, and so does what stands
 * behind a name: "api: 2/3 done", "Phase 1 (2/3 done)", "The backend is 2/3 done". Code, quotes and HTML comments are not
 * read.
 */
export function readSummaries(body: string): readonly StatedProgress[] {
  const lines = linesOf(body);
  const blocks = readTextBlocks(body);
  const title = titleOf(blocks);
  const summaries: StatedProgress[] = [];
  let partLevel = 0;
  for (const block of blocks) {
    const { headingLevel: level } = block;
    if (level > 0 && (partLevel === 0 || level <= partLevel))
      partLevel = block === title || isAboutAll(block.prose) ? 0 : level;
    if (partLevel === 0 && block.listDepth === 0) summaries.push(...summariesOf(block, lines));
  }
  return summaries;
}

/** The first heading, where it is the only one of level 1. */
function titleOf(blocks: readonly TextBlock[]): TextBlock | null {
  const [first, ...more] = blocks.filter(({ headingLevel }) => headingLevel > 0);
  return first?.headingLevel === 1 && more.every(({ headingLevel }) => headingLevel > 1) ? first : null;
}

const PROGRESS =
  /^(?:(?:the |our )?(?:overall|total|current) )?(?:progress|status|completion|summary|overview|tl;?dr)$/i;

/** A heading such as "Progress", "Children", or a summary itself. */
function isAboutAll(heading: string): boolean {
  if (labelOfHeading(heading) === 'children') return true;
  const text = heading.slice(0, MAX_LINE_LENGTH);
  const words = [...REPEATED, ...STATED].reduce((rest, pattern) => rest.replace(pattern, ''), text);
  const plain = words.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
  return PROGRESS.test(plain) || (plain === '' && words !== text);
}

function summariesOf(block: TextBlock, lines: readonly string[]): readonly StatedProgress[] {
  let start = 0;
  return block.prose.split('\n').flatMap((text, offset) => {
    const from = start;
    start += text.length + 1;
    if (text.startsWith('|')) return [];
    return statedIn(text.slice(0, MAX_LINE_LENGTH)).map(({ at, ...stated }) => {
      const place = placeOf(block, { at: from + at, length: stated.figure.length }, lines);
      return { ...stated, place, line: place?.line ?? block.line + offset };
    });
  });
}

/** Longer lines are no summaries. */
const MAX_LINE_LENGTH = 1_000;

/** `at` is the place of the figure in the text. */
type Stated = Omit<StatedProgress, 'line' | 'place'> & { readonly at: number };

function statedIn(text: string): readonly Stated[] {
  const found = new Map<number, Stated & { readonly index: number }>();
  for (const pattern of [...STATED, ...REPEATED]) {
    for (const { groups = {}, 0: quote, index } of text.matchAll(pattern)) {
      const { figure = '', done, of, between = '', percent, sign = '' } = groups;
      const at = index + quote.lastIndexOf(figure);
      const says =
        percent === undefined
          ? ({ kind: 'count', done: Number(done), of: Number(of), between } as const)
          : ({ kind: 'percent', percent: Number(percent), sign } as const);
      const repeats = REPEATED.includes(pattern);
      if (repeats || !found.has(at)) found.set(at, { at, quote, figure, repeats, says, index });
    }
  }
  let isPart = false;
  let end = 0;
  return [...found.values()]
    .sort((a, b) => a.at - b.at)
    .flatMap(({ index, ...stated }) => {
      // In one sentence, as in "api: 2/3 done, 67 % complete", the name counts for all of it.
      isPart = isOfPart(text.slice(0, index)) || (isPart && !/[.!?;]/.test(text.slice(end, index)));
      end = index + stated.quote.length;
      return isPart ? [] : [stated];
    });
}

/** Up to four words: what has more is a sentence of its own, as in "On Friday we met again: 3/7 done". */
const NAME = '(?:^|[.!?;,])[ \\t]*(?<name>[^ \\t.!?;,:]+(?:[ \\t]+[^ \\t.!?;,:]+){0,3})';
const LABELLED = new RegExp(`${NAME}[ \\t]*(?::|[-–—]|\\()[ \\t]*$`);
const TOLD = new RegExp(`${NAME}[ \\t]+(?:is|are|was|were|has|have|stands)(?:[ \\t]+(?:now|at))?[ \\t]+$`);

const LABEL_OF_ALL = /^(?:updated?|now|today|so far|currently|children|(?:all )?(?:tasks|sub-?issues)|[\d./-]+)\b/i;
const NAME_OF_ALL =
  /^(?:we|it|this|that|all|everything|(?:the|this|our|all) (?:whole|work|umbrella|epic|issue|project|plan|tasks|children|sub-?issues))$/i;

/** Whether the words in front name what the figure is about, and that is not everything. */
function isOfPart(before: string): boolean {
  const label = LABELLED.exec(before)?.groups?.name;
  if (label !== undefined && label.split(/[ \t]+/).length < 4)
    return !PROGRESS.test(label) && !LABEL_OF_ALL.test(label);
  const subject = TOLD.exec(before)?.groups?.name;
  return subject !== undefined && !NAME_OF_ALL.test(subject);
}

interface Span {
  readonly at: number;
  readonly length: number;
}

/**
 * A piece of the prose stands in the source as it is, but code or an address may hold the same words: it is found only
 * where the source has them as often as the pieces.
 */
function placeOf({ pieces, ...block }: TextBlock, { at, length }: Span, lines: readonly string[]): BodyPlace | null {
  const starts = startsOf(pieces);
  const index = starts.findLastIndex((start) => start <= at);
  const [piece = '', start = 0] = [pieces[index], starts[index]];
  if (at + length > start + piece.length) return null;
  const inProse = pieces.flatMap((words, n) => occurrences(words, piece).map((found) => (starts[n] ?? 0) + found));
  const inSource = occurrences(block.source, piece);
  const found = inSource[inProse.indexOf(start)];
  if (found === undefined || inSource.length !== inProse.length) return null;
  return placeInBody(block, found + at - start, lines);
}

function startsOf(pieces: readonly string[]): readonly number[] {
  let end = 0;
  return pieces.map((words) => {
    end += words.length;
    return end - words.length;
  });
}

function occurrences(text: string, part: string): readonly number[] {
  if (part === '') return [];
  const found: number[] = [];
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) found.push(at);
  return found;
}
