import { describe, expect, test } from 'vitest';
import { plainLines, plainText } from '../../../src/surfaces/cli/plain-text.ts';

describe('plainText', () => {
  test.each([
    ['an escape sequence', 'red \u001b[31malert\u001b[0m', 'red [31malert [0m'],
    ['a title that sets the window title', '\u001b]0;owned\u0007x', ']0;owned x'],
    ['a C1 control', 'a\u009b2Jb', 'a 2Jb'],
    ['line breaks', 'one\r\ntwo\nthree', 'one two three'],
    ['a change of the reading direction', 'safe\u202eexe.txt', 'safe exe.txt'],
    ['zero-width characters', 'ad\u200bmin', 'ad min'],
  ])('defuses %s', (_, text, plain) => {
    expect(plainText(text)).toBe(plain);
  });

  test('leaves letters of every script, emoji and punctuation alone', () => {
    expect(plainText('Größe 日本語 🚀 | <b> `code`')).toBe('Größe 日本語 🚀 | <b> `code`');
  });
});

describe('plainLines', () => {
  test('keeps lines and tabs, and removes what could drive the terminal', () => {
    expect(plainLines('| a |\r\n\t- \u001b[2Jb\u0007')).toBe('| a |\n\t- [2Jb');
  });
});
