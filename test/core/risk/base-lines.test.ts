import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { baseSpan, inverseHunk, shiftFile, shiftHunks } from '../../../src/core/risk/base-lines.ts';
import { anyHunks, buildFile, buildHunk } from './build-hunks.ts';
import '../../seed-properties.ts';

const spans = (hunks: readonly string[], past: readonly string[]): readonly unknown[] =>
  shiftHunks(hunks.map(buildHunk), past.map(buildHunk)).map(baseSpan);

describe('lines of a merge base', () => {
  test.each([
    ['replaced lines', '12,3+1', { start: 11, end: 14 }],
    ['an insertion is a place between two lines', '12,0+2', { start: 12, end: 12 }],
    ['the beginning of the file', '0,0+2', { start: 0, end: 0 }],
  ])('%s', (_, hunk, span) => {
    expect(baseSpan(buildHunk(hunk))).toEqual(span);
  });

  test.each([
    ['a change above moves it down', ['20,2+2'], ['5,0+3'], [{ start: 22, end: 24 }]],
    ['a change below leaves it', ['20,2+2'], ['30,0+3'], [{ start: 19, end: 21 }]],
    ['a removal above moves it up', ['20,2+2'], ['5,4+0'], [{ start: 15, end: 17 }]],
    ['lines that were replaced become the replacement', ['20,2+2'], ['18,5+9'], [{ start: 17, end: 26 }]],
    ['what is inserted right after it stays outside', ['20,2+2'], ['21,0+3'], [{ start: 19, end: 21 }]],
    ['what is inserted right before it stays outside', ['20,2+2'], ['19,0+3'], [{ start: 22, end: 24 }]],
    ['what is inserted within it lies inside', ['20,2+2'], ['20,0+3'], [{ start: 19, end: 24 }]],
    ['a removal of lines that are gone is gone', ['20,2+0'], ['18,5+0'], []],
    ['nothing past changes nothing', ['20,2+2'], [], [{ start: 19, end: 21 }]],
  ])('%s', (_, hunks, past, expected) => {
    expect(spans(hunks, past)).toEqual(expected);
  });

  test('lines that a change did not touch come back when it is taken back', () => {
    fc.assert(
      fc.property(anyHunks, fc.nat(60), (past, line) => {
        const isTouched = past.some((hunk) => baseSpan(hunk).start <= line && line <= baseSpan(hunk).end);
        fc.pre(!isTouched);
        const hunk = { oldStart: line + 1, oldLines: 1, newStart: line + 1, newLines: 1 };
        const there = shiftHunks([hunk], past);
        expect(shiftHunks(there, past.map(inverseHunk))).toEqual([hunk]);
      }),
    );
  });

  test('the order of the file is kept', () => {
    fc.assert(
      fc.property(anyHunks, anyHunks, (hunks, past) => {
        const starts = shiftHunks(hunks, past).map((hunk) => baseSpan(hunk).start);
        expect(starts).toEqual([...starts].sort((one, other) => one - other));
      }),
    );
  });

  test('a file passes one change after the other', () => {
    const past = [[buildHunk('1,0+5')], [buildHunk('20,4+0')]];
    expect(shiftFile(buildFile('a', '30,1+1'), past)).toEqual({
      ...buildFile('a', '30,1+1'),
      hunks: [{ oldStart: 31, oldLines: 1, newStart: 30, newLines: 1 }],
    });
  });

  test.each([
    ['a new file has no lines in the base', { ...buildFile('a', '0,0+3'), status: 'added' as const }],
    ['lines that are not shown stay so', { ...buildFile('a'), hunks: null }],
  ])('%s', (_, file) => {
    expect(shiftFile(file, [[buildHunk('0,0+9')]])).toEqual(file);
  });
});
