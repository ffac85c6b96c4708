import stringWidth from 'string-width';

const LETTERS = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** A line of at most so many columns of a terminal; what is cut off ends in `…`. */
export function cutToWidth(line: string, width: number): string {
  if (stringWidth(line) <= width) return line;
  let [kept, left] = ['', width - 1];
  for (const { segment } of LETTERS.segment(line)) {
    left -= stringWidth(segment);
    if (left < 0) break;
    kept += segment;
  }
  return `${kept}…`;
}
