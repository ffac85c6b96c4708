import { describe, expect, test } from 'vitest';
import { candidatePairs } from '../../../src/core/risk/candidate-pairs.ts';
import { findStacks } from '../../../src/core/risk/find-stacks.ts';
import { planTrials, type TrialFacts } from '../../../src/core/risk/plan-trials.ts';
import { readCommitGraph, settledBy, standingOf } from '../../../src/core/risk/standing.ts';
import type { FileStatus, TouchedFile } from '../../../src/core/risk/touched-file.ts';

const touched = (status: FileStatus, path: string, oldPath?: string): TouchedFile => ({
  ...{ path, status, hunks: null },
  ...(oldPath === undefined ? {} : { oldPath }),
});
const edit = (path: string): TouchedFile => touched('modified', path);

const told = (...facts: Parameters<typeof candidatePairs>) => [...candidatePairs(...facts)];

function pairsOf(own: readonly (readonly TouchedFile[])[], basePaths: readonly string[] = []) {
  return told(
    own.map((files) => ({ own: files, onBase: [], conflicts: [] })),
    basePaths,
  );
}

describe('two heads could collide', () => {
  test.each([
    ['both change one file', [edit('a')], [edit('a')]],
    ['one renames what the other changes', [touched('renamed', 'b', 'a')], [edit('a')]],
    ['both end at one path', [touched('renamed', 'c', 'a')], [touched('added', 'c')]],
    ['one has a file where the other has a folder', [touched('added', 'a')], [touched('added', 'a/b/c')]],
    ['one renames a folder into which the other adds', [touched('renamed', 'e/x', 'd/x')], [touched('added', 'd/new')]],
    ['one renames a folder above', [touched('renamed', 'e/sub/x', 'd/sub/x')], [touched('added', 'd/other/new')]],
    [
      'one renames a folder into which the other moves',
      [touched('renamed', 'e/x', 'd/x')],
      [touched('renamed', 'd/y', 'y')],
    ],
    ['one changes attributes', [edit('sub/.gitattributes')], [edit('z')]],
  ])('where %s', (_, one, other) => {
    expect(pairsOf([one, other])).toEqual([[0, 1]]);
    expect(pairsOf([other, one])).toEqual([[0, 1]]);
  });

  test('where one takes the last file out of a folder into which the other adds', () => {
    const heads = [[touched('deleted', 'd/last')], [touched('added', 'd/new')]];
    expect(pairsOf(heads, ['d/last', 'a'])).toEqual([[0, 1]]);
    expect(pairsOf(heads, ['d/last', 'd/more'])).toEqual([]);
  });

  test('where the base has moved what one of them changes', () => {
    const changes = [
      { own: [edit('old')], onBase: [edit('new')], conflicts: [] },
      { own: [edit('new')], onBase: [edit('new')], conflicts: [] },
    ];
    expect(told(changes, [])).toEqual([[0, 1]]);
  });
});

test('two heads could collide where one moves the file in which the other conflicts with the base', () => {
  const changes = [
    { own: [touched('renamed', 'mine', 'old')], onBase: [], conflicts: ['theirs'] },
    { own: [touched('renamed', 'further', 'theirs')], onBase: [], conflicts: [] },
  ];
  expect(told(changes, [])).toEqual([[0, 1]]);
});

test('two heads could collide where one brings back a folder into which the other moved something', () => {
  const heads = [[touched('renamed', 'd/x', 'x')], [touched('added', 'd/y')]];
  expect(pairsOf(heads, ['x'])).toEqual([[0, 1]]);
  expect(pairsOf(heads, ['x', 'd/z'])).toEqual([]);
});

test('two heads could collide where one changes a file that the base has lost and the other adds one', () => {
  const heads = [[edit('old')], [touched('added', 'new')], [edit('kept')]];
  expect(pairsOf(heads, ['kept'])).toEqual([[0, 1]]);
  expect(pairsOf(heads, ['kept', 'old'])).toEqual([]);
  expect(pairsOf(heads)).toEqual([]);
});

test('a file that the base has lost is not mistaken for one that is nothing like it', () => {
  const changes = [[edit('old')], [touched('added', 'like')], [touched('added', 'other')]].map((own) => ({
    ...{ own, onBase: [] },
    isLikeLost: (path: string, other: number) => path === 'like' && other === 1,
  }));
  expect(told(changes, ['kept'])).toEqual([[0, 1]]);
});

test('a head that waits is no candidate for what git may take for a lost file, only for what both touch', () => {
  const changes = [[edit('old')], [touched('added', 'new')], [touched('added', 'newer'), edit('old')]].map((own) => ({
    ...{ own, onBase: [] },
    waits: own.length > 1,
  }));
  expect(told(changes, ['kept'])).toEqual([
    [0, 1],
    [0, 2],
  ]);
});

describe('where the base has lost what a head works on', () => {
  const stranded = (isNewToIt: (path: string) => boolean) => ({
    ...{ own: [touched('added', 'lost/new')], onBase: [], putsIntoLostFolder: true, isNewToIt },
  });
  const others = [
    [touched('added', 'e')],
    [touched('deleted', 'f')],
    [edit('newer')],
    [edit('kept')],
    [touched('deleted', 'old')],
  ];

  test('it could collide with all that add, and that edit or remove what is new to it', () => {
    const changes = [
      stranded((path) => path === 'newer' || path === 'f'),
      ...others.map((own) => ({ own, onBase: [] })),
    ];
    expect(told(changes, ['f', 'newer', 'kept', 'old'])).toEqual([
      [0, 1],
      [0, 2],
      [0, 3],
    ]);
  });
});

test('of asked heads all pairs are told, and none of the others', () => {
  const heads = [[edit('a')], [edit('a')], [edit('a'), edit('lost')], [touched('added', 'new')]];
  const changes = heads.map((own) => ({ own, onBase: [] }));
  expect(told(changes, ['a'], new Set([1]))).toEqual([
    [0, 1],
    [1, 2],
  ]);
  expect(told(changes, ['a'], new Set([3]))).toEqual([[2, 3]]);
});

test('two heads could collide where they share a commit that the base does not have, whatever each changes', () => {
  const changes = [['kim', 'shared'], ['ravi', 'shared'], ['lena']].map((unmerged) => ({
    ...{ own: [], onBase: [] },
    unmerged: new Set(unmerged),
  }));
  expect(told(changes, [])).toEqual([[0, 1]]);
});

test.each([
  ['different files', [edit('a')], [edit('b')]],
  ['names that only begin alike', [edit('a')], [edit('ab/c')]],
  ['one folder', [edit('d/x')], [touched('added', 'd/y')]],
  ['a rename within a folder', [touched('renamed', 'd/y', 'd/x')], [touched('added', 'd/z')]],
])('two heads cannot collide over %s', (_, one, other) => {
  expect(pairsOf([one, other], ['d/x', 'd/kept'])).toEqual([]);
});

test('each pair is told once, in order', () => {
  const both = [edit('a'), edit('b')];
  expect(pairsOf([both, both, [edit('c')], both])).toEqual([
    [0, 1],
    [0, 3],
    [1, 3],
  ]);
});

describe('where a head stands', () => {
  const line = new Map(['m3', 'm2', 'm1'].map((commit, place) => [commit, place]));

  test('is told by the commits that the base does not have', () => {
    const graph = readCommitGraph('h2 h1\nh1 m2\n-m2 m1\n');
    expect(settledBy(line, standingOf(graph, 'h2'))).toEqual({
      mergeBases: ['m2'],
      isSettled: true,
      unmerged: new Set(['h2', 'h1']),
    });
    expect(settledBy(line, standingOf(graph, 'm1'))).toEqual({
      mergeBases: ['m1'],
      isSettled: true,
      unmerged: new Set(),
    });
  });

  test('after a merge of the base is the newest of its commits', () => {
    const graph = readCommitGraph('h2 h1 m3\nh1 m1\n-m3 m2\n-m1\n');
    expect(settledBy(line, standingOf(graph, 'h2'))).toMatchObject({ mergeBases: ['m3'], isSettled: true });
  });

  test('is left open where it met the base off its first parents', () => {
    const graph = readCommitGraph('h2 h1 side\nh1 m1\n');
    expect(settledBy(line, standingOf(graph, 'h2'))).toMatchObject({ mergeBases: ['m1', 'side'], isSettled: false });
  });
});

describe('a stack', () => {
  const on = (commit: string, ...unmerged: string[]) => ({
    commit,
    standing: { mergeBases: ['m'], isSettled: true, unmerged: new Set(unmerged) },
  });

  test('is a head that holds the end of another', () => {
    expect(findStacks([on('b', 'a', 'b'), on('a', 'a'), on('c', 'a', 'c')])).toEqual([
      { dependent: 0, on: 1 },
      { dependent: 2, on: 1 },
    ]);
  });

  test('is not made of heads that share older commits alone, or that are merged or unknown', () => {
    expect(findStacks([on('b', 'x', 'b'), on('c', 'x', 'c'), on('m'), { commit: 'c', standing: null }])).toEqual([]);
  });

  test('of two heads on one commit begins with the first', () => {
    expect(findStacks([on('a', 'a'), on('a', 'a')])).toEqual([{ dependent: 1, on: 0 }]);
  });
});

test('trials merge stacks from below, else as given unless only the first conflicts with the base; the clean go first', () => {
  const plan = planTrials({
    pairs: [
      [0, 1],
      [0, 2],
      [2, 3],
      [0, 4],
      [0, 5],
    ],
    stacks: [{ dependent: 0, on: 1 }],
    states: ['clean', 'clean', 'conflict', 'conflict', 'merged', 'unknown'],
  });
  expect(plan).toEqual({
    trials: [
      { a: 0, b: 1, first: 1, second: 0, isStacked: true },
      { a: 0, b: 2, first: 0, second: 2, isStacked: false },
    ],
    hopeless: [{ a: 2, b: 3, on: null }],
    waiting: [],
  });
  expect(planTrials({ pairs: [[0, 1]], stacks: [], states: ['conflict', 'clean'] }).trials).toMatchObject([
    { first: 1, second: 0 },
  ]);
});

const EVERY_PAIR: TrialFacts['pairs'] = [
  [0, 1],
  [0, 2],
  [0, 3],
  [1, 2],
  [1, 3],
  [2, 3],
];

test('the pairs of a head that waits get no trial, but those of its stack and those that both merge', () => {
  const plan = planTrials({
    ...{ pairs: EVERY_PAIR, stacks: [{ dependent: 3, on: 0 }] },
    ...{ states: ['clean', 'clean', 'conflict', 'conflict'], waits: (place) => place >= 2 },
  });
  expect(plan).toEqual({
    trials: [
      { a: 0, b: 1, first: 0, second: 1, isStacked: false },
      { a: 0, b: 3, first: 0, second: 3, isStacked: true },
    ],
    hopeless: [],
    waiting: [
      { a: 0, b: 2, held: 2 },
      { a: 1, b: 2, held: 2 },
      { a: 1, b: 3, held: 3 },
      { a: 2, b: 3, held: 2 },
    ],
  });
});

test('a stack does not wait for what lies below where that alone conflicts with the base', () => {
  const stacks = [{ dependent: 0, on: 1 }];
  expect(planTrials({ pairs: [], stacks, states: ['clean', 'conflict'] })).toEqual({
    trials: [{ a: 0, b: 1, first: 0, second: 1, isStacked: false }],
    hopeless: [],
    waiting: [],
  });
  expect(planTrials({ pairs: [], stacks, states: ['conflict', 'conflict'] })).toEqual({
    trials: [],
    hopeless: [{ a: 0, b: 1, on: 1 }],
    waiting: [],
  });
});

test('two of thousands of heads that all change one file could collide, whichever they are', () => {
  const count = 5900;
  const changes = Array.from({ length: count }, () => ({ own: [edit('shared')], onBase: [] }));
  const found = candidatePairs(changes, []);
  expect(found.size).toBe((count * (count - 1)) / 2);
  const { waiting } = planTrials({
    ...{ pairs: found, stacks: [], states: changes.map((_, place) => (place < 2 ? 'conflict' : 'merged')) },
    waits: () => true,
  });
  expect(waiting).toEqual([{ a: 0, b: 1, held: 0 }]);
});
