import { expect, test } from 'vitest';
import { noteLine } from '../../../src/surfaces/cli/note-line.ts';

test.each([
  ['octo/harbor#3', 'It is closed.', 'octo/harbor#3: It is closed.'],
  ['octo/harbor#3', '#3 under #1: it would stand above itself', '#3 under #1: it would stand above itself'],
  ['octo/harbor#3', '#31 names it', 'octo/harbor#3: #31 names it'],
  [null, 'The lane qa has nothing here yet.', 'The lane qa has nothing here yet.'],
  ['octo/harbor#3', 'two\n\u001b[31mlines', 'octo/harbor#3: two [31mlines'],
])('a note about %s has it in front of %j, once', (about, text, line) => {
  expect(noteLine({ text, about })).toBe(line);
});
