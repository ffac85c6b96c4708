import { expect, test } from 'vitest';
import { coversPath } from '../../src/core/covers-path.ts';

test.each([
  ['src/api/serve.ts', 'src/api/serve.ts', true],
  ['src/api', 'src/api/serve.ts', true],
  ['src/ap', 'src/api/serve.ts', false],
  ['src/api/serve.ts', 'src/api', false],
  ['src/*.ts', 'src/serve.ts', true],
  ['src/*.ts', 'src/api/serve.ts', false],
  ['src/*', 'src/api/serve.ts', true],
  ['src/**', 'src/serve.ts', true],
  ['**/serve.ts', 'serve.ts', true],
  ['**/*.md', 'docs/deep/tides.md', true],
  ['src/**/serve.ts', 'src/serve.ts', true],
  ['src/**/serve.ts', 'lib/api/serve.ts', false],
  ['SRC/api', 'src/api/serve.ts', false],
  ['docs/??.md', 'docs/en.md', true],
])('%j covers %j: %j', (pattern, path, covered) => {
  expect(coversPath(pattern, path)).toBe(covered);
});

test('takes bounded time for hostile patterns', () => {
  const [pattern, path] = [`${'**/'.repeat(95)}*a*a*a*b`, 'a/'.repeat(500)];
  expect(coversPath(pattern, path)).toBe(false);
});
