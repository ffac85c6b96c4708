import type { Hunk, TouchedFile } from '../../src/core/risk/touched-file.ts';
import { seededRandom } from '../../src/core/seeded-random.ts';
import type { ConflictRows, RecordedPair, RecordedPullRequest } from './conflict-rows.ts';

const PULL_REQUESTS = 120;
const FILES = 60;
const LINES = 400;
/** Both open while the other was: so many neighbours in the order of merging. */
const CONCURRENT = 20;

/** A change of one place; equal `text` puts in equal lines. */
interface Edit {
  readonly line: number;
  readonly lines: number;
  readonly text: number;
}

/**
 * Three made-up repositories, for where no recorded one is at hand. Every change replaces lines of files that exist; two
 * conflict where they replace touching lines, unless both do the same. The figures show that the benchmark works, and say
 * nothing about real repositories.
 */
export const generatedConflicts = (): readonly ConflictRows[] => [1, 2, 3].map(generateRepository);

function generateRepository(seed: number): ConflictRows {
  const random = seededRandom(seed);
  const changes = Array.from({ length: PULL_REQUESTS }, () => generateChange(random));
  const pairs = changes.flatMap((change, second) =>
    changes.slice(Math.max(0, second - CONCURRENT), second).map((earlier, i, before): RecordedPair => {
      const conflictingFiles = filesInConflict(earlier, change);
      return {
        first: second - before.length + i,
        second,
        kind: 'real-head',
        stacked: false,
        conflicts: conflictingFiles.length > 0,
        conflictingFiles: [...conflictingFiles],
        secondFiles: [...change].map(([path, edits]) => asFile(path, edits)),
      };
    }),
  );
  const sharing = pairs.filter(({ first, second }) => hasCommonKey(changes[first], changes[second]));
  return {
    repository: `generated/${seed}`,
    unlisted: { 'real-head': pairs.length - sharing.length, reconstructed: 0, 'final-head': 0 },
    pullRequests: new Map(changes.map((change, index) => [index, asPullRequest(change, index)])),
    pairs: sharing,
  };
}

type Change = ReadonlyMap<string, readonly Edit[]>;

function generateChange(random: () => number): Change {
  const upTo = (limit: number): number => Math.floor(random() * limit);
  const paths = new Set(Array.from({ length: 1 + upTo(4) }, () => `src/file-${Math.floor(FILES * random() ** 2)}.ts`));
  return new Map(
    [...paths].map((path) => {
      const places = new Set(Array.from({ length: 1 + upTo(3) }, () => 1 + 10 * upTo(LINES / 10)));
      const edits = [...places].map((line) => ({ line: line + upTo(4), lines: 1 + upTo(4), text: upTo(4) }));
      return [path, edits.sort((one, other) => one.line - other.line)];
    }),
  );
}

const asFile = (path: string, edits: readonly Edit[]): TouchedFile => ({
  path,
  status: 'modified',
  hunks: edits.map(({ line, lines }): Hunk => ({ oldStart: line, oldLines: lines, newStart: line, newLines: lines })),
});

/** All heads stand on one base, which nothing moves. */
const asPullRequest = (change: Change, index: number): RecordedPullRequest => ({
  index,
  mergedAt: new Date(Date.UTC(2026, 0, 1, index)).toISOString(),
  mainPosition: 1,
  files: [...change].map(([path, edits]) => asFile(path, edits)),
});

const filesInConflict = (one: Change, other: Change): readonly string[] =>
  [...one].flatMap(([path, edits]) => (edits.some((a) => other.get(path)?.some((b) => collide(a, b))) ? [path] : []));

function collide(one: Edit, other: Edit): boolean {
  const isSame = one.line === other.line && one.lines === other.lines && one.text === other.text;
  return !isSame && one.line <= other.line + other.lines && other.line <= one.line + one.lines;
}

const hasCommonKey = (one: Change | undefined, other: Change | undefined): boolean =>
  one !== undefined && other !== undefined && [...one.keys()].some((path) => other.has(path));
