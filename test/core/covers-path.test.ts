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
  ['src/**', '.github/parasol.yml', false],
  ['.github/*', '.github/parasol.yml', true],
  ['app/[id]/page.tsx', 'app/[id]/page.tsx', true],
  ['app/[id]/*.tsx', 'app/[id]/page.tsx', true],
  ['app/[id]/*.tsx', 'app/i/page.tsx', false],
  ['app/(shop)/+x/*', 'app/(shop)/+x/a.ts', true],
  ['{a,b}/*', 'a/x.ts', false],
])('%j covers %j: %j', (pattern, path, covered) => {
  expect(coversPath(pattern)(path)).toBe(covered);
});
