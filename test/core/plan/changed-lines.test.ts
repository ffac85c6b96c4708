import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changedLines } from '../../../src/core/plan/changed-lines.ts';

const told = (before: string, after: string) => changedLines(before, after).map(({ sign, text }) => `${sign}${text}`);

test.each<[string, string, string, readonly string[]]>([
  ['a line in the middle', 'a\nb\nc', 'a\nB\nc', ['-b', '+B']],
  ['two places', 'a\nb\nc\nd\ne', 'A\nb\nc\nd\nE', ['-a', '+A', '-e', '+E']],
  ['a new line', 'a\nc', 'a\nb\nc', ['+b']],
  ['a line that is gone', 'a\na\nb', 'a\nb', ['-a']],
  ['line ends alone', 'a\r\nb', 'a\nb', []],
  ['nothing', '', '', []],
])('of %s, just what changed is told', (_, before, after, lines) => {
  expect(told(before, after)).toEqual(lines);
});

test('what is told leads from the one text to the other, of texts that are too long to compare too', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });
  fc.assert(
    fc.property(text, text, (old, fresh) => {
      const lines = changedLines(old.join('\n'), fresh.join('\n'));
      const count = (sign: string) => lines.filter((line) => line.sign === sign).length;
      expect(count('+') - count('-')).toBe(Math.max(1, fresh.length) - Math.max(1, old.length));
      expect(lines.length === 0).toBe(old.join('\n') === fresh.join('\n'));
    }),
  );
  const long = (word: string) =>
    Array.from({ length: 3_000 }, (_, n) => `${word} ${n % 2 === 0 ? n : word}`).join('\n');
  expect(changedLines(long('a'), long('b'))).toHaveLength(6_000);
});
