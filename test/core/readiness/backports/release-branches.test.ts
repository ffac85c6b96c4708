import { describe, expect, test } from 'vitest';
import {
  branchesByLabel,
  labelBeginning,
  labelsAstray,
  releaseBranches,
} from '../../../../src/core/readiness/backports/release-branches.ts';

describe('release branches', () => {
  test('are those that the globs mean, the newest first by their numbers, and never the main branch', () => {
    const names = ['main', 'release/3.9', 'release/3.10', 'release/3.10-lts', 'release/2.11', 'fix/release', 'stable'];
    expect(releaseBranches(names, ['release/*'], 'main')).toEqual([
      'release/3.10-lts',
      'release/3.10',
      'release/3.9',
      'release/2.11',
    ]);
    expect(releaseBranches(names, ['stable', 'main'], 'main')).toEqual(['stable']);
    expect(releaseBranches(names, [], 'main')).toEqual([]);
  });
});

describe('a label', () => {
  const PATTERNS = ['backport', 'backport {branch}'];

  test('asks for the branch that it names, in full or by its last part; without a name for the newest', () => {
    expect(branchesByLabel(['release/3.1', 'release/3.0'], PATTERNS)).toEqual(
      new Map([
        ['backport', ['release/3.1']],
        ['backport release/3.1', ['release/3.1']],
        ['backport 3.1', ['release/3.1']],
        ['backport release/3.0', ['release/3.0']],
        ['backport 3.0', ['release/3.0']],
      ]),
    );
  });

  test('may ask for several branches, and for none where there is none', () => {
    expect(branchesByLabel(['a/1', 'b/1'], ['to {branch}']).get('to 1')).toEqual(['a/1', 'b/1']);
    expect(branchesByLabel([], PATTERNS)).toEqual(new Map());
  });

  test('holds the name of a branch as it is', () => {
    expect([...branchesByLabel(['release/$&'], ['to {branch}']).keys()]).toEqual(['to release/$&', 'to $&']);
  });
});

test('a label that names a branch which is not there goes astray, and any other does not', () => {
  const patterns = ['backport', 'backport {branch}', 'backport/{branch}'];
  const labels = ['backport', 'Backport 3.1', 'backport 9.9', 'backport/', 'backports', 'docs'];
  expect(labelsAstray(labels, ['release/3.1'], patterns)).toEqual(['backport 9.9']);
  expect(labelsAstray(labels, [], ['{branch}'])).toEqual([]);
  expect([labelBeginning(patterns), labelBeginning(['to {branch}', 'x']), labelBeginning([])]).toEqual([
    'backport',
    'to',
    '',
  ]);
});
