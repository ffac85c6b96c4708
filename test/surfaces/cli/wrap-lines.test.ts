import pc from 'picocolors';
import { expect, test } from 'vitest';
import { wrapLines } from '../../../src/surfaces/cli/wrap-lines.ts';

test.each([
  ['leaves a line that fits', ['a  b'], ['a  b']],
  ['breaks at words and indents what follows by two more', ['  one two three'], ['  one two', '    three']],
  ['keeps wider gaps inside a line', ['one  two three'], ['one  two', '  three']],
  ['keeps a word whole that is wider than the line', ['https://harbor.example'], ['https://harbor.example']],
  ['counts wide characters by the room they take', ['日本語 日本語'], ['日本語', '  日本語']],
])('%s', (_, lines, wrapped) => {
  expect(wrapLines(lines, 10)).toEqual(wrapped);
});

test('counts colours as nothing', () => {
  const { red } = pc.createColors(true);
  expect(wrapLines([`${red('one')} ${red('two')}`], 10)).toEqual([`${red('one')} ${red('two')}`]);
});
