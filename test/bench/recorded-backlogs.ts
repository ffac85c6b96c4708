import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import { seededRandom } from '../../src/core/seeded-random.ts';

export interface RecordedChange {
  readonly name: string;
  readonly openedAt: number;
  readonly mergedAt: number;
  readonly changedLines: number;
  readonly files: number;
}

/** One repository: what was merged, and which two of them a trial merge says to conflict. Times in days. */
export interface RecordedRepository {
  readonly name: string;
  readonly changes: readonly RecordedChange[];
  readonly conflicts: readonly (readonly [string, string])[];
  /** Pairs for which no trial merge could be made; they count as no conflict for every order alike. */
  readonly undetermined: number;
}

const HUNK = z.tuple([z.number(), z.number(), z.number(), z.number()]);
const ROW = z.discriminatedUnion('type', [
  z.object({ type: z.literal('dataset'), repository: z.string() }),
  z.object({
    type: z.literal('pullRequest'),
    index: z.number(),
    openedAt: z.string(),
    mergedAt: z.string(),
    files: z.array(z.object({ hunks: z.array(HUNK).nullish() })),
  }),
  z.object({ type: z.literal('pair'), first: z.number(), second: z.number(), conflicts: z.boolean().nullable() }),
]);

const DAY_MS = 86_400_000;

/** Null where the folder is not there. */
export function readRepositories(folder: string): readonly RecordedRepository[] | null {
  if (!existsSync(folder)) return null;
  const files = readdirSync(folder).filter((file) => file.endsWith('.jsonl.gz'));
  return files.sort().map((file) => readRepository(gunzipSync(readFileSync(join(folder, file))).toString('utf8')));
}

function readRepository(text: string): RecordedRepository {
  let name = '';
  let undetermined = 0;
  const changes: RecordedChange[] = [];
  const conflicts: (readonly [string, string])[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const row = ROW.parse(JSON.parse(line));
    if (row.type === 'dataset') name = row.repository;
    else if (row.type === 'pullRequest') {
      const hunks = row.files.flatMap(({ hunks }) => hunks ?? []);
      changes.push({
        name: `#${row.index}`,
        openedAt: Date.parse(row.openedAt) / DAY_MS,
        mergedAt: Date.parse(row.mergedAt) / DAY_MS,
        changedLines: hunks.reduce((sum, [, oldLines, , newLines]) => sum + oldLines + newLines, 0),
        files: row.files.length,
      });
    } else if (row.conflicts === null) undetermined += 1;
    else if (row.conflicts) conflicts.push([`#${row.first}`, `#${row.second}`]);
  }
  return { name, changes, conflicts, undetermined };
}

/** For machines without recorded data: two merges a day, some open long, conflicts among those open together. */
export function generateRepository(seed: number): RecordedRepository {
  const random = seededRandom(seed);
  const changes = Array.from({ length: 500 }, (_, index) => {
    const openedAt = 20_000 + index / 2 + random();
    const changedLines = 1 + Math.floor(500 * random() ** 4);
    const openDays = random() < 0.2 ? 30 * random() : 3 * random();
    return {
      name: `#${index}`,
      openedAt,
      mergedAt: openedAt + openDays,
      changedLines,
      files: 1 + Math.floor(changedLines / 30),
    };
  });
  const conflicts = changes.flatMap((one, index) =>
    changes.slice(index + 1).flatMap((other): readonly (readonly [string, string])[] => {
      const isTogether = one.openedAt < other.mergedAt && other.openedAt < one.mergedAt;
      return isTogether && random() < 0.03 ? [[one.name, other.name]] : [];
    }),
  );
  return { name: `generated ${seed}`, changes, conflicts, undetermined: 0 };
}

export interface RecordedBacklog {
  readonly repository: string;
  /** Days. */
  readonly at: number;
  readonly changes: readonly RecordedChange[];
  readonly conflicts: readonly (readonly [string, string])[];
}

/** What was open at moments `everyDays` apart from the first recorded merge to the last, where anything conflicts. */
export function backlogsOf(repository: RecordedRepository, everyDays: number): readonly RecordedBacklog[] {
  const merges = repository.changes.map(({ mergedAt }) => mergedAt);
  const [start, end] = [Math.min(...merges), Math.max(...merges)];
  const backlogs: RecordedBacklog[] = [];
  for (let at = start; at < end; at += everyDays) {
    const changes = repository.changes.filter(({ openedAt, mergedAt }) => openedAt <= at && at < mergedAt);
    const open = new Set(changes.map(({ name }) => name));
    const conflicts = repository.conflicts.filter(([one, other]) => open.has(one) && open.has(other));
    if (conflicts.length > 0) backlogs.push({ repository: repository.name, at, changes, conflicts });
  }
  return backlogs;
}
