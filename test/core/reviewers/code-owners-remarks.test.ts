import { expect, test } from 'vitest';
import { known, unknown } from '../../../src/core/reading.ts';
import { codeOwnersRemarks } from '../../../src/core/reviewers/code-owners-remarks.ts';

const remarks = (text: string, branch = 'main') =>
  codeOwnersRemarks({
    defaultBranch: 'main',
    codeowners: known(new Map([[branch, { path: 'docs/CODEOWNERS', text, byteSize: text.length }]])),
  });

test('each line that GitHub leaves out is told with what would be right, more than three by their number', () => {
  expect(remarks('* @kim\n/a/ kim\n!/b/ @kim')).toEqual([
    'docs/CODEOWNERS, line 2, counts for nothing: `kim` is no owner; write `@login`, `@organization/team`, or an address of mail.',
    'docs/CODEOWNERS, line 3, counts for nothing: `!/b/`: GitHub knows no `!` here; write a later rule without owners.',
  ]);
  const many = ['/a/ a', '/b/ b', '/c/ c', '/d/ d'];
  expect(remarks(many.join('\n')).slice(3)).toEqual(['docs/CODEOWNERS: 1 more line counts for nothing.']);
  expect(remarks([...many, '/e/ e'].join('\n')).at(-1)).toBe('docs/CODEOWNERS: 2 more lines count for nothing.');
});

test('nothing is told of another branch, of a file that is right, or where none was read', () => {
  const gap = { cause: 'forbidden', what: 'CODEOWNERS' } as const;
  expect([
    remarks('/a/ kim', 'release/1'),
    remarks('* @kim'),
    codeOwnersRemarks({ defaultBranch: 'main', codeowners: known(new Map([['main', null]])) }),
    codeOwnersRemarks({ defaultBranch: 'main', codeowners: unknown(gap) }),
  ]).toEqual([[], [], [], []]);
});
