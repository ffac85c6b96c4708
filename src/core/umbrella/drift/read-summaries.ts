import { readTextBlocks } from '../../markdown-blocks.ts';

/** A place in a text that says how far the work is. */
export interface StatedProgress {
  /** Line of the body, from 1. */
  readonly line: number;
  /** As it stands there: `3/7 done`, `43 % complete`. */
  readonly quote: string;
  /** The numbers alone, as they stand there: `3/7`, `43 %`. */
  readonly figure: string;
  readonly says:
    | { readonly kind: 'count'; readonly done: number; readonly of: number; readonly between: string }
    | { readonly kind: 'percent'; readonly percent: number; readonly sign: string };
}

const WORDS = '(?:done|complete[d]?|closed|finished|integrated)';
const THINGS = '(?:(?:child(?:ren)?|sub-?issues|sub-?tasks|tasks|issues|items)(?: are| were)? )?';
const LABEL = '(?:progress|status|completion|complete|completed|done)[ \\t]*:[ \\t]*';
const COUNT = '(?<done>\\d{1,4})(?<between> ?/ ?| of | out of )(?<of>\\d{1,4})';
const PERCENT = '(?<percent>\\d{1,3})(?<sign> ?%)';
const STATED = [
  new RegExp(`(?<![\\w./])(?<figure>${COUNT}) ${THINGS}${WORDS}\\b`, 'gi'),
  new RegExp(`\\b${LABEL}(?<figure>${COUNT})(?![\\w./])`, 'gi'),
  new RegExp(`(?<![\\w./])(?<figure>${PERCENT}) ${WORDS}\\b`, 'gi'),
  new RegExp(`\\b${LABEL}(?<figure>${PERCENT})`, 'gi'),
];

/** Summaries in an umbrella's own words: "3/7 done", "Progress: 43 %". Code, quotes and HTML comments are not read. */
export function readSummaries(body: string): readonly StatedProgress[] {
  return readTextBlocks(body).flatMap(({ prose, line }) =>
    prose.split('\n').flatMap((text, offset) => summariesIn(text.slice(0, MAX_LINE_LENGTH), line + offset)),
  );
}

/** Longer lines are no summaries. */
const MAX_LINE_LENGTH = 1_000;

function summariesIn(text: string, line: number): readonly StatedProgress[] {
  const found = new Map<number, StatedProgress>();
  for (const pattern of STATED) {
    for (const { groups = {}, 0: quote, index } of text.matchAll(pattern)) {
      const { figure = '', done, of, between = '', percent, sign = '' } = groups;
      const at = index + quote.indexOf(figure);
      const says =
        percent === undefined
          ? ({ kind: 'count', done: Number(done), of: Number(of), between } as const)
          : ({ kind: 'percent', percent: Number(percent), sign } as const);
      if (!found.has(at)) found.set(at, { line, quote, figure, says });
    }
  }
  return [...found.entries()].sort(([a], [b]) => a - b).map(([, summary]) => summary);
}
