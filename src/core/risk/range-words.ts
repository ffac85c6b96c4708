import type { LineRange } from './pair-risk.ts';

const MAX_RANGES = 3;

/** `line 7` or `lines 10–14, 31 …`: the first few. */
export function rangeWords(ranges: readonly LineRange[]): string {
  const shown = ranges.slice(0, MAX_RANGES).map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`));
  const isOne = ranges.length === 1 && ranges[0]?.from === ranges[0]?.to;
  return `${isOne ? 'line' : 'lines'} ${shown.join(', ')}${ranges.length > MAX_RANGES ? ' …' : ''}`;
}
