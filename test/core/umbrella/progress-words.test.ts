import { expect, test } from 'vitest';
import { progressOf } from '../../../src/core/umbrella/progress.ts';
import { countWords, percentWords } from '../../../src/core/umbrella/progress-words.ts';

const mixed = progressOf(['unblocked', 'in_progress', 'unblocked', 'done', 'dropped']);

test('counts name the states that occur, in the order of the state table', () => {
  expect(countWords(mixed.counts)).toEqual(['1 dropped', '1 done', '1 in progress', '2 unblocked']);
});

test('a percentage is of what is not dropped, and where all is dropped there is nothing to do', () => {
  expect([percentWords(mixed), percentWords(progressOf(['dropped']))]).toEqual(['25 %', 'nothing to do']);
});
