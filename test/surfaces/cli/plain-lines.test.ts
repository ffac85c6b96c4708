import { expect, test } from 'vitest';
import { plainLines } from '../../../src/surfaces/cli/plain-lines.ts';

test.each([
  ['lines and tabs', '| a |\r\n\t- b', '| a |\n\t- b'],
  ['a zero-width space that defuses', '@\u200bkim', '@\u200bkim'],
  ['letters of every script and emoji', 'Größe 日本語 🧑‍🚀', 'Größe 日本語 🧑‍🚀'],
])('keeps %s', (_, text, plain) => {
  expect(plainLines(text)).toBe(plain);
});

test.each([
  ['an escape sequence', 'red \u001b[31malert\u001b[0m', 'red [31malert[0m'],
  ['a C1 control', 'a\u009b2Jb', 'a2Jb'],
  ['a bell', 'x\u0007', 'x'],
  ['a change of the reading direction', 'safe\u202e\u061cexe.txt', 'safeexe.txt'],
  ['tag characters', 'ok\u{e0064}\u{e0065}', 'ok'],
])('removes %s', (_, text, plain) => {
  expect(plainLines(text)).toBe(plain);
});
