import { describe, expect, test } from 'vitest';
import {
  familiarityWith,
  indexTouches,
  linesByFolder,
  reviewFolderOf,
} from '../../../src/core/reviewers/familiarity.ts';
import type { PastChange } from '../../../src/core/reviewers/past-change.ts';

const NOW = '2026-05-10T12:00:00Z';

function pastChange(folders: Readonly<Record<string, number>>, input: Partial<PastChange> = {}): PastChange {
  const changedLinesByFolder = new Map(Object.entries(folders));
  const changedLines = [...changedLinesByFolder.values()].reduce((sum, lines) => sum + lines, 0);
  return { author: 'kim', at: '2026-04-01T09:00:00Z', changedLines, changedLinesByFolder, reviews: [], ...input };
}

const familiarity = (folders: Readonly<Record<string, number>>, past: readonly PastChange[]) =>
  Object.fromEntries(familiarityWith(new Map(Object.entries(folders)), indexTouches(past), NOW));

describe('familiarity', () => {
  test('is the share of changed lines in folders that somebody changed or reviewed', () => {
    const past = [
      pastChange({ 'src/db': 40 }, { reviews: [{ login: 'Ravi', at: '2026-04-02T09:00:00Z' }] }),
      pastChange({ docs: 1 }, { author: 'ravi' }),
    ];
    expect(familiarity({ 'src/db': 30, docs: 10, '.': 60 }, past)).toEqual({ kim: 0.3, ravi: 0.4 });
  });

  test.each([
    ['2025-05-10T12:00:00Z', { kim: 1 }],
    ['2025-05-10T11:59:59Z', {}],
    ['2026-05-10T11:59:59Z', { kim: 1 }],
    ['2026-05-10T12:00:00Z', {}],
  ])('of what was done at %s is %j: within the year before, and not at the moment itself', (at, expected) => {
    expect(familiarity({ docs: 1 }, [pastChange({ docs: 5 }, { at })])).toEqual(expected);
  });

  test('counts from the last time that is before the moment, not from later ones', () => {
    const times = ['2024-01-01T00:00:00Z', '2026-01-01T00:00:00Z', '2026-06-01T00:00:00Z'];
    expect(
      familiarity(
        { docs: 1 },
        times.map((at) => pastChange({ docs: 5 }, { at })),
      ),
    ).toEqual({ kim: 1 });
  });

  test('of a change of nothing is nobody’s', () => {
    expect(familiarity({ docs: 0 }, [pastChange({ docs: 5 })])).toEqual({});
    expect(familiarity({}, [pastChange({ docs: 5 })])).toEqual({});
  });

  test('goes by the account, whoever has left one aside', () => {
    expect(familiarity({ docs: 1 }, [pastChange({ docs: 1 }, { author: null })])).toEqual({});
  });
});

test('a file is known by its first two folders', () => {
  expect(['a.md', 'docs/a.md', 'src/cargo/a.rs', 'src/cargo/ops/deep/a.rs'].map(reviewFolderOf)).toEqual([
    '.',
    'docs',
    'src/cargo',
    'src/cargo',
  ]);
});

test('the lines of files are added up by folder, and a file that only moved is one line', () => {
  const files = [
    { path: 'src/db/a.ts', changedLines: 10 },
    { path: 'src/db/deep/b.ts', changedLines: 5 },
    { path: 'docs/c.md', changedLines: 0 },
  ];
  expect([...linesByFolder(files)]).toEqual([
    ['src/db', 15],
    ['docs', 1],
  ]);
});
