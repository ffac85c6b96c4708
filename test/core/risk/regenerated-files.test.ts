import { describe, expect, test } from 'vitest';
import { regeneratedBy } from '../../../src/core/risk/regenerated-files.ts';

describe('files that are made anew', () => {
  test.each([
    'package-lock.json',
    'web/yarn.lock',
    'Cargo.lock',
    'tools/go.sum',
    'Gemfile.lock',
    'CHANGELOG.md',
    'activerecord/CHANGELOG.md',
    'docs/HISTORY.rst',
    'CHANGES',
    'release-notes.txt',
  ])('%s', (path) => {
    expect(regeneratedBy([])(path)).toBe(true);
  });

  test.each(['package.json', 'go.mod', 'src/history.ts', 'src/changes/apply.ts', 'lock', 'docs/changelog/draft.md'])(
    '%s is written by people',
    (path) => {
      expect(regeneratedBy([])(path)).toBe(false);
    },
  );

  test('the configuration names more', () => {
    const ignore = ['**/*.snap', 'schemas/'];
    expect(['test/a/b.snap', 'schemas/x.json', 'src/a.ts'].map(regeneratedBy(ignore))).toEqual([true, true, false]);
  });
});
