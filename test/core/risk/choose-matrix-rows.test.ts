import { expect, test } from 'vitest';
import { chooseMatrixRows } from '../../../src/core/risk/choose-matrix-rows.ts';
import type { PairFinding } from '../../../src/core/risk/pair-risk.ts';
import { type MatrixRow, renderMatrixSvg } from '../../../src/core/risk/render-matrix-svg.ts';

const conflict: PairFinding = {
  ...{ basis: 'verified', verdict: 'conflict' },
  files: [{ path: 'src/gate.ts', kind: 'content', ranges: [], regenerate: false }],
};
const estimated = (probability: number): PairFinding => ({ basis: 'estimated', probability, factors: [] });
const rowsOf = (count: number, onBase: (place: number) => MatrixRow['onBase'] = () => 'clean'): readonly MatrixRow[] =>
  Array.from({ length: count }, (_, at) => ({
    ...{ name: `#${at + 1}`, title: `Change ${at + 1} of the harbour's northern gate`, place: at + 1 },
    onBase: onBase(at + 1),
  }));
/** Each meets the next. */
const chain = (count: number, finding: (place: number) => PairFinding) =>
  Array.from({ length: count - 1 }, (_, at) => ({ a: `#${at + 1}`, b: `#${at + 2}`, finding: finding(at + 1) }));
const namesOf = (rows: readonly MatrixRow[]): readonly string[] => rows.map(({ name }) => name);
const named = (from: number, to: number): readonly string[] => namesOf(rowsOf(to)).slice(from - 1);

test('a hundred changes all have a row, whether they meet somebody or not', () => {
  expect(chooseMatrixRows(rowsOf(100), [])).toEqual({ rows: rowsOf(100), left: 0 });
});

test('of more, those have one that meet somebody or do not merge, or that nobody can judge', () => {
  const all = rowsOf(101, (place) => (place === 7 ? 'conflict' : place === 8 ? 'unknown' : 'clean'));
  const pairs = [
    { a: '#1', b: '#2', finding: conflict },
    { a: '#3', b: '#4', finding: { basis: 'verified', verdict: 'clean' } as const },
    { a: '#5', b: '#8', finding: { basis: null, verdict: 'unknown', reason: 'it is gone' } as const },
  ];
  const { rows, left } = chooseMatrixRows(all, pairs);
  expect([namesOf(rows), left]).toEqual([['#1', '#2', '#7', '#8'], 0]);
});

test('of three hundred that all meet somebody the hundred with the most to expect stay, in their order', () => {
  const pairs = chain(300, (place) => (place > 200 ? conflict : estimated(0.4)));
  const { rows, left } = chooseMatrixRows(rowsOf(300), pairs);
  expect([namesOf(rows), left]).toEqual([named(201, 300), 200]);
});

test('what nobody can judge is not the first to go', () => {
  const all = rowsOf(300, (place) => (place === 3 ? 'unknown' : 'clean'));
  const { rows } = chooseMatrixRows(
    all,
    chain(300, () => estimated(0.1)),
  );
  expect(namesOf(rows)).toContain('#3');
});

test('a drawing of three hundred stays within a screen or two, counts the rest, and lays no text over another', () => {
  const pairs = chain(300, () => conflict);
  const svg = renderMatrixSvg({ base: 'main', ...chooseMatrixRows(rowsOf(300), pairs), pairs });
  const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? [];
  expect([Number(width), Number(height)]).toEqual([1796, 1582]);
  expect(svg).toContain('<title id="title">Which of 300 changes into main conflict</title>');
  const texts = [...svg.matchAll(/<text class="dim" x="(\d+)" y="(\d+)">([^<]*)</g)].map(([, x, y, words]) => ({
    x: Number(x),
    y: Number(y),
    words,
  }));
  const rest = texts.find(({ words }) => words?.startsWith('… and'));
  const legend = texts.find(({ words }) => words === 'conflict (verified)');
  expect(rest?.words).toBe('… and 200 more, of which fewer conflicts are to be expected: not drawn.');
  // Below the last row, with a line of 11 px free above the legend.
  expect(rest?.y).toBeGreaterThan(16 + 84 + 100 * 14);
  expect(legend?.y).toBeGreaterThan((rest?.y ?? 0) + 11);
  expect(legend?.y).toBeLessThan(Number(height));
});

test('numbers of three digits stand at every fifth column, however few the rows are', () => {
  const rows = rowsOf(120).slice(100);
  const svg = renderMatrixSvg({ base: 'main', rows, pairs: [] });
  const shown = [...svg.matchAll(/<text class="tiny"[^>]*>(\d+)</g)].map(([, place]) => place);
  expect(shown).toEqual(['101', '105', '110', '115', '120']);
});
