import { expect, test } from 'vitest';
import type { TouchedFile } from '../../src/core/risk/touched-file.ts';
import { buildFile } from '../core/risk/build-hunks.ts';
import { commonLines } from './common-lines.ts';
import type { ConflictRows, RecordedPair } from './conflict-rows.ts';

/** Merged one after the other, on one main line. */
function recorded(changes: readonly TouchedFile[], pairs: readonly RecordedPair[]): ConflictRows {
  return {
    repository: 'example/repository',
    unlisted: { 'real-head': 0, reconstructed: 0, 'final-head': 0 },
    pullRequests: new Map(
      changes.map((file, index) => [
        index,
        { index, mergedAt: '2026-11-22T00:00:00Z', mainPosition: 10 + index, files: [file] },
      ]),
    ),
    pairs,
  };
}

const pair = (first: number, second: number, kind: RecordedPair['kind']): RecordedPair => ({
  first,
  second,
  kind,
  conflicts: false,
  conflictingFiles: [],
});

const linesOf = (files: readonly TouchedFile[]): unknown =>
  files.flatMap(({ hunks }) => (hunks ?? []).map(({ oldStart, oldLines }) => [oldStart, oldLines]));

test('a second that was rebased is taken back to where it stood before the first and all that came between', () => {
  const between = pair(0, 2, 'reconstructed');
  const rows = recorded([buildFile('a', '5,0+10'), buildFile('a', '1,0+100'), buildFile('a', '140,2+3')], [between]);
  const live = commonLines(rows)(between);
  expect([linesOf(live.first), linesOf(live.second)]).toEqual([[[5, 0]], [[30, 2]]]);
});

test('a second that was never rebased is brought to where it stood right before the first was merged', () => {
  const [earlier, later] = [pair(0, 2, 'final-head'), pair(1, 2, 'final-head')];
  const rows = recorded(
    [buildFile('a', '5,0+10'), buildFile('a', '100,1+1'), buildFile('a', '40,2+3')],
    [earlier, later],
  );
  expect(linesOf(commonLines(rows)(earlier).second)).toEqual([[40, 2]]);
  expect(linesOf(commonLines(rows)(later).second)).toEqual([[50, 2]]);
});

test('a recorded head stays as it is', () => {
  const real = { ...pair(0, 1, 'real-head'), secondFiles: [buildFile('a', '7,1+1')] };
  const rows = recorded([buildFile('a', '5,0+10'), buildFile('a', '90,1+1')], [real]);
  expect(linesOf(commonLines(rows)(real).second)).toEqual([[7, 1]]);
});
