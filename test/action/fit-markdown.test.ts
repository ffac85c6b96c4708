import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitMarkdown } from '../../action/fit-markdown.ts';
import { byteLength } from '../../src/core/umbrella/fit-lines.ts';

const note = (shown: number, all: number): string => `${shown} of ${all}`;

test('what fits stays as it is', () => {
  expect(fitMarkdown('a\nb\n', { maxBytes: 4, note })).toBe('a\nb\n');
});

test('what does not fit is cut at a line, with how many lines are shown', () => {
  const text = Array.from({ length: 100 }, (_, at) => `line ${at}`).join('\n');
  expect(fitMarkdown(text, { maxBytes: 300, note })).toBe(`${text.slice(0, 8 * 'line 0\n'.length)}\n8 of 100\n`);
});

test('a chart or a fold that the cut leaves open is closed, so that the note is read as a note', () => {
  const text = ['<details>', '<details>', '</details>', '```mermaid', '<details>', ...Array(60).fill('    x')].join(
    '\n',
  );
  const lines = fitMarkdown(text, { maxBytes: 330, note }).split('\n');
  expect(lines.slice(lines.indexOf('```'))).toEqual([
    '```',
    '',
    '</details>',
    '',
    expect.stringMatching(/^\d+ of 65$/),
    '',
  ]);
});

test('the result never has more bytes than allowed, whatever the text', () => {
  const line = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('```', '~~~~', '<details>', '</details>'));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 80 }), fc.integer({ min: 300, max: 900 }), (lines, maxBytes) => {
      expect(byteLength(fitMarkdown(lines.join('\n'), { maxBytes, note }))).toBeLessThanOrEqual(maxBytes);
    }),
  );
});
