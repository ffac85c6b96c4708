import { expect, test } from 'vitest';
import { inActionWords } from '../../action/in-action-words.ts';

const hintOf = (hint: string) => inActionWords({ code: 'usage', message: '', hint }).hint;

test.each([
  ['Name one that it has: --base main.', 'Name one that it has: `base: main`.'],
  ['Two other branches; name one with --base.', 'Two other branches; name one with `base`.'],
  ['Leave `--scope` out, or give `--scope=since:30d`.', 'Leave `scope` out, or give `scope: since:30d`.'],
  ['Name another: --base NAME, or --heads PATTERN.', 'Name another: `base: NAME`, or --heads PATTERN.'],
  ['Give --comment-on #12 (or --comment).', 'Give `comment-on: #12` (or `comment`).'],
  ['There is no --basement, and no -base.', 'There is no --basement, and no -base.'],
])('%s reads %s', (hint, words) => {
  expect(hintOf(hint)).toBe(words);
});

test('what a token lacks is granted by the workflow, and a bad token is an input', () => {
  const told = (code: 'forbidden' | 'unauthenticated') =>
    inActionWords({ code, message: '', hint: 'It needs x.' }).hint;
  expect([told('forbidden'), told('unauthenticated')]).toEqual([
    'It needs x. A workflow grants permissions under `permissions:`; a token with others goes into `github-token`.',
    expect.stringMatching(/^Leave `github-token` out/),
  ]);
});

test.each([
  [
    'forbidden',
    'Run `parasol doctor` to see what it may do.',
    /^The message says what was asked for\. A workflow grants/,
  ],
  ['forbidden', 'Give it the scopes repo; `parasol doctor` shows its own.', /^The message says/],
  [
    'not_an_umbrella',
    'Name its parent: parasol umbrella list shows the umbrellas.',
    /^Add a sub-issue .* give `umbrella` /,
  ],
  [
    'github_unavailable',
    'Sub-issues need github.com; `parasol doctor` shows what this one offers.',
    /^Sub-issues need github\.com\.$/,
  ],
  [
    'usage',
    'Take another folder. Look with parasol plan list. Give --base main.',
    /^Take another folder\. Give `base: main`\.$/,
  ],
  ['not_found', '`parasol plan list` shows them.', /^The message says what to mend\.$/],
] as const)('a hint of %s names no command of the command line: %s', (code, hint, words) => {
  const told = inActionWords({ code, message: '', hint }).hint;
  expect(told).toMatch(words);
  expect(told).not.toMatch(/parasol [a-z]/);
});
