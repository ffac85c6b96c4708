import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, test } from 'vitest';
import { compileGlob } from '../../src/core/glob.ts';

const MEANINGS: Readonly<Record<string, string>> = { '*': '[^/]*', '?': '[^/]' };

/** The same meaning, said to another engine that no text can stall. */
function oracle(pattern: string): (text: string) => boolean {
  const compiled = RE2JS.compile([...pattern].map((one) => MEANINGS[one] ?? RE2JS.quote(one)).join(''));
  return (text) => compiled.matches(text);
}

describe('a glob', () => {
  test.each([
    ['link-*', 'link-12', true],
    ['*-12', 'link-12', true],
    ['l?nk-*2', 'link-12', true],
    ['link-1', 'link-12', false],
    ['a*b*c', 'aXbYc', true],
    ['a*b*c', 'aXcYb', false],
    ['src/*', 'src/a/b', false],
    ['src/**/b', 'src/a/b', true],
    ['src/**', 'src/.env', true],
    ['!a', 'b', false],
    ['#12', '#12', true],
    ['+(a|b)', 'a', false],
    ['[ab]', 'a', false],
    ['[ab]', '[ab]', true],
    ['a\\*', 'ab', false],
  ])('%j fits %j: %j', (pattern, text, fits) => {
    expect(compileGlob(pattern)(text)).toBe(fits);
  });

  test('means what the same regular expression means', () => {
    const name = fc.string({
      unit: fc.constantFrom('a', 'b', '(', '|', ')', '{', ',', '}', '!', '+', '['),
      maxLength: 6,
    });
    const part = fc.array(fc.oneof(name, fc.constantFrom('*', '?')), { minLength: 1, maxLength: 5 });
    const parts = (one: fc.Arbitrary<string>) =>
      fc
        .array(
          one.filter((text) => text !== ''),
          { minLength: 1, maxLength: 3 },
        )
        .map((all) => all.join('/'));
    const pattern = parts(part.map((pieces) => pieces.join('').replace(/\*+/g, '*')));
    const text = parts(fc.string({ unit: fc.constantFrom('a', 'b', '(', '|', ')', '!'), minLength: 1, maxLength: 8 }));
    fc.assert(
      fc.property(pattern, text, (glob, given) => {
        expect(compileGlob(glob)(given)).toBe(oracle(glob)(given));
      }),
    );
  });

  test('comes to an end on what would stall a backtracking engine', () => {
    const piece = fc.constantFrom(
      '*a',
      '?*',
      '**/',
      '**/a/',
      '**/*a*a/',
      '+(a|',
      '*(a|a)',
      '{a,b}',
      '!(a',
      '[a-z]*',
      '[',
      '\\',
    );
    const hostile = fc
      .array(piece, { minLength: 1, maxLength: 3 })
      .map((pieces) => `${pieces.join('').repeat(300).slice(0, 290)}b`);
    const long = fc.constantFrom('a'.repeat(4096), 'a/'.repeat(2048), `${'aa/'.repeat(1300)}x`);
    fc.assert(
      fc.property(hostile, long, (glob, given) => {
        // With what the pattern cannot end in.
        expect(compileGlob(glob)(`${given}!`)).toBe(false);
      }),
    );
  });

  test('that is longer than anybody writes fits nothing', () => {
    expect([compileGlob('a'.repeat(400))('a'.repeat(400)), compileGlob('a'.repeat(401))('a'.repeat(401))]).toEqual([
      true,
      false,
    ]);
  });
});
