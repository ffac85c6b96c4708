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

test('a file of more than 3 MB has no rules, as on GitHub', () => {
  const { rules, problems } = parseCodeOwners(`* @kim\n${'# filler\n'.repeat(400_000)}`);
  expect([rules, problems]).toEqual([
    [],
    [{ line: 1, message: 'is larger than 3 MB, so GitHub does not read it; make it shorter' }],
  ]);
});
