import { expect, test } from 'vitest';
import { type MatrixRow, renderMatrixSvg } from '../../../src/core/risk/render-matrix-svg.ts';

const row = (place: number, more: Partial<MatrixRow> = {}): MatrixRow => ({
  ...{ name: `#${place}`, title: `Change ${place}`, place, onBase: 'clean' as const },
  ...more,
});
const conflict = { basis: 'verified', verdict: 'conflict', files: [] } as const;
const estimated = (probability: number) => ({ basis: 'estimated', probability, factors: [] }) as const;
const count = (svg: string, text: string): number => svg.split(text).length - 1;

test('a pair is drawn on both sides of the diagonal, a conflict with the base beside it', () => {
  const rows = [row(1), row(2, { onBase: 'conflict' })];
  const svg = renderMatrixSvg({ base: 'main', rows, pairs: [{ a: '#1', b: '#2', finding: conflict }] });
  expect(count(svg, '<title>#1 × #2: conflict (verified)</title>')).toBe(2);
  expect(count(svg, '<title>#2 on its base: conflict</title>')).toBe(1);
  expect(svg).toContain('<title id="title">Which of 2 changes into main conflict</title>');
  expect(svg).toContain('<desc id="desc">Pairs: 1 conflict.</desc>');
});

test('the area of an estimate is its probability, and what is next to impossible is not drawn', () => {
  const rows = [row(1), row(2), row(3)];
  const pairs = [
    { a: '#1', b: '#2', finding: estimated(0.25) },
    { a: '#2', b: '#3', finding: estimated(1) },
    { a: '#1', b: '#3', finding: estimated(0.01) },
  ];
  const svg = renderMatrixSvg({ base: 'main', rows, pairs });
  const width = (percent: number): number =>
    Number(new RegExp(`width="([\\d.]+)"[^>]*><title>[^<]*${percent} % estimated`).exec(svg)?.[1]);
  expect([width(25), width(100)]).toEqual([5.5, 11]);
  expect(svg).not.toContain('1 % estimated');
  expect(svg).toContain(
    '<desc id="desc">Pairs: 1 likely (estimated). Also estimated: 1 below 50 %; 1 below 5 %, not drawn.</desc>',
  );
});

test('a pair with somebody who has no row is left out, and so are clean ones', () => {
  const pairs = [
    { a: '#1', b: '#9', finding: conflict },
    { a: '#1', b: '#2', finding: { basis: 'verified', verdict: 'clean' } as const },
  ];
  expect(renderMatrixSvg({ base: 'main', rows: [row(1), row(2)], pairs })).not.toContain(' × ');
});

test('names are text and nothing else', () => {
  const rows = [row(1, { name: '</text><script>"', title: "&'\uffff" })];
  const svg = renderMatrixSvg({ base: '<main>', rows, pairs: [] });
  expect(svg).not.toMatch(/<script|<main>|\uffff/);
  expect(svg).toContain('&#60;/text&#62;&#60;script&#62;&#34;');
});

test('the legend of few changes is drawn whole', () => {
  const svg = renderMatrixSvg({ base: 'main', rows: [row(1)], pairs: [] });
  const [, width] = /viewBox="0 0 (\d+) /.exec(svg) ?? [];
  const [, last] = /<text class="dim" x="(\d+)"[^>]*>waits for its base</.exec(svg) ?? [];
  // A letter of this font is some six wide.
  expect(Number(last) + 'waits for its base'.length * 6).toBeLessThan(Number(width));
});
