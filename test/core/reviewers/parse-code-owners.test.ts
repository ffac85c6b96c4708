import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCodeOwners, ruleFor } from '../../../src/core/reviewers/parse-code-owners.ts';

const ownersOf = (text: string, path: string) => ruleFor(parseCodeOwners(text), path)?.owners ?? null;
const covers = (pattern: string, path: string): boolean => ownersOf(`${pattern} @kim`, path) !== null;

describe('a pattern of CODEOWNERS', () => {
  test.each([
    ['*', 'a.ts', true],
    ['*', 'src/deep/a.ts', true],
    ['*.js', 'src/deep/a.js', true],
    ['*.js', 'src/a.jsx', false],
    ['/build/logs/', 'build/logs/x/y.txt', true],
    ['/build/logs/', 'src/build/logs/x.txt', false],
    ['docs/*', 'docs/getting-started.md', true],
    ['docs/*', 'docs/build-app/troubleshooting.md', false],
    ['docs/*', 'src/docs/a.md', false],
    ['apps/', 'src/apps/a.ts', true],
    ['apps/', 'apps', false],
    ['/docs/', 'docs/a/b.md', true],
    ['/docs/', 'src/docs/a.md', false],
    ['/scripts', 'scripts', true],
    ['/scripts', 'scripts/a.sh', true],
    ['/scripts', 'scripts2/a.sh', false],
    ['**/logs', 'build/logs/a.txt', true],
    ['**/logs', 'logs', true],
    ['/apps/**', 'apps/a/b.ts', true],
    ['src/**/test', 'src/a/b/test/x.ts', true],
    ['/src/*/test', 'src/a/test/x.ts', true],
    ['/src/*/test', 'src/a/b/test/x.ts', false],
    ['README.md', 'docs/README.md', true],
    ['README.md', 'docs/readme.md', false],
    ['/*', 'a.ts', true],
    ['/*', 'src/a.ts', false],
    ['my\\ notes/', 'my notes/a.md', true],
    ['my\\-notes/', 'my-notes/a.md', true],
    ['a{b,c}.ts', 'ab.ts', false],
    ['a{b,c}.ts', 'a{b,c}.ts', true],
    ['+(a).ts', 'a.ts', false],
    ['**', 'src/a.ts', true],
    ['/**', 'src/a.ts', true],
    ['*/', 'src/a.ts', true],
    ['*/', 'a.ts', false],
    ['docs/*.md', 'docs/deep/a.md', false],
    ['src/**/*', 'src/a/b.ts', true],
    ['?.ts', 'src/a.ts', true],
    ['/', 'a.ts', false],
    ['.github/', '.github/workflows/ci.yml', true],
  ])('%s and %s: %j', (pattern, path, isCovered) => {
    expect(covers(pattern, path)).toBe(isCovered);
  });

  test('of which the last that fits decides, also where it has no owners', () => {
    const text = '* @kim\n/src/ @octo/core lena@example.com\n/src/gen/\n';
    expect(['a.md', 'src/a.ts', 'src/gen/a.ts'].map((path) => ownersOf(text, path))).toEqual([
      ['kim'],
      ['octo/core', 'lena@example.com'],
      [],
    ]);
  });

  test('owns nothing where none fits', () => {
    expect(ownersOf('/src/ @kim', 'docs/a.md')).toBeNull();
  });
});

test('comments, empty lines, a byte order mark and any line ends are read over', () => {
  const { rules, problems } = parseCodeOwners('\uFEFF# all\r\n\r\n  /a/  @kim # and\t@ravi\r/b/\t@noor\n');
  expect([rules.map(({ pattern, line, owners }) => ({ pattern, line, owners })), problems]).toEqual([
    [
      { pattern: '/a/', line: 3, owners: ['kim'] },
      { pattern: '/b/', line: 4, owners: ['noor'] },
    ],
    [],
  ]);
});

test('a line that GitHub does not take is left out alone, and told', () => {
  const text = ['!/a/ @kim', '\\#x @kim', '/[ab]/ @kim', '[Section] @kim', '/c/ kim', '/d/ @octo/', '/e/ @kim'].join(
    '\n',
  );
  const { rules, problems } = parseCodeOwners(text);
  expect(rules.map(({ pattern }) => pattern)).toEqual(['/e/']);
  expect(problems).toEqual([
    { line: 1, message: '`!/a/`: GitHub knows no `!` here; write a later rule without owners' },
    { line: 2, message: '`\\#x`: GitHub knows no escaped `#` here; use a glob such as `?name`' },
    { line: 3, message: '`/[ab]/`: GitHub knows no `[ ]` here; use `*` or one rule for each' },
    { line: 4, message: '`[Section]`: GitHub knows no `[ ]` here; use `*` or one rule for each' },
    { line: 5, message: '`kim` is no owner; write `@login`, `@organization/team`, or an address of mail' },
    { line: 6, message: '`@octo/` is no owner; write `@login`, `@organization/team`, or an address of mail' },
  ]);
});

test('a file that is not under 3 MB has no rules, as on GitHub, by its bytes', () => {
  const problems = [{ line: 1, message: 'the file is not under 3 MB, so GitHub does not read it; make it shorter' }];
  const sized = (bytes: number): string => `* @kim\n# ${'é'.repeat((bytes - 10) / 2)}\n`;
  const limit = 3 * 1024 * 1024;
  expect(parseCodeOwners(sized(limit))).toEqual({ rules: [], problems });
  expect(parseCodeOwners(sized(limit - 2)).rules).toHaveLength(1);
  // Of such a file the first 512 KB are read.
  expect(parseCodeOwners('* @kim', limit)).toEqual({ rules: [], problems });
});

/** The rules of gitignore as one expression of letters and slashes, read independently of any glob. */
function expressionOf(pattern: string): RegExp {
  const isAnchored = pattern.slice(0, -1).includes('/');
  const bare = pattern.replace(/^\//, '').replace(/\/$/, '/**');
  const folders = isAnchored || bare === '**' ? bare.split('/') : ['**', ...bare.split('/')];
  const last = folders.at(-1);
  const body = folders
    .map((folder, place) => {
      const isLast = place === folders.length - 1;
      if (folder === '**') return isLast ? '.+' : '(?:[^/]+/)*';
      const letters = folder.replaceAll('.', '\\.').replaceAll('?', '[^/]').replaceAll('*', '[^/]*');
      return `(?=[^/])${letters}${isLast ? '' : '/'}`;
    })
    .join('');
  // What fits a folder fits all in it; a star alone fits files alone.
  return new RegExp(`^${body}${last === '*' || last === '**' ? '' : '(?:/.+)?'}$`);
}

describe('any file', () => {
  const name = fc.stringMatching(/^[ab.]{1,3}$/);
  const paths = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));
  const folder = fc.oneof(
    name,
    fc.stringMatching(/^[ab*?]{1,3}$/).filter((text) => !text.includes('**')),
    fc.constantFrom('*', '**'),
  );
  const patterns = fc
    .tuple(fc.constantFrom('', '/'), fc.array(folder, { minLength: 1, maxLength: 4 }), fc.constantFrom('', '/'))
    .map(([first, folders, last]) => `${first}${folders.join('/')}${last}`);
  // Names such as `..` are of no file, and what a pattern with them fits is nobody's question.
  const isDots = (text: string): boolean => text.split('/').some((part) => part === '.' || part === '..');

  test('fits a pattern as an expression of the rules has it', () => {
    fc.assert(
      fc.property(patterns, paths, (pattern, path) => {
        fc.pre(!isDots(pattern) && !isDots(path));
        expect([pattern, path, covers(pattern, path)]).toEqual([pattern, path, expressionOf(pattern).test(path)]);
      }),
      { numRuns: 2000 },
    );
  });

  test('is owned by the last rule that fits, with owners or without, whatever stands before it and between', () => {
    const owners = fc.constantFrom('', '@kim', '@ravi @octo/tides', 'noor@example.com');
    const lines = fc.array(fc.tuple(patterns, owners), { maxLength: 8 });
    const fillers = fc.constantFrom('', '# * @lena', '!a @lena', '[ab] @lena', '\\#a @lena', '* lena', '   ');
    fc.assert(
      fc.property(lines, fillers, paths, (rules, filler, path) => {
        const text = rules.map(([pattern, own]) => `${pattern} ${own}`).join(`\n${filler}\n`);
        const last = rules.findLast(([pattern]) => covers(pattern, path));
        const expected =
          last === undefined
            ? null
            : last[1]
                .split(' ')
                .filter(Boolean)
                .map((own) => own.replace(/^@/, ''));
        expect(ownersOf(text, path)).toEqual(expected);
      }),
    );
  });

  test('never makes the reading fail, whatever the text', () => {
    const texts = fc
      .array(fc.oneof(fc.string({ unit: 'binary' }), patterns, fc.constantFrom('\n', ' @kim', '\\', '#', '[', '!')))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(texts, paths, (text, path) => {
        const { rules, problems } = parseCodeOwners(text);
        expect(new Set([...rules, ...problems].map(({ line }) => line)).size).toBe(rules.length + problems.length);
        expect(() => ruleFor({ rules, problems }, path)).not.toThrow();
      }),
    );
  });
});
