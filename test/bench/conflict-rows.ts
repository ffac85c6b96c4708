import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import type { FileStatus, Hunk, TouchedFile } from '../../src/core/risk/touched-file.ts';

const STATUSES: Record<string, FileStatus> = {
  A: 'added',
  M: 'modified',
  D: 'deleted',
  R: 'renamed',
  C: 'copied',
  T: 'type_changed',
};

const hunkSchema = z
  .tuple([z.number(), z.number(), z.number(), z.number()])
  .transform(([oldStart, oldLines, newStart, newLines]): Hunk => ({ oldStart, oldLines, newStart, newLines }));

const fileSchema = z
  .object({
    path: z.string(),
    oldPath: z.string().optional(),
    status: z.string(),
    hunks: z.array(hunkSchema).nullable(),
  })
  .transform(({ path, oldPath, status, hunks }): TouchedFile => {
    const kind = STATUSES[status.slice(0, 1)] ?? 'modified';
    // git shows no lines of a binary file or a changed mode; a file that only moved has none to show.
    const hasNoLines = hunks === null || (hunks.length === 0 && (kind === 'modified' || kind === 'added'));
    return { path, ...(oldPath === undefined ? {} : { oldPath }), status: kind, hunks: hasNoLines ? null : hunks };
  });

const datasetSchema = z.object({ repository: z.string(), concurrentPairs: z.record(z.string(), z.number()) });

const pullRequestSchema = z.object({
  index: z.number(),
  mergedAt: z.string(),
  mainPosition: z.number(),
  files: z.array(fileSchema),
});

const pairSchema = z.object({
  first: z.number(),
  second: z.number(),
  kind: z.enum(['real-head', 'reconstructed', 'final-head']),
  stacked: z.boolean().nullish(),
  conflicts: z.boolean().nullable(),
  conflictingFiles: z.array(z.string()).default([]),
  secondFiles: z.array(fileSchema).optional(),
});

export type RecordedPullRequest = z.infer<typeof pullRequestSchema>;
export type RecordedPair = z.infer<typeof pairSchema>;

/** Concurrent pull requests of one repository, and what merging the first of two did to the second. */
export interface ConflictRows {
  readonly repository: string;
  /** How many pairs share no path: none of them conflicts. */
  readonly unlisted: Readonly<Record<RecordedPair['kind'], number>>;
  readonly pullRequests: ReadonlyMap<number, RecordedPullRequest>;
  readonly pairs: readonly RecordedPair[];
}

export function readConflictRows(folder: string): readonly ConflictRows[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl.gz') || name.endsWith('.jsonl'));
  return files.sort().map((name) => {
    const bytes = readFileSync(join(folder, name));
    return parseConflictRows((name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
  });
}

function parseConflictRows(text: string): ConflictRows {
  const rows = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
  const ofType = (type: string): readonly unknown[] =>
    rows.filter((row) => z.object({ type: z.string() }).parse(row).type === type);
  const dataset = datasetSchema.parse(ofType('dataset')[0]);
  const pairs = ofType('pair').map((row) => pairSchema.parse(row));
  const unlisted = (kind: RecordedPair['kind']): number =>
    Math.max(0, (dataset.concurrentPairs[kind] ?? 0) - pairs.filter((pair) => pair.kind === kind).length);
  return {
    repository: dataset.repository,
    unlisted: {
      'real-head': unlisted('real-head'),
      reconstructed: unlisted('reconstructed'),
      'final-head': unlisted('final-head'),
    },
    pullRequests: new Map(
      ofType('pullRequest').map((row) => {
        const pullRequest = pullRequestSchema.parse(row);
        return [pullRequest.index, pullRequest];
      }),
    ),
    pairs,
  };
}
