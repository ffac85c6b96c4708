import { expect, test } from 'vitest';
import { releaseTagOf } from '../../../src/core/readiness/release-tag.ts';

test.each([
  [['v2.0.0-rc.1', 'v1.9.0', 'v1.8.0'], 'v1.9.0'],
  [['harbor@2.0.0-beta', 'release-2.0.0-rc.1', 'release-1.9.0'], 'release-1.9.0'],
  [['nightly', 'v1.9.0'], 'nightly'],
  [['v2', 'v2.1-rc', 'v1.9.0'], 'v2'],
  [['v1.9.0+build.7-x', 'v1.8.0'], 'v1.9.0+build.7-x'],
  [['v2.0.0-rc.2', 'v2.0.0-rc.1'], 'v2.0.0-rc.2'],
  [[], null],
])('of the tags %j it is %s', (tags, tag) => {
  expect(releaseTagOf(tags)).toBe(tag);
});
