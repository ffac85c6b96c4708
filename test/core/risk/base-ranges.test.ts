import { describe, expect, test } from 'vitest';
import { baseRanges } from '../../../src/core/risk/base-ranges.ts';
import { rangeWords } from '../../../src/core/risk/range-words.ts';
import type { Hunk } from '../../../src/core/risk/touched-file.ts';

const hunk = (oldStart: number, oldLines: number, newStart: number, newLines: number): Hunk => ({
  ...{ oldStart, oldLines, newStart, newLines },
});

describe('conflicts in a merged text', () => {
  const hunks = [hunk(3, 2, 3, 12), hunk(20, 0, 31, 5), hunk(40, 1, 56, 9)];

  test('stand in the lines of the base that it changes there, or after the line where both put lines in', () => {
    const marked = [
      { from: 4, to: 9 },
      { from: 31, to: 35 },
      { from: 57, to: 60 },
    ];
    expect(baseRanges(marked, hunks)).toEqual([
      { from: 3, to: 4 },
      { from: 20, to: 20 },
      { from: 40, to: 40 },
    ]);
  });

  test('are one where they share lines of the base', () => {
    const marked = [
      { from: 4, to: 6 },
      { from: 8, to: 13 },
      { from: 31, to: 32 },
      { from: 33, to: 35 },
    ];
    expect(baseRanges(marked, hunks)).toEqual([
      { from: 3, to: 4 },
      { from: 20, to: 20 },
    ]);
  });

  test('are told nothing of where no change of the base is known', () => {
    expect(baseRanges([{ from: 100, to: 110 }], hunks)).toEqual([]);
  });
});

test.each([
  [[7, 7], 'line 7'],
  [[7, 9], 'lines 7–9'],
])('one range %j reads %s', ([from = 0, to = 0], words) => {
  expect(rangeWords([{ from, to }])).toBe(words);
});

test('of many ranges the first three are told', () => {
  const ranges = [1, 3, 5, 7].map((line) => ({ from: line, to: line }));
  expect(rangeWords(ranges)).toBe('lines 1, 3, 5 …');
  expect(rangeWords(ranges.slice(1))).toBe('lines 3, 5, 7');
});
