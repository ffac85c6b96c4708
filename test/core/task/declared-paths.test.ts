import { expect, test } from 'vitest';
import { declaredPaths } from '../../../src/core/task/declared-paths.ts';

const pathsIn = (...lines: string[]) => declaredPaths({ body: lines.join('\n') });

test.each([
  ['a line', 'Paths: src/api/**, docs/tides.md', ['src/api/**', 'docs/tides.md']],
  [
    'a line in bold, in a list',
    '- **Files:** `./src/api/` and `src/web/page.ts:12-14`',
    ['src/api', 'src/web/page.ts'],
  ],
  ['bare names', 'Paths: src, Makefile', ['src', 'Makefile']],
  ['a folder in the middle', 'Paths: src/**/serve.ts', ['src/**/serve.ts']],
  ['no answer', 'Paths: TBD', []],
  ['prose', 'Paths: all over the place', []],
])('reads %s', (_, line, paths) => {
  expect(pathsIn('Serve the tides.', '', line)).toEqual(paths);
});

test('reads the answer of an issue form', () => {
  expect(pathsIn('### Files', '', '- src/api/serve.ts', '- docs', '', '### Other', '', 'x/y.ts')).toEqual([
    'src/api/serve.ts',
    'docs',
  ]);
});

test('reads code spans that look like paths where no field says', () => {
  const body =
    'In `src/api/serve.ts` and `docs/`, not `octo/harbor`, `console.log`, `npm run x/y.ts` or `/etc/x.conf`.';
  expect(pathsIn(body)).toEqual(['src/api/serve.ts', 'docs']);
  expect(pathsIn(body, '', 'Paths: lib')).toEqual(['lib']);
});

test('takes nothing from quotes, code blocks, comments, addresses or ways out of the repository', () => {
  expect(
    pathsIn(
      '> Paths: src/a',
      '> `src/a.ts`',
      '',
      '```',
      'Paths: src/b',
      '`src/b.ts`',
      '```',
      '',
      '<!-- Paths: src/c -->',
    ),
  ).toEqual([]);
  expect(pathsIn('Paths: https://harbor.example/x, ../secret.txt, /etc/passwd')).toEqual([]);
});

test('stops at a hundred', () => {
  expect(pathsIn(...Array.from({ length: 300 }, (_, n) => `Paths: src/${n}`))).toHaveLength(100);
});
